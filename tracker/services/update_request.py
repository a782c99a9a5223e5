"""Requests for update 催报: ask how a project stands, by when; the answer is an update that is accepted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from db.models.project_update import ProjectUpdate
from db.models.update_request import UpdateRequest
from db.queries.project_update import updates_of
from db.queries.update_request import open_request
from db.transaction import Transaction
from db.vocabulary import RequestOutcome
from tracker.rules.checks import not_after_today, raise_any, reason_given
from tracker.rules.project_draft import AlreadyStopped
from tracker.rules.update_request import AlreadyAsked, RequestClosed, checked_request, still_open
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_part, divisions_of_project, writable_project
from tracker.services.recorded import recorded_by, standing_then


@dataclass(frozen=True)
class RequestSheet:
    """A request with the updates sent as its answer, the newest first."""

    id: int
    asked_by: str
    asked_on: date
    due_on: date
    question: str
    outcome: RequestOutcome | None
    closed_on: date | None
    closing_note: str
    answers: tuple[ProjectUpdate, ...]

    @property
    def is_open(self) -> bool:
        """Whether it still waits: for an answer, or for a lead to accept one."""
        return self.closed_on is None


def ask_for_update(desk: Desk, project_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Ask how a project stands, by a day, and return the request's id. See `RequestDraft`.

    Raises: NotFound, NotAllowed, InvalidInput, AlreadyAsked, AlreadyStopped, Withdrawn, StorageError.
    """
    desk.allow("request.write", divisions_of_project(desk, project_id))
    draft = checked_request(values, desk.today)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            project = writable_project(work, project_id)
            if project.stopped_on:
                raise AlreadyStopped(day=project.stopped_on)
            if asked := open_request(work.session, project_id):
                raise AlreadyAsked(who=asked.asked_by, day=asked.asked_on, due=asked.due_on)
            request = UpdateRequest(**draft.model_dump(), project_id=project_id, asked_by=work.actor)
            work.outcome = [work.save(request, "request.asked").key]
        return work.outcome[0]


def withdraw_request(desk: Desk, request_id: int, reason: str, *, on: date | None = None) -> None:
    """Withdraw an open request, with a reason; it stays in the list. `on` is the day, today if None.

    Raises: NotFound, NotAllowed, ReasonRequired, RequestClosed, Withdrawn, StorageError.
    """
    desk.allow("request.write", divisions_of_part(desk, UpdateRequest, request_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        request = work.get(UpdateRequest, request_id)
        writable_project(work, request.project_id)
        still_open(request)
        raise_any(not_after_today("closed_on", on, desk.today))
        _close(work, request, on or desk.today, RequestOutcome.withdrawn)


def read_requests(desk: Desk, project_id: int) -> list[RequestSheet]:
    """Return the requests about a project, as recorded by the desk's moment, the newest first.

    Raises: NotFound, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    with desk.reading() as session:
        requests = standing_then(session, UpdateRequest, ("project_id", project_id), desk.known_at)[::-1]
        sent = recorded_by(session, updates_of(session, project_id), desk.known_at)
        updates = [u for u in sent if u.archived_at is None]
        session.expunge_all()
    return [_sheet(request, updates) for request in requests]


def answerable(work: Transaction, project_id: int, request_id: int) -> None:
    """Let an update answer a request that is open and about its project. Raises: RequestClosed."""
    request = work.session.get(UpdateRequest, request_id)
    if request is None or request.project_id != project_id or request.archived_at is not None:
        raise RequestClosed(day="–")
    still_open(request)


def close_answered(work: Transaction, request_id: int | None, on: date) -> None:
    """Close the request that an accepted update answers, unless it was closed before."""
    request = work.get(UpdateRequest, request_id) if request_id else None
    if request is not None and request.closed_on is None:
        _close(work, request, on, RequestOutcome.answered)


def _close(work: Transaction, request: UpdateRequest, on: date, outcome: RequestOutcome) -> None:
    # An answer may have been accepted on a day before it was asked for, by the days people enter.
    request.closed_on, request.outcome = max(on, request.asked_on), outcome
    request.closing_note = work.reason if outcome == RequestOutcome.withdrawn else ""
    work.save(request, f"request.{outcome.value}")


def _sheet(request: UpdateRequest, updates: list[ProjectUpdate]) -> RequestSheet:
    return RequestSheet(
        id=request.key,
        asked_by=request.asked_by,
        asked_on=request.asked_on,
        due_on=request.due_on,
        question=request.question,
        outcome=request.outcome,
        closed_on=request.closed_on,
        closing_note=request.closing_note,
        answers=tuple(u for u in updates if u.request_id == request.key),
    )
