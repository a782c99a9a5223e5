"""What later entries changed: figures known at a moment beside those known now, and the facts behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from db.models.audit import AuditEntry
from db.queries.history import names_of
from db.queries.known import entries_since
from tracker.portfolio.figures import figures, region_figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.region import divisions_within
from tracker.portfolio.restatement import Bearing, Change, Turn, changes_between
from tracker.rules.figure import FIGURE_NAMES, rests_on
from tracker.services.desk import Desk
from tracker.services.history import Names, referred
from tracker.services.reading import portfolio_at, portfolio_for

__all__ = ["Bearing", "Turn"]

Records = Mapping[tuple[str, int], list[AuditEntry]]


@dataclass(frozen=True)
class Difference:
    """One figure that differs; `lines` is how many of the listed lines it rests on."""

    name: str
    then: float | None
    now: float | None
    lines: int


@dataclass(frozen=True)
class Line:
    """One changed fact and the entry that recorded it last; None where the record only moved in or out."""

    change: Change
    actor: str
    recorded_at: datetime | None
    change_no: int | None
    action: str
    reason: str


@dataclass(frozen=True)
class Restatement:
    """What differs between change `number` and now for one day; `total` counts the records that differ."""

    as_of: date
    number: int
    differences: tuple[Difference, ...]
    lines: tuple[Line, ...]
    total: int
    names: Names


def restate(desk: Desk, as_of: date, region_id: int | None = None) -> Restatement:
    """Compare what the desk's moment knew of a day with what is known now.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("history.read")
    now = portfolio_for(replace(desk, known_at=None))
    return _restated(desk, (portfolio_for(desk), now), as_of, region_id)


def restate_since(desk: Desk, number: int, as_of: date, region_id: int | None = None) -> Restatement:
    """Compare what was known of a day after change `number` with what the desk knows of it.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("history.read")
    return _restated(desk, (portfolio_at(desk, number), portfolio_for(desk)), as_of, region_id)


def _restated(
    desk: Desk, pictures: tuple[Portfolio, Portfolio], as_of: date, region_id: int | None
) -> Restatement:
    then, now = pictures
    old, new = (_figures(portfolio, as_of, region_id) for portfolio in (then, now))
    if region_id is not None:
        then, now = (_inside(portfolio, region_id, as_of) for portfolio in (then, now))
    changes, total = changes_between(then, now, as_of)
    with desk.reading() as session:
        entries = entries_since(session, {(c.entity, c.record_id) for c in changes}, then.number)
        lines = tuple(_line(change, entries) for change in changes)
        names = names_of(session, _spoken_of(changes))
    differences = tuple(
        Difference(name, old[name], new[name], sum(1 for c in changes if c.entity in rests_on(name)))
        for name in FIGURE_NAMES
        if old.get(name) != new.get(name)
    )
    return Restatement(as_of, then.number, differences, lines, total, names)


def _figures(portfolio: Portfolio, as_of: date, region_id: int | None) -> dict[str, Any]:
    if region_id is None:
        return figures(portfolio, as_of).row(0, named=True)
    return region_figures(portfolio, as_of, region_id)


def _inside(portfolio: Portfolio, region_id: int, as_of: date) -> Portfolio:
    """Restrict a portfolio to one region, within the person's scope."""
    inside = frozenset(divisions_within(portfolio, region_id, as_of)["division_id"].to_list())
    return portfolio.within(inside if portfolio.scope is None else inside & portfolio.scope)


def _line(change: Change, entries: Records) -> Line:
    """Put the last entry that tells of a changed fact beside it, or that made, withdrew or restored it."""
    told = entries.get((change.entity, change.record_id), [])
    if change.turn is Turn.changed:
        told = [entry for entry in told if change.field in entry.fields]
    elif change.turn is Turn.gone or any("archived_at" in entry.fields for entry in told):
        told = [entry for entry in told if "archived_at" in entry.fields]
    else:
        told = told[:1]
    last = told[-1] if told else None
    return Line(
        change,
        actor=last.actor if last else "",
        recorded_at=last.recorded_at if last else None,
        change_no=last.change_no if last else None,
        action=last.action if last else "",
        reason=last.reason if last else "",
    )


def _spoken_of(changes: Iterable[Change]) -> set[tuple[str, int]]:
    found = set()
    for change in changes:
        found.add((change.entity, change.record_id))
        found |= {(name.removesuffix("_id"), owner) for name, owner in change.owners.items()}
        rows = [change.old or {}, change.new or {}] if not change.field else []
        fields = [
            (change.field, change.old),
            (change.field, change.new),
            *(f for row in rows for f in row.items()),
        ]
        for name, value in fields:
            if (target := referred(change.entity, name)) and isinstance(value, int):
                found.add((target, value))
    return found
