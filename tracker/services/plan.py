"""Plans: lay a template over a project, and approve the plan."""

from datetime import date

from db.queries.project import milestones_of
from tracker.rules.checks import in_order, not_after_today, raise_any, reason_given
from tracker.rules.plan import PlanExists
from tracker.rules.plan_proposal import refuse_alone
from tracker.services.baseline import (
    freeze,
    newest_frozen,
    plan_problems,
    refuse_moved,
    refuse_open,
    running_plan,
)
from tracker.services.desk import Desk
from tracker.services.project import lay_plan, template_version
from tracker.services.project_scope import divisions_of_project, reach_back, writable_project
from tracker.services.template_evidence import median_offsets


def plan_from_template(
    desk: Desk,
    project_id: int,
    template_id: int,
    anchor_on: date,
    *,
    language: str = "zh_CN",
    medians_on: date | None = None,
) -> None:
    """Fill the empty plan of a project from the current edition of a template.

    With `medians_on`, steps that enough past projects had met by that day are due after their median.
    Raises: NotFound, NotAllowed, PlanExists, Withdrawn, DateOutOfRange, StorageError.
    """
    desk.allow("milestone.write", divisions_of_project(desk, project_id))
    offset_days = median_offsets(desk, template_id, medians_on)
    with desk.transaction() as work:
        project = writable_project(work, project_id)
        if milestones_of(work.session, project_id):
            raise PlanExists
        project.template_version_id = template_version(work, template_id)
        project.anchor_on = anchor_on
        work.save(project)
        lay_plan(work, project, chinese=language == "zh_CN", offset_days=offset_days)
        reach_back(work, project, anchor_on)


def approve_plan(
    desk: Desk, project_id: int, approved_on: date, *, reason: str = "", seen: int | None = None
) -> int:
    """Freeze every uncancelled milestone as the project's next baseline and return its number.

    The first approval is number 0. Each later one needs something that changed, and a second person: it is
    proposed and approved (see `plan_proposal`), unless there is nobody else, who then gives a reason here.
    `seen` is the change number of the plan the approver looked at; None approves it as it stands.
    Raises: NotFound, NotAllowed, InvalidInput, SecondPersonNeeded, ReasonRequired, ProposalOpen, PlanMoved,
    Withdrawn, StorageError.
    """
    desk.allow("plan.approve", divisions_of_project(desk, project_id))
    with desk.transaction(reason=reason) as work:
        project = writable_project(work, project_id)
        refuse_moved(work, project_id, seen)
        plan = running_plan(work, project_id)
        newest, _ = newest_frozen(work, project_id)
        raise_any(
            plan_problems(work, project_id, plan) + not_after_today("approved_on", approved_on, desk.today)
        )
        if newest is None:
            return freeze(work, project, plan, approved_on)
        refuse_alone(desk.person, newest)
        refuse_open(work, project_id)
        reason_given(reason)
        raise_any(in_order("approved_on", newest.approved_on, approved_on))
        return freeze(work, project, plan, approved_on, author=work.actor)
