"""Plans: lay a template over a project, approve the plan, and approve it again when it changed."""

from collections.abc import Sequence
from datetime import date

from db.models.base import Recorded
from db.models.baseline import Baseline, BaselineMilestone
from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.project import baselines_of, frozen_in, milestones_of
from db.transaction import Transaction
from tracker.rules.checks import in_order, not_after_today, raise_any, reason_given
from tracker.rules.plan import FROZEN, NothingToApprove, PlanExists, PlanMoved, changes_since, problems_of
from tracker.services.desk import Desk
from tracker.services.project import lay_plan, template_version
from tracker.services.project_scope import divisions_of_project, reach_back, writable_project


def plan_from_template(
    desk: Desk, project_id: int, template_id: int, anchor_on: date, *, language: str = "zh_CN"
) -> None:
    """Fill the empty plan of a project from the current edition of a template.

    Raises: NotFound, NotAllowed, PlanExists, Withdrawn, DateOutOfRange, StorageError.
    """
    desk.allow("milestone.write", divisions_of_project(desk, project_id))
    with desk.transaction() as work:
        project = writable_project(work, project_id)
        if milestones_of(work.session, project_id):
            raise PlanExists
        project.template_version_id = template_version(work, template_id)
        project.anchor_on = anchor_on
        work.save(project)
        lay_plan(work, project, project.template_version_id, anchor_on, chinese=language == "zh_CN")
        reach_back(work, project, anchor_on)


def approve_plan(
    desk: Desk, project_id: int, approved_on: date, *, reason: str = "", seen: int | None = None
) -> int:
    """Freeze every uncancelled milestone as the project's next baseline and return its number.

    The first approval is number 0; each later one needs a reason and something that changed. `seen` is the
    highest change number of the milestones the approver looked at; None approves the plan as it stands.
    Raises: NotFound, NotAllowed, InvalidInput, ReasonRequired, PlanMoved, Withdrawn, StorageError.
    """
    desk.allow("plan.approve", divisions_of_project(desk, project_id))
    with desk.transaction(reason=reason) as work:
        project = writable_project(work, project_id)
        plan = [m for m in milestones_of(work.session, project_id) if m.cancelled_on is None]
        if seen is not None and any(m.change_no > seen for m in plan):
            raise PlanMoved
        earlier = baselines_of(work.session, project_id)
        problems = problems_of(plan) + not_after_today("approved_on", approved_on, desk.today)
        if earlier:
            reason_given(reason)
            problems += in_order("approved_on", earlier[-1].approved_on, approved_on)
            if not changes_since(plan, frozen_in(work.session, earlier[-1].key)):
                problems.append(NothingToApprove(day=earlier[-1].approved_on))
        raise_any(problems)
        return freeze(work, project, approved_on, plan)


def approve_without(work: Transaction, project: Project, milestone: Milestone, on: date) -> None:
    """Make the baseline that follows from cancelling a milestone of the approved plan, and from nothing else.

    What people typed since the last approval stays unapproved. The transaction holds the reason.
    """
    earlier = baselines_of(work.session, project.key)
    frozen = frozen_in(work.session, earlier[-1].key) if earlier else []
    if any(f.milestone_id == milestone.key for f in frozen):
        raise_any(in_order("cancelled_on", earlier[-1].approved_on, on))
        freeze(work, project, on, [f for f in frozen if f.milestone_id != milestone.key])


def freeze(
    work: Transaction, project: Project, approved_on: date, plan: Sequence[Milestone | BaselineMilestone]
) -> int:
    """Write the project's next baseline with these milestones, within the caller's transaction."""
    number = len(baselines_of(work.session, project.key))
    baseline = Baseline(
        project_id=project.key,
        number=number,
        approved_on=approved_on,
        approver=work.actor,
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
    return number
