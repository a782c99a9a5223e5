"""The course of a project: started, live, accepted, stopped and resumed, paused and taken up again."""

from datetime import date, timedelta
from typing import Any

from db.models.project import Project, ProjectFields
from db.models.suspension import Suspension
from db.queries.project import suspensions_of
from db.transaction import Transaction
from db.vocabulary import SlipReason
from tracker.rules.checks import in_order, not_after_today, raise_any, reason_given
from tracker.rules.forecast import checked_reason
from tracker.rules.project_draft import AlreadyStopped, NotPaused, checked_project, checked_stop
from tracker.rules.suspension import checked_suspension
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.milestone_grid import move_unmet
from tracker.services.project_scope import divisions_of_project, reach_back, writable_project

_LINE = 300


def start_project(desk: Desk, project_id: int, started_on: date, *, seen: int | None) -> None:
    """Record the day the project started.

    Raises: NotFound, NotAllowed, InvalidInput, AlreadyStopped, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("project.write", divisions_of_project(desk, project_id))
    with desk.transaction() as work:
        _record_day(desk, work, project_id, ("started_on", started_on, "project.started"), seen)


def go_live(desk: Desk, project_id: int, live_on: date, *, seen: int | None) -> None:
    """Record the day the project went live. Raises: as `start_project`."""
    desk.allow("project.write", divisions_of_project(desk, project_id))
    with desk.transaction() as work:
        _record_day(desk, work, project_id, ("live_on", live_on, "project.went_live"), seen)


def accept_project(desk: Desk, project_id: int, accepted_on: date, *, seen: int | None) -> None:
    """Record the day the project was accepted. Raises: as `start_project`."""
    desk.allow("project.write", divisions_of_project(desk, project_id))
    with desk.transaction() as work:
        _record_day(desk, work, project_id, ("accepted_on", accepted_on, "project.accepted"), seen)


def stop_project(desk: Desk, project_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Stop a project for good, with the day and the reason; it stays in every count. See `StopDraft`.

    Raises: NotFound, NotAllowed, InvalidInput, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("project.write", divisions_of_project(desk, project_id))
    with desk.transaction(reason=str(values.get("stop_reason") or "")) as work:
        project = writable_project(work, project_id)
        draft = checked_stop(values, project, desk.today)
        record.change(work, project, draft, seen=seen, action="project.stopped")


def resume_project(desk: Desk, project_id: int, reason: str) -> None:
    """Take a stopped project up again; the history keeps that it was stopped.

    Raises: NotFound, NotAllowed, ReasonRequired, Withdrawn, StorageError.
    """
    desk.allow("project.write", divisions_of_project(desk, project_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        project = writable_project(work, project_id)
        project.stopped_on, project.stop_reason = None, ""
        work.save(project, "project.resumed")


def pause_project(desk: Desk, project_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Record days on which the project rests, and return the pause's id; its end may be open.

    Raises: NotFound, NotAllowed, InvalidInput, AlreadyStopped, Withdrawn, StorageError.
    """
    desk.allow("project.write", divisions_of_project(desk, project_id))
    with desk.transaction(reason=str(values.get("reason") or ""), token=token) as work:
        if work.outcome is None:
            _going(work, project_id)
            draft = checked_suspension(values, suspensions_of(work.session, project_id))
            pause = Suspension(**draft.model_dump(), project_id=project_id)
            work.outcome = [work.save(pause, "project.paused").key]
        return work.outcome[0]


def end_pause(
    desk: Desk,
    project_id: int,
    resumed_on: date,
    *,
    moves_plan: bool = False,
    reason_code: SlipReason | None = None,
) -> int:
    """End the open pause on the day before `resumed_on` and return how many days the project rested.

    With `moves_plan` the unmet milestones move by those days, in the same transaction; if any of them has
    a forecast, `reason_code` says why it moves, and the pause's own reason is the line about it.
    Raises: NotFound, NotAllowed, InvalidInput, NotPaused, Withdrawn, StorageError.
    """
    divisions = divisions_of_project(desk, project_id)
    desk.allow("project.write", divisions)
    if moves_plan:
        desk.allow("milestone.write", divisions)
    with desk.transaction() as work:
        writable_project(work, project_id)
        pause = next((p for p in suspensions_of(work.session, project_id) if p.to_on is None), None)
        if pause is None:
            raise NotPaused
        problems = not_after_today("resumed_on", resumed_on, desk.today)
        # A pause of no day at all was entered in error: it is withdrawn instead.
        raise_any(problems + in_order("resumed_on", pause.from_on + timedelta(days=1), resumed_on))
        pause.to_on = resumed_on - timedelta(days=1)
        work.save(pause, "project.pause_ended")
        days = (resumed_on - pause.from_on).days
        if moves_plan:
            work.reason = pause.reason
            why = {"reason_code": reason_code, "note": pause.reason[:_LINE], "changed_on": resumed_on}
            move_unmet(work, project_id, days, lambda: checked_reason(why, desk.today))
        return days


def archive_pause(desk: Desk, project_id: int, pause_id: int, reason: str) -> None:
    """Withdraw a pause entered in error. Raises: NotFound, NotAllowed, ReasonRequired, StorageError."""
    desk.allow("project.write", divisions_of_project(desk, project_id))
    with desk.transaction(reason=reason) as work:
        pause = next((p for p in suspensions_of(work.session, project_id) if p.key == pause_id), None)
        if pause is None:
            raise NotPaused
        record.archive(work, pause)


def _record_day(
    desk: Desk, work: Transaction, project_id: int, fact: tuple[str, date, str], seen: int | None
) -> None:
    field, day, action = fact
    project = _going(work, project_id)
    stored = {name: getattr(project, name) for name in ProjectFields.model_fields}
    checked_project(stored | {field: day}, desk.today)
    if project.version != seen and stored[field] not in (None, day):
        raise record.conflict(work, project, {field: (stored[field], day)})
    setattr(project, field, day)
    work.save(project, action)
    reach_back(work, project, day)


def _going(work: Transaction, project_id: int) -> Project:
    project = writable_project(work, project_id)
    if project.stopped_on:
        raise AlreadyStopped(day=project.stopped_on)
    return project
