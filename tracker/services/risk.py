"""The risk log of a project: enter a risk, change it, close it with a note, withdraw one entered in error."""

from datetime import date
from typing import Any

from db.models.project import Project
from db.models.risk import Risk
from db.queries.risk import risks_of
from db.transaction import Transaction
from tracker.rules.checks import not_after_today, raise_any, reason_given
from tracker.rules.risk import RiskClosed, RiskDraft, RiskOpen, checked_closing, checked_risk
from tracker.services import record
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk
from tracker.services.project_scope import (
    divisions_of_part,
    divisions_of_project,
    reach_back,
    writable_project,
)
from tracker.services.recorded import recorded_by


def open_risk(
    desk: Desk, project_id: int, values: dict[str, Any], *, on: date | None = None, token: str = ""
) -> int:
    """Enter a risk in the project's log and return its id; the same token again returns the first one's.

    `on` is the day from which it is open, today if None.
    Raises: NotFound, NotAllowed, InvalidInput, Withdrawn, StorageError.
    """
    desk.allow("risk.write", divisions_of_project(desk, project_id))
    draft = checked_risk(values)
    opened_on = on or desk.today
    raise_any(not_after_today("opened_on", opened_on, desk.today))
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            project = writable_project(work, project_id)
            work.outcome = [enter(work, project, draft, opened_on).key]
        return work.outcome[0]


def change_risk(desk: Desk, risk_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct or re-assess a risk. Raises: NotFound, NotAllowed, InvalidInput, RiskClosed, EditConflict."""
    desk.allow("risk.write", divisions_of_part(desk, Risk, risk_id))
    draft = checked_risk(values)
    with desk.transaction() as work:
        risk = _writable(work, risk_id)
        _must_be_open(risk)
        record.change(work, risk, draft, seen=seen)


def close_risk(desk: Desk, risk_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Close a risk with the day and what came of it. See `ClosingDraft`.

    Raises: NotFound, NotAllowed, InvalidInput, RiskClosed, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("risk.write", divisions_of_part(desk, Risk, risk_id))
    with desk.transaction() as work:
        risk = _writable(work, risk_id)
        _must_be_open(risk)
        draft = checked_closing(values, risk, desk.today)
        record.change(work, risk, draft, seen=seen, action="risk.closed")


def reopen_risk(desk: Desk, risk_id: int, reason: str) -> None:
    """Take a closed risk up again; the history keeps that it was closed.

    Raises: NotFound, NotAllowed, ReasonRequired, RiskOpen, Withdrawn, StorageError.
    """
    desk.allow("risk.write", divisions_of_part(desk, Risk, risk_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        risk = _writable(work, risk_id)
        if risk.closed_on is None:
            raise RiskOpen
        risk.closed_on, risk.closing_note = None, ""
        work.save(risk, "risk.brought_back")


def archive_risk(desk: Desk, risk_id: int, reason: str) -> None:
    """Take a risk entered in error out of the log. Raises: NotFound, NotAllowed, ReasonRequired."""
    desk.allow("risk.write", divisions_of_part(desk, Risk, risk_id))
    with desk.transaction(reason=reason) as work:
        record.archive(work, _writable(work, risk_id))


def restore_risk(desk: Desk, risk_id: int) -> None:
    """Bring a withdrawn risk back. Raises: NotFound, NotAllowed, Withdrawn (the project), StorageError."""
    desk.allow("risk.write", divisions_of_part(desk, Risk, risk_id))
    with desk.transaction() as work:
        risk = work.get(Risk, risk_id)
        writable_project(work, risk.project_id)
        record.restore(work, risk)


def read_risks(desk: Desk, project_id: int) -> list[Risk]:
    """Return a project's risks, as recorded by the desk's moment: open ones by exposure, closed, withdrawn.

    Raises: NotFound, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    with desk.reading() as session:
        found = recorded_by(session, risks_of(session, project_id), desk.known_at)
        session.expunge_all()
    return sorted(found, key=_rank)


def enter(
    work: Transaction, project: Project, draft: RiskDraft, on: date, update_id: int | None = None
) -> Risk:
    """Enter a risk within the caller's transaction."""
    risk = Risk(**draft.model_dump(), project_id=project.key, update_id=update_id, opened_on=on)
    work.save(risk, "risk.opened")
    reach_back(work, project, on)
    return risk


def _rank(risk: Risk) -> tuple[bool, bool, int, date, int]:
    due_on = risk.due_on or date.max
    return (
        risk.archived_at is not None,
        risk.closed_on is not None,
        -risk.likelihood * risk.impact,
        due_on,
        risk.key,
    )


def _writable(work: Transaction, risk_id: int) -> Risk:
    risk = work.get(Risk, risk_id)
    if risk.archived_at is not None:
        raise Withdrawn
    writable_project(work, risk.project_id)
    return risk


def _must_be_open(risk: Risk) -> None:
    if risk.closed_on is not None:
        raise RiskClosed(day=risk.closed_on)
