"""Questions about which milestones wait for which."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from db.models.dependency import Dependency
from db.models.milestone import Milestone
from db.models.project import Project
from db.vocabulary import DependencyKind


def dated_links(session: Session) -> list[tuple[int, tuple[int, int], tuple[date, date | None]]]:
    """Return every dependency that is not withdrawn, lifted ones too.

    Of each id, (predecessor, successor) and (agreed on, lifted on).
    """
    found = session.exec(select(Dependency).where(col(Dependency.archived_at).is_(None)))
    return [(d.key, (d.predecessor_id, d.successor_id), (d.agreed_on, d.lifted_on)) for d in found]


def dependencies_between(
    session: Session, predecessor_id: int, successor_id: int, kind: DependencyKind
) -> list[Dependency]:
    """Return the dependencies of a kind between two milestones that are not withdrawn, lifted ones too."""
    return list(
        session.exec(
            select(Dependency).where(
                Dependency.predecessor_id == predecessor_id,
                Dependency.successor_id == successor_id,
                Dependency.kind == kind,
                col(Dependency.archived_at).is_(None),
            )
        )
    )


def dependencies_of(session: Session, project_id: int) -> list[Dependency]:
    """Return the dependencies at a project's milestones, neither withdrawn nor lifted, oldest first."""
    own = select(Milestone.id).where(Milestone.project_id == project_id)
    at_either_end = col(Dependency.predecessor_id).in_(own) | col(Dependency.successor_id).in_(own)
    standing = select(Dependency).where(_standing(), at_either_end)
    return list(session.exec(standing.order_by(col(Dependency.id))))


def _standing() -> ColumnElement[bool]:
    return col(Dependency.archived_at).is_(None) & col(Dependency.lifted_on).is_(None)


def waiting_for(session: Session, milestone_ids: Collection[int]) -> list[tuple[int, int]]:
    """Return (predecessor, successor) where something else, not withdrawn, still waits for one of these."""
    rows = session.exec(
        select(Dependency.predecessor_id, Dependency.successor_id)
        .join(Milestone, col(Milestone.id) == Dependency.successor_id)
        .join(Project, col(Project.id) == Milestone.project_id)
        .where(
            col(Dependency.predecessor_id).in_(milestone_ids),
            col(Dependency.successor_id).not_in(milestone_ids),
            _standing(),
            col(Milestone.archived_at).is_(None),
            col(Project.archived_at).is_(None),
        )
        .order_by(col(Dependency.id))
    )
    return [(row[0], row[1]) for row in rows]


def milestones_within(session: Session, *, project_id: int = 0, agreement_id: int = 0) -> list[int]:
    """Return the ids of a project's milestones, or of those of all projects of an agreement."""
    found = select(Milestone.id).join(Project, col(Project.id) == Milestone.project_id)
    found = found.where((Project.id == project_id) | (Project.agreement_id == agreement_id))
    return [i for i in session.exec(found) if i is not None]


def places_of(session: Session, milestone_ids: Collection[int]) -> dict[int, tuple[Milestone, Project]]:
    """Return milestones by id, each with its project."""
    rows = session.exec(
        select(Milestone, Project)
        .join(Project, col(Project.id) == Milestone.project_id)
        .where(col(Milestone.id).in_(milestone_ids))
    )
    return {milestone.key: (milestone, project) for milestone, project in rows}
