"""Where a project lies, and whether it can be written: what every service about one asks first."""

from datetime import date
from typing import Any

from db.models.agreement import Agreement
from db.models.base import Recorded
from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.agreement import county_side
from db.transaction import Transaction
from tracker.errors import NotFound
from tracker.rules.milestone_draft import MilestoneCancelled
from tracker.rules.project_draft import first_fact_on
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk


def divisions_of_project(desk: Desk, project_id: int) -> frozenset[int]:
    """Return the division a project lies in.

    Raises: NotFound if there is no such project, or its agreement is outside the person's scope.
    """
    with desk.reading() as session:
        project = session.get(Project, project_id)
        if project is None or not desk.person.sees(county_side(session, project.agreement_id)):
            raise NotFound
        return frozenset({project.division_id})


def divisions_of_milestone(desk: Desk, milestone_id: int) -> frozenset[int]:
    """Return the division the milestone's project lies in. Raises: NotFound, as `divisions_of_project`."""
    with desk.reading() as session:
        milestone = session.get(Milestone, milestone_id)
        if milestone is None:
            raise NotFound
        project_id = milestone.project_id
    return divisions_of_project(desk, project_id)


def divisions_of_part(desk: Desk, model: type[Recorded], part_id: int) -> frozenset[int]:
    """Return the division of the project that a record of `model` belongs to, by its `project_id`.

    Raises: NotFound, as `divisions_of_project`.
    """
    with desk.reading() as session:
        part: Any = session.get(model, part_id)
        if part is None:
            raise NotFound
        project_id: int = part.project_id
    return divisions_of_project(desk, project_id)


def writable_project(work: Transaction, project_id: int) -> Project:
    """Return a project that can be written, of an agreement that stands. Raises: Withdrawn."""
    project = work.get(Project, project_id)
    agreement = work.get(Agreement, project.agreement_id)
    if project.archived_at is not None or agreement.archived_at is not None:
        raise Withdrawn
    return project


def writable_milestone(work: Transaction, milestone_id: int) -> Milestone:
    """Return a milestone that can be written, of a project that can be. Raises: Withdrawn."""
    milestone = work.get(Milestone, milestone_id)
    if milestone.archived_at is not None:
        raise Withdrawn
    writable_project(work, milestone.project_id)
    return milestone


def running_milestone(work: Transaction, milestone_id: int) -> Milestone:
    """Return a milestone that is still part of the plan. Raises: Withdrawn, MilestoneCancelled."""
    milestone = writable_milestone(work, milestone_id)
    if milestone.cancelled_on:
        raise MilestoneCancelled(day=milestone.cancelled_on)
    return milestone


def reach_back(work: Transaction, project: Project, *days: date | None) -> None:
    """Let the project exist from an earlier day if a fact of it is dated before its first one."""
    opened_on = first_fact_on(list(days), project.opened_on)
    if opened_on < project.opened_on:
        project.opened_on = opened_on
        work.save(project)
