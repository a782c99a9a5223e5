"""What was said of a milestone over time: each move of its forecast, each report, and what was taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db.models.audit import AuditEntry
from db.models.milestone import ForecastChange
from db.queries.forecast import forecast_changes_of
from db.queries.history import entries_about
from db.vocabulary import SlipReason
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_milestone

_TOLD = ("met_on", "credited_on", "credit_percent", "cancelled_on")


@dataclass(frozen=True)
class StoryEvent:
    """One thing that was said: `act` is moved, met, credited, unmet, uncredited, cancelled or brought_back.

    `on` is the day it holds for: of a move the day of the change, of what was taken back the day it had
    said. `old_on` and `new_on` are a move's forecasts; `percent` the share of what was met in part.
    """

    act: str
    on: date | None
    actor: str
    recorded_at: datetime
    reason: str = ""
    reason_code: SlipReason | None = None
    old_on: date | None = None
    new_on: date | None = None
    percent: int | None = None


def read_milestone_story(desk: Desk, milestone_id: int) -> list[StoryEvent]:
    """Return what was said of a milestone, newest first; see `StoryEvent`.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("history.read", divisions_of_milestone(desk, milestone_id))
    with desk.reading() as session:
        changes = forecast_changes_of(session, [milestone_id])
        told = [*_moves(session, changes), *_reports(session, milestone_id)]
        return sorted(told, key=lambda event: event.recorded_at, reverse=True)


def _moves(session: Session, changes: list[ForecastChange]) -> Iterable[StoryEvent]:
    """Give the moves of a forecast, with who recorded each."""
    entries = entries_about(session, [("forecast_change", change.key) for change in changes])
    # The oldest entry of each comes last and stays: it is the one that recorded the move.
    first = {entry.record_id: entry for entry in entries}
    for change in changes:
        yield StoryEvent(
            act="moved",
            on=change.changed_on,
            actor=first[change.key].actor,
            recorded_at=first[change.key].recorded_at,
            reason=change.note,
            reason_code=change.reason_code,
            old_on=change.old_on,
            new_on=change.new_on,
        )


def _reports(session: Session, milestone_id: int) -> Iterable[StoryEvent]:
    """Give what was said about being met or cancelled, with the values of that moment."""
    before: dict[str, Any] = dict.fromkeys(_TOLD)
    for entry in reversed(entries_about(session, [("milestone", milestone_id)])):
        now = before | {name: new for name, (_old, new) in entry.fields.items() if name in before}
        if now != before:
            yield from _report(entry, before, now)
        before = now


def _report(entry: AuditEntry, before: dict[str, Any], now: dict[str, Any]) -> Iterable[StoryEvent]:
    def event(act: str, day: str | None, percent: int | None = None) -> StoryEvent:
        on = date.fromisoformat(day) if day else None
        return StoryEvent(act, on, entry.actor, entry.recorded_at, reason=entry.reason, percent=percent)

    if now["met_on"] != before["met_on"]:
        act = "met" if now["met_on"] else "unmet"
        yield event(act, now["met_on"] or before["met_on"])
    share = (now["credited_on"], now["credit_percent"])
    if share != (before["credited_on"], before["credit_percent"]):
        act, told = ("credited", now) if now["credited_on"] else ("uncredited", before)
        yield event(act, told["credited_on"], told["credit_percent"])
    if now["cancelled_on"] != before["cancelled_on"]:
        act = "cancelled" if now["cancelled_on"] else "brought_back"
        yield event(act, now["cancelled_on"] or before["cancelled_on"])
