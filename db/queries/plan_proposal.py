"""Questions about proposals to change an approved plan, and about what happened to the plan meanwhile."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from db.models.audit import AuditEntry
from db.models.baseline import PlanProposal
from db.models.milestone import Milestone
from db.models.project import Project


def proposals_of(session: Session, project_id: int) -> list[PlanProposal]:
    """Return a project's proposals, oldest first."""
    return list(
        session.exec(
            select(PlanProposal)
            .where(PlanProposal.project_id == project_id, col(PlanProposal.archived_at).is_(None))
            .order_by(col(PlanProposal.id))
        )
    )


def undecided(session: Session) -> list[PlanProposal]:
    """Return every proposal that waits for a decision, the one that waits longest first."""
    return list(
        session.exec(
            select(PlanProposal)
            .where(col(PlanProposal.decided_on).is_(None), col(PlanProposal.archived_at).is_(None))
            .order_by(col(PlanProposal.proposed_on), col(PlanProposal.id))
        )
    )


def undecided_of(session: Session, project_id: int) -> PlanProposal | None:
    """Return the project's proposal that waits for a decision, if there is one."""
    return next((p for p in proposals_of(session, project_id) if p.decided_on is None), None)


def last_plan_change(session: Session, project_id: int) -> int:
    """Return the number of the last change of a project or any of its milestones, withdrawn ones included."""
    steps = session.exec(select(func.max(Milestone.change_no)).where(Milestone.project_id == project_id))
    own = session.exec(select(Project.change_no).where(Project.id == project_id))
    return max(steps.one() or 0, own.first() or 0)


def milestone_changes_since(session: Session, project_id: int, number: int) -> list[Mapping[str, Any]]:
    """Return what each change of the project's milestones after change `number` did, field by field."""
    ids = select(Milestone.id).where(Milestone.project_id == project_id)
    about = (col(AuditEntry.entity) == "milestone") & col(AuditEntry.record_id).in_(ids)
    return _fields_since(session, about, number)


def project_changes_since(session: Session, project_id: int, number: int) -> list[Mapping[str, Any]]:
    """Return what each change of the project itself after change `number` did, field by field."""
    about = (col(AuditEntry.entity) == "project") & (col(AuditEntry.record_id) == project_id)
    return _fields_since(session, about, number)


def _fields_since(session: Session, about: ColumnElement[bool], number: int) -> list[Mapping[str, Any]]:
    found = session.exec(select(AuditEntry.fields).where(about, AuditEntry.change_no > number))
    return [dict(fields) for fields in found]
