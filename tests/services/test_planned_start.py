"""Moving a planned start: free before the approval, a change to be approved by somebody else after it."""

from datetime import date, timedelta

import pytest

from db.engine import Database
from db.queries.project import baselines_of
from tests.conftest import ON_SQLITE
from tests.services.planning import a_planned_project, change_plan, grid_of
from tracker.errors import InvalidInput
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.project import projects_as_of
from tracker.rules.plan import NothingToApprove, PlanChange, PlanMoved
from tracker.services.desk import Desk
from tracker.services.milestone import cancel_milestone
from tracker.services.plan import approve_plan
from tracker.services.plan_comparison import compare_plans
from tracker.services.plan_proposal import approve_proposal, project_proposals, propose_plan
from tracker.services.project import change_project
from tracker.services.project_sheet import read_project
from tracker.services.reading import portfolio_for

APPROVED, PROPOSED, AGAIN = date(2020, 8, 1), date(2020, 8, 10), date(2020, 8, 15)
START, LATER = date(2020, 8, 5), date(2020, 11, 1)
ONE_DAY = timedelta(days=1)


def _type(desk: Desk, project: int, start_on: date | None, **others: object) -> None:
    sheet = read_project(desk, project, desk.today)
    change_project(desk, project, sheet.fields | {"planned_start_on": start_on} | others, seen=sheet.version)


def _approved(alice: Desk, dora: Desk, start_on: date | None = START) -> int:
    """A project that has not started, approved with a planned start."""
    project = a_planned_project(alice)
    _type(alice, project, start_on, started_on=None)
    approve_plan(dora, project, APPROVED)
    return project


def _frozen(database: Database, project: int) -> list[date | None]:
    with database.reading() as session:
        return [baseline.planned_start_on for baseline in baselines_of(session, project)]


def _start_light(desk: Desk, as_of: date) -> str:
    return str(lights_as_of(portfolio_for(desk), as_of)["light_start"].item())


def test_the_first_approval_freezes_the_planned_start(alice: Desk, dora: Desk) -> None:
    assert _frozen(dora.database, _approved(alice, dora)) == [START]


def test_a_start_moved_after_the_approval_leaves_the_light_red(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    days = (START, START + ONE_DAY, date(2020, 11, 4), date(2020, 11, 5))
    assert [_start_light(dora, day) for day in days] == ["green", "yellow", "yellow", "red"]


def test_a_start_emptied_after_the_approval_still_counts(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, None)
    assert projects_as_of(portfolio_for(dora), AGAIN)["planned_start_on"].item() == START


def test_the_page_tells_what_was_typed_and_not_approved(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    assert read_project(alice, project, AGAIN).changes == (
        PlanChange(0, "", "planned_start_on", START, LATER),
    )


def test_a_moved_start_alone_can_be_proposed_and_approved(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    proposal = propose_plan(alice, project, "县里要求", proposed_on=PROPOSED)
    approve_proposal(dora, proposal, AGAIN)
    assert _frozen(dora.database, project) == [START, LATER]


def test_a_rebaseline_counts_from_its_day_on(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    approve_proposal(dora, propose_plan(alice, project, "县里要求", proposed_on=PROPOSED), AGAIN)
    assert (_start_light(dora, AGAIN - ONE_DAY), _start_light(dora, AGAIN)) == ("yellow", "green")


@ON_SQLITE
def test_a_start_typed_back_is_nothing_to_approve(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    _type(alice, project, START)
    with pytest.raises(InvalidInput) as refused:
        propose_plan(alice, project, "县里要求", proposed_on=PROPOSED)
    assert [type(problem) for problem in refused.value.problems] == [NothingToApprove]


def test_a_start_moved_after_the_proposal_is_not_approved_with_it(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    proposal = propose_plan(alice, project, "县里要求", proposed_on=PROPOSED)
    _type(alice, project, LATER + ONE_DAY)
    with pytest.raises(PlanMoved):
        approve_proposal(dora, proposal, AGAIN)


@ON_SQLITE
def test_a_proposal_says_that_the_start_moved_since(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    propose_plan(alice, project, "县里要求", proposed_on=PROPOSED)
    _type(alice, project, LATER + ONE_DAY)
    assert project_proposals(alice, project)[0]["has_moved"]


@ON_SQLITE
def test_other_corrections_of_the_project_do_not_stand_in_the_way(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    proposal = propose_plan(alice, project, "县里要求", proposed_on=PROPOSED)
    _type(alice, project, LATER, note="已与县里确认")
    assert approve_proposal(dora, proposal, AGAIN) == 1


@ON_SQLITE
def test_a_start_moved_under_the_first_approvers_eyes_is_not_approved(alice: Desk, dora: Desk) -> None:
    project = a_planned_project(alice)
    seen = read_project(dora, project, APPROVED).plan_change_no
    _type(alice, project, LATER)
    with pytest.raises(PlanMoved):
        approve_plan(dora, project, APPROVED, seen=seen)


def test_cancelling_a_milestone_approves_no_typed_start(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    rows, _ = grid_of(alice, project)
    cancel_milestone(alice, rows[0]["id"], PROPOSED, "不做了")
    proposal = project_proposals(alice, project)[0]
    approve_proposal(dora, proposal["id"], alice.today)
    assert _frozen(dora.database, project) == [START, START]


def test_two_plans_are_compared_in_their_planned_starts(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    approve_proposal(dora, propose_plan(alice, project, "县里要求", proposed_on=PROPOSED), AGAIN)
    start = compare_plans(dora, project, 0, 1, AGAIN).start
    assert (start.before, start.after, start.days) == (START, LATER, 88)


def test_the_typed_plan_is_compared_in_its_planned_start(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    assert compare_plans(dora, project, 0, None, AGAIN).start.after == LATER


@pytest.mark.parametrize(
    ("as_of", "slips"), [(APPROVED, (0, 0)), (START, (0, 0)), (AGAIN, (88, 0)), (LATER + ONE_DAY, (89, 1))]
)
@ON_SQLITE
def test_a_start_that_is_not_made_slips_to_both_plans(
    alice: Desk, dora: Desk, as_of: date, slips: tuple[int, int]
) -> None:
    project = _approved(alice, dora)
    _type(alice, project, LATER)
    approve_proposal(dora, propose_plan(alice, project, "县里要求", proposed_on=PROPOSED), PROPOSED)
    start = compare_plans(dora, project, 0, 1, as_of).start
    assert (start.slip_original_days, start.slip_current_days) == slips


@ON_SQLITE
def test_a_change_of_milestones_keeps_the_start(alice: Desk, dora: Desk) -> None:
    project = _approved(alice, dora)
    change_plan(alice, project, due_on=date(2020, 10, 1))
    approve_proposal(dora, propose_plan(alice, project, "县里要求", proposed_on=PROPOSED), AGAIN)
    assert _frozen(dora.database, project) == [START, START]
