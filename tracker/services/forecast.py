"""Change what is expected of a milestone; every move is kept with its day and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.models.milestone import ForecastChange, Milestone
from db.queries.forecast import forecast_changes_of, last_changes
from db.transaction import Transaction
from db.vocabulary import SlipReason
from tracker.rules.checks import raise_any
from tracker.rules.forecast import ReasonDraft, SameForecast, checked_forecast, forecast_problems
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.project_scope import (
    divisions_of_milestone,
    reach_back,
    running_milestone,
    writable_project,
)


@dataclass(frozen=True)
class ForecastMove:
    """A milestone whose forecast is written together with its row; `index` is the row's."""

    milestone: Milestone
    old_on: date | None
    new_on: date | None
    index: int = 0


def change_forecast(desk: Desk, milestone_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Give a milestone another forecast, or none, with a reason code and a line. See `ForecastDraft`.

    Raises: NotFound, NotAllowed, InvalidInput, SameForecast, MilestoneCancelled, EditConflict, Withdrawn,
    StorageError.
    """
    desk.allow("forecast.write", divisions_of_milestone(desk, milestone_id))
    draft = checked_forecast(values, desk.today)
    with desk.transaction(reason=draft.note) as work:
        milestone = running_milestone(work, milestone_id)
        if milestone.forecast_on == draft.new_on:
            raise SameForecast(field="new_on")
        if milestone.version != seen:
            raise record.conflict(work, milestone, {"forecast_on": (milestone.forecast_on, draft.new_on)})
        last_on = last_changes(work.session, [milestone_id]).get(milestone_id)
        raise_any(forecast_problems(milestone, draft.new_on, draft.changed_on, last_on))
        apply_forecast(work, milestone, **draft.model_dump())
        reach_back(work, writable_project(work, milestone.project_id), draft.changed_on)


def apply_forecast(
    work: Transaction,
    milestone: Milestone,
    new_on: date | None,
    *,
    reason_code: SlipReason,
    note: str,
    changed_on: date,
    update_id: int | None = None,
) -> bool:
    """Write a forecast that was checked before, within the caller's transaction, and say if it was a change.

    One dated before the newest change takes its place in the history, and the newest stays in force.
    """
    changes = forecast_changes_of(work.session, [milestone.key])
    before = [change for change in changes if change.changed_on <= changed_on]
    old_on = before[-1].new_on if before else None
    if old_on == new_on:
        return False
    if len(before) == len(changes):
        milestone.forecast_on = new_on
        work.save(milestone, "milestone.forecast_changed")
    work.save(
        ForecastChange(
            milestone_id=milestone.key,
            update_id=update_id,
            changed_on=changed_on,
            old_on=old_on,
            new_on=new_on,
            reason_code=reason_code,
            note=note,
        )
    )
    return True


def tell_moves(work: Transaction, moves: Sequence[ForecastMove], why: ReasonDraft) -> None:
    """Add moves that were just written to their histories, all for one reason.

    None is dated before the newest change of its milestone, which would leave that one in force.
    """
    last = last_changes(work.session, [move.milestone.key for move in moves])
    changes = [
        ForecastChange(
            milestone_id=move.milestone.key,
            changed_on=max(why.changed_on, last.get(move.milestone.key, why.changed_on)),
            old_on=move.old_on,
            new_on=move.new_on,
            reason_code=why.reason_code,
            note=why.note,
        )
        for move in moves
    ]
    work.save_many(changes)
