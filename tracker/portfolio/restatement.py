"""The facts that differ between two pictures of one database: what was recorded in between."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, Final

import polars as pl

from tracker.portfolio.model import FACTS, Portfolio

# Of one kind of record; more are counted, not listed.
MOST_RECORDS: Final = 1_000
_OWNERS: Final = ("agreement_id", "project_id", "milestone_id")


class Turn(StrEnum):
    """What became of a record since."""

    made = "made"
    gone = "gone"
    changed = "changed"


class Bearing(IntEnum):
    """How a changed fact bears on a day: dated by then, without a date, or dated only later."""

    by_day = 0
    undated = 1
    later = 2


@dataclass(frozen=True)
class Change:
    """One field that differs, or with an empty `field` a record that only one picture holds.

    `owners` holds agreement_id, project_id and milestone_id of what the record belongs to, where it does.
    """

    entity: str
    record_id: int
    turn: Turn
    field: str
    old: Any
    new: Any
    bearing: Bearing
    owners: Mapping[str, int]


def changes_between(then: Portfolio, now: Portfolio, as_of: date) -> tuple[list[Change], int]:
    """Return what differs, dated facts up to `as_of` first, and how many records differ in all.

    Of each kind at most MOST_RECORDS are listed, so that every kind that differs is.
    """
    found: list[Change] = []
    total = 0
    for table in FACTS:
        rows, count = _differing(then[table], now[table])
        found += [change for old, new in rows for change in _changes(table, old, new, as_of)]
        total += count
    placed = _Places(then, now).of_all(found)
    return sorted(placed, key=_order), total


def _differing(
    old: pl.DataFrame, new: pl.DataFrame
) -> tuple[list[tuple[dict[str, Any] | None, dict[str, Any] | None]], int]:
    """Return pairs of a row then and now, None where there is none, and how many there are in all."""
    if old is new:
        return [], 0
    gone = old.join(new, on="id", how="anti").sort("id")
    made = new.join(old, on="id", how="anti").sort("id")
    names = [name for name in old.columns if name != "id"]
    both = new.join(old, on="id", suffix=" then")
    moved = both.filter(pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n} then")) for n in names)).sort(
        "id"
    )
    before = moved.select("id", *(pl.col(f"{name} then").alias(name) for name in names))
    pairs = [
        *((None, row) for row in made.head(MOST_RECORDS).to_dicts()),
        *((row, None) for row in gone.head(MOST_RECORDS).to_dicts()),
        *zip(
            before.head(MOST_RECORDS).to_dicts(),
            moved.head(MOST_RECORDS).select(old.columns).to_dicts(),
            strict=True,
        ),
    ]
    return pairs, made.height + gone.height + moved.height


def _changes(
    table: str, old: dict[str, Any] | None, new: dict[str, Any] | None, as_of: date
) -> Iterator[Change]:
    if old is None or new is None:
        row = old or new or {}
        turn = Turn.made if old is None else Turn.gone
        yield Change(table, row["id"], turn, "", old, new, _bearing(row.values(), as_of), _owners(table, row))
        return
    for name, value in new.items():
        if value != old[name]:
            bearing = _bearing((old[name], value), as_of)
            owners = _owners(table, new)
            yield Change(table, new["id"], Turn.changed, name, old[name], value, bearing, owners)


def _bearing(values: Any, as_of: date) -> Bearing:
    days = [value for value in values if isinstance(value, date)]
    if not days:
        return Bearing.undated
    return Bearing.by_day if min(days) <= as_of else Bearing.later


def _owners(table: str, row: Mapping[str, Any]) -> dict[str, int]:
    named = {name: row.get(name) for name in (*_OWNERS, "baseline_id")}
    # A dependency is told of with the milestone that waits.
    named["milestone_id"] = row.get("milestone_id") or row.get("successor_id")
    named[f"{table}_id"] = row["id"]
    return {name: value for name, value in named.items() if value is not None}


class _Places:
    """Finds the project and agreement of what belongs to a milestone or an approved plan."""

    def __init__(self, then: Portfolio, now: Portfolio) -> None:
        self.pictures = (then, now)

    def of_all(self, changes: list[Change]) -> list[Change]:
        """Return the changes with all their owners."""
        for table, owner in (
            ("baseline", "project_id"),
            ("milestone", "project_id"),
            ("project", "agreement_id"),
        ):
            known = self._owner_of(table, owner, {c.owners.get(f"{table}_id") for c in changes})
            changes = [_owned(change, f"{table}_id", owner, known) for change in changes]
        return changes

    def _owner_of(self, table: str, owner: str, ids: set[int | None]) -> dict[int, int]:
        wanted = pl.Series([i for i in ids if i is not None], dtype=pl.Int64).implode()
        found: dict[int, int] = {}
        for picture in self.pictures:
            rows = picture[table].filter(pl.col("id").is_in(wanted)).select("id", owner)
            found |= dict(rows.iter_rows())
        return found


def _owned(change: Change, key: str, owner: str, known: Mapping[int, int]) -> Change:
    found = known.get(change.owners.get(key, 0))
    if found is None or owner in change.owners:
        return change
    return Change(**(vars(change) | {"owners": {**change.owners, owner: found}}))


def _order(change: Change) -> tuple[Any, ...]:
    """By bearing; within it what belongs together stays together."""
    return (
        change.bearing,
        *(change.owners.get(name, 0) for name in _OWNERS),
        change.entity,
        change.record_id,
    )
