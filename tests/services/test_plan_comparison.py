"""Two plans of a stored project: which milestones moved, came and went, and both slips beside it."""

from datetime import date

import pytest

from db.models import Milestone
from db.queries.project import milestones_of
from tests.services.planning import a_planned_project, a_row, change_plan, grid_of
from tracker.errors import NotFound
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan
from tracker.services.plan_comparison import compare_plans

APPROVED, AGAIN = date(2020, 8, 1), date(2020, 8, 15)
AS_OF = date(2020, 8, 20)


def _rebaselined(desk: Desk) -> int:
    """启动会 moved from 1 September to 1 October by B1; 上线 stayed on 1 December."""
    project = a_planned_project(desk)
    approve_plan(desk, project, APPROVED)
    change_plan(desk, project, due_on=date(2020, 10, 1))
    approve_plan(desk, project, AGAIN, reason="县里要求")
    return project


def _first(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def test_two_baselines_are_compared_milestone_by_milestone(alone: Desk) -> None:
    rows = compare_plans(alone, _rebaselined(alone), 0, 1, AS_OF).rows
    assert rows.select("name", "due_days", "difference").rows() == [
        ("启动会", 30, "changed"),
        ("上线", 0, "kept"),
    ]


def test_a_baseline_is_compared_with_what_is_typed_since(alone: Desk) -> None:
    project = _rebaselined(alone)
    change_plan(alone, project, weight=25)
    row = compare_plans(alone, project, 1, None, AS_OF).rows.row(0, named=True)
    assert (row["weight_before"], row["weight_after"], row["due_days"]) == (10, 25, 0)


def test_the_typed_plan_leaves_out_what_is_cancelled(alone: Desk) -> None:
    project = a_planned_project(alone)
    cancel_milestone(alone, _first(alone, project).key, date(2020, 7, 20), "不需要")
    assert compare_plans(alone, project, None, None, AS_OF).rows["name"].to_list() == ["上线"]


def test_a_milestone_cancelled_by_a_rebaseline_is_removed_by_it(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, APPROVED)
    cancel_milestone(alone, _first(alone, project).key, AGAIN, "不需要")
    found = compare_plans(alone, project, 0, 1, AS_OF)
    assert (found.totals.removed, found.totals.weight_before, found.totals.weight_after) == (1, 20, 10)


def test_what_was_added_since_is_added(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, APPROVED)
    rows, seen = grid_of(alone, project)
    save_milestones(alone, project, [*rows, a_row("加项")], seen=seen)
    assert compare_plans(alone, project, 0, None, AS_OF).rows["difference"].to_list()[-1] == "added"


def test_both_slips_stand_beside_the_number_of_rebaselines(alone: Desk) -> None:
    project = _rebaselined(alone)
    first = _first(alone, project)
    met = {"met_on": AS_OF, "evidence_note": "签到表"}
    meet_milestone(alone, first.key, met, seen=first.version)
    found = compare_plans(alone, project, 0, 1, AS_OF)
    row = found.rows.row(0, named=True)
    assert (row["slip_original_days"], row["slip_current_days"], found.rebaselines) == (-12, -42, 1)


def test_moving_the_baseline_does_not_hide_the_projects_slip(alone: Desk) -> None:
    project = a_planned_project(alone, a_row())
    approve_plan(alone, project, APPROVED)
    change_plan(alone, project, due_on=date(2020, 10, 1))
    approve_plan(alone, project, AGAIN, reason="县里要求")
    found = compare_plans(alone, project, 0, 1, date(2020, 10, 11))
    assert (found.slip_original_days, found.slip_current_days) == (40, 10)


@pytest.mark.parametrize(("before", "after"), [(0, 7), (7, 0)])
def test_a_baseline_that_does_not_exist_is_not_found(alone: Desk, before: int, after: int) -> None:
    with pytest.raises(NotFound):
        compare_plans(alone, _rebaselined(alone), before, after, AS_OF)


def test_a_plan_elsewhere_is_not_found(alone: Desk, charlie: Desk) -> None:
    with pytest.raises(NotFound):
        compare_plans(charlie, _rebaselined(alone), 0, 1, AS_OF)


def test_a_viewer_of_the_county_compares(alone: Desk, bob: Desk) -> None:
    assert compare_plans(bob, _rebaselined(alone), 0, 1, AS_OF).rows.height == 2


def test_a_project_that_was_not_there_yet_has_no_slip(alone: Desk) -> None:
    assert compare_plans(alone, _rebaselined(alone), 0, 1, date(2020, 1, 1)).slip_original_days is None
