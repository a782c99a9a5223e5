"""Questions about projects, their plans and where they may be."""

from sqlmodel import Session, col, select

from db.models.baseline import Baseline, BaselineMilestone, PlanProposal
from db.models.division import Division
from db.models.light_override import LightOverride
from db.models.milestone import Milestone
from db.models.project_update import ProjectUpdate
from db.models.risk import Risk
from db.models.suspension import Suspension
from db.models.update_request import UpdateRequest


def with_ancestors(session: Session, division_id: int) -> set[int]:
    """Return a division with its prefecture and province; an empty set if there is no such division."""
    division = session.get(Division, division_id)
    if division is None:
        return set()
    return {i for i in (division.id, division.parent_id, division.province_id) if i is not None}


def milestones_of(session: Session, project_id: int) -> list[Milestone]:
    """Return a project's milestones in the plan's order, cancelled ones included, withdrawn ones not."""
    return list(
        session.exec(
            select(Milestone)
            .where(Milestone.project_id == project_id, col(Milestone.archived_at).is_(None))
            .order_by(col(Milestone.position), col(Milestone.id))
        )
    )


def baselines_of(session: Session, project_id: int) -> list[Baseline]:
    """Return a project's approvals, oldest first."""
    return list(
        session.exec(
            select(Baseline)
            .where(Baseline.project_id == project_id, col(Baseline.archived_at).is_(None))
            .order_by(col(Baseline.number))
        )
    )


def frozen_in(session: Session, baseline_id: int) -> list[BaselineMilestone]:
    """Return what an approval froze, in the order it was frozen."""
    return list(
        session.exec(
            select(BaselineMilestone)
            .where(BaselineMilestone.baseline_id == baseline_id, col(BaselineMilestone.archived_at).is_(None))
            .order_by(col(BaselineMilestone.id))
        )
    )


def ever_frozen(session: Session, milestone_ids: list[int]) -> set[int]:
    """Return those of the milestones that are part of any approval."""
    found = session.exec(
        select(BaselineMilestone.milestone_id).where(
            col(BaselineMilestone.milestone_id).in_(milestone_ids),
            col(BaselineMilestone.archived_at).is_(None),
        )
    )
    return set(found)


def suspensions_of(session: Session, project_id: int) -> list[Suspension]:
    """Return a project's own pauses, oldest first."""
    return list(
        session.exec(
            select(Suspension)
            .where(Suspension.project_id == project_id, col(Suspension.archived_at).is_(None))
            .order_by(col(Suspension.from_on))
        )
    )


def rows_about(session: Session, project_id: int) -> list[tuple[str, int]]:
    """Return (entity, id) of a project, its plan and pauses, and of all that is reported on it.

    Archived ones too.
    """
    found: list[tuple[str, int]] = [("project", project_id)]
    models = (
        Milestone,
        Baseline,
        PlanProposal,
        Suspension,
        ProjectUpdate,
        UpdateRequest,
        Risk,
        LightOverride,
    )
    for model in models:
        ids = session.exec(select(model.id).where(model.project_id == project_id))
        found += [(str(model.__tablename__), i) for i in ids if i is not None]
    return found
