"""The portfolio as it was known earlier, rebuilt by undoing the audit entries made since.

An entry tells of one record the old value of each field it changed. So of every field the earliest later
entry holds what was known; a record whose later entries hold its making was not known at all; and one
archived since is fetched again. What no later entry mentions was known as it is.
"""

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Final, NamedTuple

import polars as pl
from sqlalchemy import Enum, String
from sqlmodel import Session
from sqlmodel.sql.sqltypes import AutoString

from db.engine import Database
from db.models import metadata
from db.queries.known import first_entry_at, last_change_at, later_entries, rows_with
from tracker.portfolio.load import fact_frame
from tracker.portfolio.model import FACTS, Portfolio
from tracker.portfolio.plan import plan_rows

_LINE: Final = {"entry": pl.Int64, "entity": pl.String, "record_id": pl.Int64, "fields": pl.String}
_ARCHIVED: Final = "archived_at"
# What the transaction keeps by itself, or leaves out of an entry when it is empty.
_KEPT_BY_ITSELF = {"id", "version", "change_no", "archive_reason"}


class _Later(NamedTuple):
    """What later entries tell of one kind of record.

    `made` are the ids of records made since; `fields` has entry, record_id and of each field [old, new],
    null where an entry does not tell of it.
    """

    made: pl.Series
    fields: pl.DataFrame


def change_at(database: Database, moment: datetime) -> int:
    """Return the number of the last change recorded at or before `moment`, an aware instant.

    Raises: StorageError.
    """
    with database.reading() as session:
        return last_change_at(session, moment)


def first_recorded_at(database: Database) -> datetime | None:
    """Return the instant of the first entry that people made, None if there is none. Raises: StorageError."""
    with database.reading() as session:
        return first_entry_at(session)


def known_portfolio(database: Database, present: Portfolio, number: int) -> Portfolio:
    """Return all facts as they were recorded when change `number` was the last.

    `present` is an unrestricted portfolio of the same database at that change or a later one; it is returned
    itself if nothing was recorded since. Raises: StorageError.
    """
    if number >= present.number:
        return present
    with database.reading() as session:
        later = _later(session, number)
        facts = {
            table: _undone(session, table, present[table], later[table]) if table in later else present[table]
            for table in FACTS
        }
    if any(facts[table] is not present[table] for table in FACTS):
        facts["plan"] = plan_rows(facts)
    return replace(
        present, number=number, facts=dict(present.facts) | facts, _memory=OrderedDict(), _lock=Lock()
    )


@cache
def told_when_made(table: str) -> tuple[str, ...]:
    """Return the columns of `table` that an entry tells of with an old value of null only at the making.

    They are never null in a stored row, and never the empty text, which entries leave out.
    """
    return tuple(
        column.name
        for column in metadata.tables[table].columns
        if not column.nullable
        and column.name not in _KEPT_BY_ITSELF
        and (isinstance(column.type, Enum) or not isinstance(column.type, String | AutoString))
    )


def _later(session: Session, number: int) -> dict[str, _Later]:
    """Return what the later entries tell, by entity."""
    # The texts are taken apart while the database puts the next ones together.
    with ThreadPoolExecutor(1) as beside:
        parts = list(beside.map(_taken_apart, later_entries(session, list(FACTS), number)))
    told: dict[str, list[_Later]] = {}
    for part in parts:
        for entity, later in part.items():
            told.setdefault(entity, []).append(later)
    return {
        entity: _Later(pl.concat([p.made for p in laters]), pl.concat([p.fields for p in laters]))
        for entity, laters in told.items()
    }


def _taken_apart(lines: str) -> dict[str, _Later]:
    # JSON quotes for itself; a quote means nothing to this format.
    frame = pl.read_csv(lines.encode(), separator="\t", quote_char=None, has_header=False, schema=_LINE)
    parts = frame.partition_by("entity", as_dict=True, include_key=False)
    return {str(entity): _read(str(entity), part) for (entity,), part in parts.items()}


def _read(table: str, entries: pl.DataFrame) -> _Later:
    making = pl.col("fields").str.contains_any([f'"{name}": [null,' for name in told_when_made(table)])
    rest = entries.filter(~making)
    pairs = pl.Struct({name: pl.List(kind) for name, kind in _told_as(table).items()})
    fields = rest["fields"].str.json_decode(pairs).struct.unnest()
    return _Later(
        entries.filter(making)["record_id"],
        pl.concat([rest.select("entry", "record_id"), fields], how="horizontal"),
    )


@cache
def _told_as(table: str) -> dict[str, pl.DataType]:
    """Return the fields of a table's frame and archived_at, each as the type that JSON tells it in."""
    schema = fact_frame([], table).drop("id", "archived").schema
    kinds = {name: pl.String() if kind == pl.Date else kind for name, kind in schema.items()}
    return kinds | {_ARCHIVED: pl.String()}


def _undone(session: Session, table: str, present: pl.DataFrame, later: _Later) -> pl.DataFrame:
    """Return the rows of a table as they were before these entries."""
    before = _earliest(later.fields)
    archived = before.filter(pl.col(_ARCHIVED).list.first().is_not_null())["record_id"]
    standing = before.filter(pl.col(_ARCHIVED).list.len() > 0)["record_id"]
    unknown = pl.concat([later.made, archived])
    standing = standing.filter(~standing.is_in(unknown.implode()) & ~standing.is_in(present["id"].implode()))
    rows = _with_fetched(session, table, present, standing)
    rows = rows.filter(~pl.col("id").is_in(unknown.implode()))
    touched = pl.col("id").is_in(before["record_id"].implode())
    return pl.concat([rows.filter(~touched), _restored(rows.filter(touched), before)])


def _earliest(fields: pl.DataFrame) -> pl.DataFrame:
    """Return record_id and [old, new] of each field's earliest entry; null where there is none."""
    names = [name for name in fields.columns if name not in ("entry", "record_id")]
    moved = [name for name in names if name == _ARCHIVED or fields[name].null_count() < fields.height]
    return (
        fields.select("entry", "record_id", *moved)
        .sort("entry")
        .group_by("record_id")
        .agg(pl.col(name).drop_nulls().first() for name in moved)
    )


def _with_fetched(session: Session, table: str, present: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Return the present rows and those with these ids, which are archived now."""
    chunks = rows_with(session, table, FACTS[table], ids.to_list())
    return pl.concat([present, *(fact_frame(rows, table).drop("archived") for rows in chunks)])


def _restored(rows: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the old value of every field that `before` tells of."""
    joined = rows.join(before.drop(_ARCHIVED), left_on="id", right_on="record_id", suffix=" before")
    values = []
    for name in before.columns:
        if name in rows.columns:
            pair = pl.col(f"{name} before")
            old = pair.list.first()
            old = old.str.to_date("%Y-%m-%d") if rows.schema[name] == pl.Date else old
            values.append(pl.when(pair.is_not_null()).then(old).otherwise(name).alias(name))
    return joined.with_columns(values).select(rows.columns)
