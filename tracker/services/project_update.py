"""Project updates: send one, or that nothing changed; a lead accepts or returns it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db.models.milestone import Milestone
from db.models.project import Project
from db.models.project_update import ProjectUpdate, UpdateForecast
from db.models.risk import Risk
from db.queries.project import milestones_of
from db.queries.project_update import changes_made, forecasts_brought, updates_of
from db.transaction import Transaction
from db.vocabulary import Decision
from tracker.errors import NotFound, TrackerError
from tracker.rules.checks import raise_any, reason_given
from tracker.rules.milestone_draft import AlreadyMet, MilestoneCancelled
from tracker.rules.project_update import (
    CheckedUpdate,
    ForecastDraft,
    checked_decision,
    checked_update,
    undecided,
)
from tracker.services import record
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk
from tracker.services.forecast import apply_forecast
from tracker.services.project_scope import (
    divisions_of_part,
    divisions_of_project,
    reach_back,
    writable_project,
)
from tracker.services.recorded import recorded_by, standing_then
from tracker.services.risk import enter
from tracker.services.update_request import answerable, close_answered


@dataclass(frozen=True)
class UpdateSheet:
    """An update with what it brings.

    `update` holds the columns of its table. Each forecast has milestone_id, milestone, new_on, reason_code,
    note, old_on (the forecast before, or else the due day) and is_left_out (accepted, yet not applied: the
    milestone was met or cancelled by then, or this was already expected). Risks hold their table's columns.
    """

    update: dict[str, Any]
    forecasts: tuple[dict[str, Any], ...]
    risks: tuple[dict[str, Any], ...]

    @property
    def id(self) -> int:
        """The update's id."""
        return int(self.update["id"])

    @property
    def is_waiting(self) -> bool:
        """Whether a lead still has to accept or return it."""
        return self.update["decision"] is None and self.update["archived_at"] is None


def send_update(desk: Desk, project_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Send an update of a project and return its id; its risks are in the log at once.

    See `checked_update` for `values`. The same token again returns the first one's id. The project exists
    from the reported day on, if it did not before.
    Raises: NotFound, NotAllowed, InvalidInput, RequestClosed, Withdrawn, StorageError.
    """
    desk.allow("update.write", divisions_of_project(desk, project_id))
    checked = checked_update(values, desk.today)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            project = writable_project(work, project_id)
            work.outcome = [_save(work, project, checked)]
        return work.outcome[0]


def accept_update(desk: Desk, update_id: int, *, on: date | None = None, token: str = "") -> list[str]:
    """Accept an update, apply its forecasts as of the day it was reported, and close the request it answers.

    `on` is the day of the decision, today if None. Returns the names of the milestones left out, since they
    were met or cancelled meanwhile.
    Raises: NotFound, NotAllowed, InvalidInput, UpdateAccepted, UpdateReturned, Withdrawn, StorageError.
    """
    desk.allow("update.decide", divisions_of_part(desk, ProjectUpdate, update_id))
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            update = _waiting(work, update_id)
            _decide(work, update, checked_decision(update, on or desk.today, desk.today))
            work.outcome = _apply(work, update)
            close_answered(work, update.request_id, on or desk.today)
        left_out = [work.get(Milestone, milestone_id) for milestone_id in work.outcome]
        return [milestone.name for milestone in left_out]


def return_update(desk: Desk, update_id: int, note: str, *, on: date | None = None) -> None:
    """Return an update to its author, saying what is missing; a request it answers stays open.

    Raises: NotFound, NotAllowed, InvalidInput, ReasonRequired, UpdateAccepted, UpdateReturned, Withdrawn.
    """
    desk.allow("update.decide", divisions_of_part(desk, ProjectUpdate, update_id))
    with desk.transaction() as work:
        update = _waiting(work, update_id)
        decided_on = checked_decision(update, on or desk.today, desk.today)
        _decide(work, update, decided_on, returned_for=reason_given(note, "decision_note"))


def archive_update(desk: Desk, update_id: int, reason: str) -> None:
    """Withdraw an update entered in error, as of another project; what it already brought stays.

    Raises: NotFound, NotAllowed, ReasonRequired, Withdrawn, StorageError.
    """
    desk.allow("update.decide", divisions_of_part(desk, ProjectUpdate, update_id))
    with desk.transaction(reason=reason) as work:
        record.archive(work, _writable(work, update_id))


def restore_update(desk: Desk, update_id: int) -> None:
    """Bring a withdrawn update back. Raises: NotFound, NotAllowed, Withdrawn (the project), StorageError."""
    desk.allow("update.decide", divisions_of_part(desk, ProjectUpdate, update_id))
    with desk.transaction() as work:
        update = work.get(ProjectUpdate, update_id)
        writable_project(work, update.project_id)
        record.restore(work, update)


def read_updates(desk: Desk, project_id: int) -> list[UpdateSheet]:
    """Return a project's updates, as recorded by the desk's moment: the newest first, withdrawn ones last.

    Raises: NotFound, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    with desk.reading() as session:
        updates = recorded_by(session, updates_of(session, project_id), desk.known_at)
        forecasts = _forecasts(session, project_id, updates, desk.known_at)
        risks = standing_then(session, Risk, ("project_id", project_id), desk.known_at)
        sheets = [_sheet(update, forecasts, risks) for update in updates]
    return sorted(sheets, key=lambda sheet: sheet.update["archived_at"] is not None)


def _save(work: Transaction, project: Project, checked: CheckedUpdate) -> int:
    if checked.draft.request_id is not None:
        answerable(work, project.key, checked.draft.request_id)
    _check_milestones(work, project.key, checked.forecasts)
    update = ProjectUpdate(**checked.draft.model_dump(), project_id=project.key, author=work.actor)
    work.save(update, "update.no_change" if update.is_no_change else "update.sent")
    brought = [UpdateForecast(update_id=update.key, **f.model_dump()) for f in checked.forecasts]
    work.save_many(brought)
    for risk in checked.risks:
        enter(work, project, risk, update.reported_on, update.key)
    reach_back(work, project, update.reported_on)
    return update.key


def _check_milestones(work: Transaction, project_id: int, forecasts: Sequence[ForecastDraft]) -> None:
    known = {m.key: m for m in milestones_of(work.session, project_id)}
    problems: list[TrackerError] = []
    for forecast in forecasts:
        field = f"forecast.{forecast.milestone_id}.new_on"
        milestone = known.get(forecast.milestone_id)
        if milestone is None:
            problems.append(NotFound(field=field))
        elif milestone.met_on:
            problems.append(AlreadyMet(field=field, day=milestone.met_on))
        elif milestone.cancelled_on:
            problems.append(MilestoneCancelled(field=field, day=milestone.cancelled_on))
    raise_any(problems)


def _writable(work: Transaction, update_id: int) -> ProjectUpdate:
    update = work.get(ProjectUpdate, update_id)
    if update.archived_at is not None:
        raise Withdrawn
    writable_project(work, update.project_id)
    return update


def _waiting(work: Transaction, update_id: int) -> ProjectUpdate:
    update = _writable(work, update_id)
    undecided(update)
    return update


def _decide(work: Transaction, update: ProjectUpdate, on: date, *, returned_for: str = "") -> None:
    update.decision = Decision.returned if returned_for else Decision.accepted
    update.decision_note, update.decided_on, update.decided_by = returned_for, on, work.actor
    work.save(update, "update.returned" if returned_for else "update.approved")


def _apply(work: Transaction, update: ProjectUpdate) -> list[int]:
    """Apply the forecasts of milestones still ahead and return the ids of the others."""
    left_out = []
    for brought in forecasts_brought(work.session, [update.key]):
        milestone = work.get(Milestone, brought.milestone_id)
        if milestone.met_on or milestone.cancelled_on or milestone.archived_at:
            left_out.append(milestone.key)
        else:
            apply_forecast(
                work,
                milestone,
                brought.new_on,
                reason_code=brought.reason_code,
                note=brought.note,
                changed_on=update.reported_on,
                update_id=update.key,
            )
    return left_out


def _forecasts(
    session: Session, project_id: int, updates: Sequence[ProjectUpdate], known_at: datetime | None
) -> dict[int, list[dict[str, Any]]]:
    """Return, by update, the rows of `UpdateSheet.forecasts`."""
    ids = [update.key for update in updates]
    accepted = {update.key for update in updates if update.decision == Decision.accepted}
    made = recorded_by(session, changes_made(session, ids), known_at)
    changes = {(c.update_id, c.milestone_id): c for c in made}
    known = {m.key: m for m in standing_then(session, Milestone, ("project_id", project_id), known_at)}
    rows: dict[int, list[dict[str, Any]]] = {update_id: [] for update_id in ids}
    for brought in recorded_by(session, forecasts_brought(session, ids), known_at):
        change = changes.get((brought.update_id, brought.milestone_id))
        milestone = known.get(brought.milestone_id) or session.get_one(Milestone, brought.milestone_id)
        rows[brought.update_id].append(
            {
                "milestone_id": milestone.key,
                "milestone": milestone.name,
                "new_on": brought.new_on,
                "reason_code": brought.reason_code,
                "note": brought.note,
                "old_on": (change.old_on if change else milestone.forecast_on) or milestone.due_on,
                "is_left_out": change is None and brought.update_id in accepted,
            }
        )
    return rows


def _sheet(
    update: ProjectUpdate, forecasts: dict[int, list[dict[str, Any]]], risks: Sequence[Risk]
) -> UpdateSheet:
    raised = tuple(risk.model_dump() for risk in risks if risk.update_id == update.key)
    return UpdateSheet(update.model_dump(), tuple(forecasts[update.key]), raised)
