"""Load the portfolio from the database, whole or only what changed since."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from threading import Lock
from typing import Any

import polars as pl
from sqlalchemy import BigInteger, Boolean, Date, Integer
from sqlmodel import Session

from db.engine import Database
from db.models import metadata
from db.queries.facts import counter, rows_since
from tracker.portfolio.model import FACTS, Portfolio
from tracker.portfolio.plan import plan_rows, planned_again

_MOST_GAPS, _MOST_CHUNKS = 50, 200


def load_portfolio(database: Database, known: Portfolio | None = None) -> Portfolio:
    """Return all facts as of the database's last change, from one snapshot.

    With a `known` portfolio of the same database only the rows with a higher change number are fetched;
    `known` itself is returned if there are none. A restored backup (another id, or a lower number) is
    loaded anew. Raises: StorageError.
    """
    with database.reading() as session:
        identity, number = counter(session)
        if known is None or known.database_id != identity or number < known.number:
            facts = {table: _table(session, table, 0).drop("archived") for table in FACTS}
            return Portfolio(identity, number, facts | {"plan": plan_rows(facts)})
        if number == known.number:
            return known
        changed = {table: _table(session, table, known.number, keep_archived=True) for table in FACTS}
    facts = {table: _merged(known[table], rows) for table, rows in changed.items()}
    plan = _merged_plan(known["plan"], facts, changed)
    return replace(known, number=number, facts=facts | {"plan": plan}, _memory=OrderedDict(), _lock=Lock())


def _merged(known: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    if changed.is_empty():
        return known
    added = changed.filter(~pl.col("archived")).drop("archived")
    return _replaced(known, known["id"].is_in(changed["id"].implode()), added)


def _merged_plan(
    known: pl.DataFrame, facts: dict[str, pl.DataFrame], changed: dict[str, pl.DataFrame]
) -> pl.DataFrame:
    """Prepare the plans of the projects that changed, and keep the others as they were."""
    touched = planned_again(facts, changed)
    if touched.is_empty():
        return known
    return _replaced(known, known["project_id"].is_in(touched.implode()), plan_rows(facts, touched))


def _replaced(frame: pl.DataFrame, gone: pl.Series, added: pl.DataFrame) -> pl.DataFrame:
    """Leave out the rows that are `gone` and append others.

    A few gaps are cut out as slices, which share the frame's memory: an edit then costs nothing like a copy
    of everything. Slices add up, so they are put together again from time to time.
    """
    positions = gone.arg_true().to_list()
    if len(positions) > _MOST_GAPS:
        return pl.concat([frame.filter(~gone), added]).rechunk()
    edges = [-1, *positions, frame.height]
    kept = [frame.slice(a + 1, b - a - 1) for a, b in pairwise(edges) if b - a > 1]
    joined = pl.concat([*kept, added], rechunk=False)
    return joined.rechunk() if joined.n_chunks() > _MOST_CHUNKS else joined


def _table(session: Session, table: str, since: int, *, keep_archived: bool = False) -> pl.DataFrame:
    parts = [
        frame if keep_archived else frame.filter(~pl.col("archived"))
        for frame in _frames(session, table, since)
    ]
    return pl.concat(parts) if parts else fact_frame([], table)


def _frames(session: Session, table: str, since: int) -> Iterator[pl.DataFrame]:
    for rows in rows_since(session, table, FACTS[table], since):
        yield fact_frame(rows, table)


def fact_frame(rows: Sequence[tuple[Any, ...]], table: str) -> pl.DataFrame:
    """Return raw rows of `table` as a frame: the columns of FACTS and `archived`.

    Built column by column, which is several times faster than row by row.
    """
    names = [*FACTS[table], "archived"]
    values = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    return pl.DataFrame([_series(name, column, table) for name, column in zip(names, values, strict=True)])


def _series(name: str, values: tuple[Any, ...], table: str) -> pl.Series:
    if name == "archived":
        return pl.Series(name, [bool(v) for v in values], dtype=pl.Boolean)
    kind = metadata.tables[table].columns[name].type
    if isinstance(kind, Date):
        if any(isinstance(v, str) for v in values):
            return pl.Series(name, values, dtype=pl.String).str.to_date("%Y-%m-%d")
        return pl.Series(name, values, dtype=pl.Date)
    if isinstance(kind, Boolean):
        return pl.Series(name, [None if v is None else bool(v) for v in values], dtype=pl.Boolean)
    if isinstance(kind, Integer | BigInteger):
        return pl.Series(name, values, dtype=pl.Int64)
    return pl.Series(name, values, dtype=pl.String)
