"""Terminate an agreement, and decide about each of its projects in the same breath."""

from typing import Any

from db.models.project import Project
from db.models.suspension import Suspension
from db.queries.agreement import projects_of
from db.transaction import Transaction
from tracker.rules.termination import AlreadyOver, EndingDraft, NotSigned, ProjectFate, checked_ending
from tracker.services.agreement_scope import divisions_of, open_agreement, signed_on
from tracker.services.desk import Desk


def projects_to_decide(desk: Desk, agreement_id: int) -> list[Project]:
    """Return the projects that are neither stopped nor accepted: each is asked about on termination.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    with desk.reading() as session:
        projects = [p for p in projects_of(session, agreement_id) if _is_open(p)]
        session.expunge_all()
        return projects


def terminate_agreement(desk: Desk, agreement_id: int, values: dict[str, Any]) -> None:
    """Terminate a signed agreement; `values` hold `ended_on`, `reason` and `fates`, project id → fate.

    A paused project rests from that day on, a stopped one was stopped on it, both for the same reason.
    Raises: NotFound, NotAllowed, InvalidInput, NotSigned, AlreadyOver, Withdrawn, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    with desk.transaction(reason=str(values.get("reason", ""))) as work:
        agreement = open_agreement(work, agreement_id)
        since = signed_on(work, agreement_id)
        if since is None:
            raise NotSigned
        if agreement.terminated_on:
            raise AlreadyOver(day=agreement.terminated_on)
        projects = [p for p in projects_of(work.session, agreement_id) if _is_open(p)]
        ending = checked_ending(values, desk.today, since=since, open_projects=[p.key for p in projects])
        agreement.terminated_on, agreement.termination_reason = ending.ended_on, ending.reason
        work.save(agreement, "agreement.terminated")
        for project in projects:
            _decide(work, project, ending)


def _is_open(project: Project) -> bool:
    return project.stopped_on is None and project.accepted_on is None


def _decide(work: Transaction, project: Project, ending: EndingDraft) -> None:
    match ending.fates[project.key]:
        case ProjectFate.stop:
            project.stopped_on, project.stop_reason = ending.ended_on, ending.reason
            work.save(project, "project.stopped")
        case ProjectFate.pause:
            rest = Suspension(project_id=project.key, from_on=ending.ended_on, reason=ending.reason)
            work.save(rest, "project.paused")
        case ProjectFate.keep:
            pass
