"""Thresholds: read what is in force and what was, and change them from today on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db.models.audit import AuditEntry
from db.models.threshold import Threshold
from db.queries.history import entries_about, last_entry
from db.queries.threshold import thresholds
from tracker.errors import EditConflict
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.threshold import DEFAULTS, NAMES, Thresholds, checked_thresholds
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for


@dataclass(frozen=True)
class ThresholdChange:
    """One change of one threshold: what was in force before, and since when the new value is."""

    name: str
    old: int
    new: int
    from_on: date
    recorded_at: datetime
    actor: str
    reason: str


@dataclass(frozen=True)
class ThresholdSheet:
    """The values in force on a day, since when each is (None: always, the product's own), and every change.

    `changes` are newest first; `seen` is what a later save says it saw.
    """

    values: dict[str, int]
    since_on: dict[str, date | None]
    changes: tuple[ThresholdChange, ...]
    seen: int


def thresholds_on(desk: Desk, as_of: date) -> Thresholds:
    """Return the values in force on a day. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    return thresholds_as_of(portfolio_for(desk), as_of)


def read_thresholds(desk: Desk, as_of: date) -> ThresholdSheet:
    """Return the values in force on a day with their history. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        rows = thresholds(session)
        known = {row.name: row for row in rows if row.from_on <= as_of}
        return ThresholdSheet(
            values={name: known[name].value if name in known else DEFAULTS[name] for name in NAMES},
            since_on={name: known[name].from_on if name in known else None for name in NAMES},
            changes=_changes(session, rows),
            seen=_newest(rows),
        )


def change_thresholds(desk: Desk, values: Mapping[str, Any], *, seen: int, reason: str = "") -> None:
    """Let values apply from today on, never from an earlier day; values left out stay as they are.

    `seen` is the sheet's: a value that somebody changed since meets a conflict.
    Raises: NotAllowed, InvalidInput, EditConflict, StorageError.
    """
    desk.allow("threshold.write")
    with desk.transaction(reason=reason.strip()) as work:
        rows = thresholds(work.session)
        known = {row.name: row for row in rows}
        stored = {**DEFAULTS, **{name: row.value for name, row in known.items()}}
        typed = vars(checked_thresholds({**stored, **values}))
        changed = {name: value for name, value in typed.items() if value != stored[name]}
        theirs = [known[name] for name in changed if name in known and known[name].change_no > seen]
        if theirs:
            raise _conflict(work.session, theirs, typed, _newest(rows))
        for name, value in changed.items():
            row = known.get(name)
            # Two changes of one day are one value: a day has one answer.
            if row is None or row.from_on < desk.today:
                row = Threshold(name=name, value=value, from_on=desk.today)
            row.value = value
            work.save(row, "threshold.changed")


def _conflict(session: Session, theirs: list[Threshold], typed: dict[str, int], newest: int) -> EditConflict:
    entry = last_entry(session, "threshold", theirs[0].key)
    who, when = (entry.actor, entry.recorded_at) if entry else ("", None)
    fields = {row.name: (row.value, typed[row.name]) for row in theirs}
    return EditConflict(who=who, when=when, version=newest, fields=fields)


def _newest(rows: list[Threshold]) -> int:
    return max((row.change_no for row in rows), default=0)


def _changes(session: Session, rows: list[Threshold]) -> tuple[ThresholdChange, ...]:
    by_id = {row.key: row for row in rows}
    entries = entries_about(session, [("threshold", row_id) for row_id in by_id])
    in_force, found = dict(DEFAULTS), []
    for entry in sorted(entries, key=_order):
        row = by_id[entry.record_id]
        if "value" in entry.fields and row.name in in_force:
            old, new = in_force[row.name], entry.fields["value"][1]
            in_force[row.name] = new
            told = (entry.recorded_at, entry.actor, entry.reason)
            found.append(ThresholdChange(row.name, old, new, row.from_on, *told))
    return tuple(reversed(found))


def _order(entry: AuditEntry) -> int:
    return entry.id or 0
