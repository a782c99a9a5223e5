"""Targets of a year: read them with what was reached, and set them, cell by cell of one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from db.models.target import Target
from db.queries.target import standing_targets
from db.transaction import Transaction
from db.vocabulary import TargetMeasure
from tracker.errors import NotFound, TrackerError
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.target import attainment_of, attainments, reached_in, sees_all_of
from tracker.portfolio.target_place import target_places
from tracker.rules.checks import raise_any
from tracker.rules.region import region_key, sales_region_id
from tracker.rules.target import (
    MEASURE_NAMES,
    MEASURES,
    Attainment,
    NoSuchPlace,
    TargetDraft,
    TargetMoved,
    Wish,
    check_wishes,
)
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["MEASURES", "MEASURE_NAMES", "Attainment", "Part", "TargetMeasure", "Wish"]

Cell = tuple[int | None, TargetMeasure]


@dataclass(frozen=True)
class TargetSheet:
    """The targets of a year: what is set, cell by cell, and every place with what it reached.

    places: one row for all of it, for each sales region and each province that the person sees whole, with
    region_key (null: all of it), level ("all", "sales_region", "province"), name, name_en, and of each
    measure its target, `_reached` and `_share` (signings, signings_reached, signings_share, …).
    """

    year: int
    places: pl.DataFrame
    stored: Mapping[Cell, int]


def read_attainment(desk: Desk, as_of: date, part: Part) -> tuple[Attainment, ...]:
    """Return what was reached of a part's targets for the year of `as_of`; nothing where none is set.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return attainment_of(portfolio_for(desk), as_of, part)


def read_attainments(desk: Desk, as_of: date) -> pl.DataFrame:
    """Return all targets of the year of `as_of` with what was reached; see `portfolio.target`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return attainments(portfolio_for(desk), as_of, as_of.year)


def read_targets(desk: Desk, as_of: date, year: int) -> TargetSheet:
    """Return the targets of a year, and what was reached of it by `as_of`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    set_ = {(row[0], row[1]): row[2] for row in attainments(portfolio, as_of, year).iter_rows()}
    rows = []
    for place in target_places(portfolio, as_of).iter_rows(named=True):
        reached = reached_in(portfolio, as_of, year, place["region_key"])
        rows.append(place | _of_place(place["region_key"], set_, reached))
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return TargetSheet(year, frame, {(key, TargetMeasure(m)): n for (key, m), n in set_.items()})


def set_targets(
    desk: Desk,
    year: int,
    wishes: Sequence[Wish],
    *,
    seen: Mapping[Cell, int],
    reason: str = "",
    token: str = "",
) -> None:
    """Set, change or take away targets of a year; `seen` is what the person saw of each cell.

    A cell somebody else set meanwhile is refused unless it is what was typed. Taking one away needs a
    reason. Raises: NotAllowed, NotFound, InvalidInput, ReasonRequired, StorageError.
    """
    desk.allow("target.write")
    check_wishes(year, wishes)
    _must_be_there(portfolio_for(desk), desk.today, wishes)
    with desk.transaction(reason=reason, token=token) as work:
        if work.outcome is None:
            standing = {_cell(target): target for target in standing_targets(work.session, year)}
            raise_any(_moved(wishes, standing, seen))
            for wish in wishes:
                _set(work, year, wish, standing.get((wish.region_key, wish.measure)))
            work.outcome = []


def _of_place(
    key: int | None, set_: Mapping[tuple[int | None, str], int], reached: Mapping[str, int]
) -> dict[str, float | int | None]:
    row: dict[str, float | int | None] = {}
    for measure in MEASURES:
        target, n = set_.get((key, measure.value)), reached[measure.value]
        share = n / target if target else None
        row |= {measure.value: target, f"{measure.value}_reached": n, f"{measure.value}_share": share}
    return row


def _must_be_there(portfolio: Portfolio, today: date, wishes: Sequence[Wish]) -> None:
    if not all(sees_all_of(portfolio, today, wish.region_key) for wish in wishes):
        raise NotFound
    known = {*portfolio["division"]["id"], *(region_key(i) for i in portfolio["sales_region"]["id"]), None}
    if any(wish.region_key not in known for wish in wishes):
        raise NoSuchPlace


def _moved(
    wishes: Sequence[Wish], standing: Mapping[Cell, Target], seen: Mapping[Cell, int]
) -> list[TrackerError]:
    problems: list[TrackerError] = []
    for wish in wishes:
        cell = (wish.region_key, wish.measure)
        stored = standing[cell].count if cell in standing else None
        if stored not in (seen.get(cell), wish.count):
            told = {"stored": _shown(stored), "typed": _shown(wish.count)}
            problems.append(TargetMoved(field="count", cell=cell, count=stored, place=wish.name, **told))
    return problems


def _shown(count: int | None) -> int | str:
    return "–" if count is None else count


def _set(work: Transaction, year: int, wish: Wish, target: Target | None) -> None:
    if wish.count is None:
        if target is not None:
            record.archive(work, target)
        return
    own = sales_region_id(wish.region_key) if wish.region_key is not None else None
    division = wish.region_key if own is None else None
    values = {"division_id": division, "sales_region_id": own, "year": year, "measure": wish.measure}
    draft = TargetDraft.model_validate(values | {"count": wish.count})
    if target is None:
        work.save(Target.model_validate(draft), "target.set")
    elif target.count != wish.count:
        record.change(work, target, draft, seen=target.version, action="target.set")


def _cell(target: Target) -> Cell:
    key = region_key(target.sales_region_id) if target.sales_region_id is not None else target.division_id
    return key, target.measure
