"""Baselines: what every approval does and asks for, within the caller's transaction."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from db.models.base import Recorded
from db.models.baseline import Baseline, BaselineMilestone
from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.plan_proposal import milestone_changes_since, project_changes_since, undecided_of
from db.queries.project import baselines_of, frozen_in, milestones_of
from db.transaction import Transaction
from tracker.errors import TrackerError
from tracker.rules.plan import (
    FROZEN,
    NothingToApprove,
    PlanMoved,
    changes_since,
    problems_of,
    start_moved_since,
)
from tracker.rules.plan_proposal import ProposalOpen, moves_start, touches_plan
from tracker.services.project_scope import reach_back


def running_plan(work: Transaction, project_id: int) -> list[Milestone]:
    """Return what an approval would freeze: the milestones that are neither cancelled nor withdrawn."""
    return [m for m in milestones_of(work.session, project_id) if m.cancelled_on is None]


def newest_frozen(work: Transaction, project_id: int) -> tuple[Baseline | None, list[BaselineMilestone]]:
    """Return the newest approval and what it froze; None and nothing before the first."""
    approvals = baselines_of(work.session, project_id)
    return (approvals[-1], frozen_in(work.session, approvals[-1].key)) if approvals else (None, [])


def plan_problems(work: Transaction, project_id: int, plan: Sequence[Milestone]) -> list[TrackerError]:
    """Return why this plan cannot be approved, or approved again."""
    newest, frozen = newest_frozen(work, project_id)
    problems = problems_of(plan)
    typed_on = work.get(Project, project_id).planned_start_on
    if newest and not (changes_since(plan, frozen) or start_moved_since(typed_on, newest.planned_start_on)):
        problems.append(NothingToApprove(day=newest.approved_on))
    return problems


def refuse_moved(work: Transaction, project_id: int, seen: int | None) -> None:
    """Refuse to go on if the plan is not what it was as of change `seen`; None refuses nothing.

    What became of milestones meanwhile, met or forecast, is no part of the plan.
    Raises: PlanMoved.
    """
    if seen is not None and plan_moved_since(work.session, project_id, seen):
        raise PlanMoved


def plan_moved_since(session: Session, project_id: int, number: int) -> bool:
    """Return whether anything that an approval would freeze changed after change `number`."""
    return any(map(touches_plan, milestone_changes_since(session, project_id, number))) or any(
        map(moves_start, project_changes_since(session, project_id, number))
    )


def refuse_open(work: Transaction, project_id: int) -> None:
    """Refuse to go on while a proposal waits for its decision. Raises: ProposalOpen."""
    if waiting := undecided_of(work.session, project_id):
        raise ProposalOpen(author=waiting.author, day=waiting.proposed_on)


def freeze(
    work: Transaction,
    project: Project,
    plan: Sequence[Milestone | BaselineMilestone],
    approved_on: date,
    *,
    author: str = "",
) -> int:
    """Write the project's next baseline with these milestones and return its number.

    The transaction holds the reason, and who approves. `author` is who proposed a re-baseline. Milestones
    that are frozen already go on with the planned start that was frozen with them: the typed one was not
    before the approver.
    """
    newest, _ = newest_frozen(work, project.key)
    goes_on = newest is not None and isinstance(plan[0], BaselineMilestone)
    baseline = Baseline(
        project_id=project.key,
        number=newest.number + 1 if newest else 0,
        approved_on=approved_on,
        planned_start_on=newest.planned_start_on if newest and goes_on else project.planned_start_on,
        author=author,
        approver=work.actor,
        self_approved=author == work.actor,
        reason=work.reason.strip(),
    )
    work.save(baseline, "plan.approved")
    frozen: list[Recorded] = [
        BaselineMilestone(
            baseline_id=baseline.key,
            milestone_id=m.milestone_id if isinstance(m, BaselineMilestone) else m.key,
            **{field: getattr(m, field) for field in FROZEN},
        )
        for m in plan
    ]
    work.save_many(frozen, "milestone.frozen")
    reach_back(work, project, approved_on)
    return baseline.number
