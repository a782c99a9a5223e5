"""Plans: made from a template, approved as B0, changed since, approved again."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.models import Baseline, BaselineMilestone, Milestone, Project
from tests.services.planning import (
    SIGNED_ON,
    a_planned_project,
    a_row,
    a_template,
    an_opened_project,
    change_plan,
    grid_of,
)
from tracker.errors import InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.project import projects_as_of
from tracker.rules.plan import DueMissing, NothingToApprove, PlanEmpty, PlanExists, PlanMoved, WeightsZero
from tracker.services.desk import Desk
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan, plan_from_template
from tracker.services.reading import portfolio_for


def _problems(desk: Desk, project: int, day: date) -> list[type]:
    with pytest.raises(InvalidInput) as caught:
        approve_plan(desk, project, day, reason="调整")
    return [type(p) for p in caught.value.problems]


def test_a_template_fills_an_empty_plan(alice: Desk) -> None:
    project = an_opened_project(alice)
    plan_from_template(alice, project, a_template(alice.database), SIGNED_ON)
    with alice.reading() as session:
        assert len(session.exec(select(Milestone)).all()) >= 8


def test_a_template_may_be_laid_out_in_english(alice: Desk) -> None:
    project = an_opened_project(alice)
    plan_from_template(alice, project, a_template(alice.database), SIGNED_ON, language="en")
    with alice.reading() as session:
        assert all(name.isascii() for name in session.exec(select(Milestone.name)))


def test_a_project_remembers_the_edition_and_anchor_of_its_plan(alice: Desk) -> None:
    project = an_opened_project(alice)
    plan_from_template(alice, project, a_template(alice.database), SIGNED_ON)
    with alice.reading() as session:
        stored = session.get(Project, project)
    assert (stored.template_version_id is not None, stored.anchor_on) == (True, SIGNED_ON)


def test_a_template_is_not_laid_over_a_plan(alice: Desk) -> None:
    project = a_planned_project(alice)
    with pytest.raises(PlanExists):
        plan_from_template(alice, project, a_template(alice.database), SIGNED_ON)


def test_the_first_approval_is_number_0(alice: Desk, dora: Desk) -> None:
    assert approve_plan(dora, a_planned_project(alice), date(2020, 8, 1)) == 0


def test_an_approval_freezes_every_uncancelled_milestone(alice: Desk, dora: Desk) -> None:
    project = a_planned_project(alice, a_row("一"), a_row("二"), a_row("三"))
    rows, _ = grid_of(alice, project)
    cancel_milestone(alice, rows[2]["id"], date(2020, 7, 30), "不需要")
    approve_plan(dora, project, date(2020, 8, 1))
    with dora.reading() as session:
        frozen = session.exec(select(BaselineMilestone.milestone_id)).all()
    assert frozen == [rows[0]["id"], rows[1]["id"]]


def test_an_editor_cannot_approve(alice: Desk) -> None:
    with pytest.raises(NotAllowed):
        approve_plan(alice, a_planned_project(alice), date(2020, 8, 1))


def test_a_lead_elsewhere_does_not_find_the_plan(alice: Desk, charlie: Desk) -> None:
    with pytest.raises(NotFound):
        approve_plan(charlie, a_planned_project(alice), date(2020, 8, 1))


def test_a_plan_without_milestones_is_not_approved(dora: Desk) -> None:
    assert _problems(dora, an_opened_project(dora), date(2020, 8, 1)) == [PlanEmpty]


def test_a_milestone_without_due_date_is_named(dora: Desk) -> None:
    project = a_planned_project(dora, a_row("一"), a_row("二", due_on=None))
    with pytest.raises(InvalidInput) as caught:
        approve_plan(dora, project, date(2020, 8, 1))
    assert [p.details for p in caught.value.problems] == [{"names": "二"}]


def test_a_milestone_without_due_date_is_refused(dora: Desk) -> None:
    assert _problems(dora, a_planned_project(dora, a_row(due_on=None)), date(2020, 8, 1)) == [DueMissing]


def test_a_plan_whose_weights_are_all_0_is_not_approved(dora: Desk) -> None:
    assert _problems(dora, a_planned_project(dora, a_row(weight=0)), date(2020, 8, 1)) == [WeightsZero]


def test_a_plan_is_not_approved_in_advance(dora: Desk) -> None:
    project = a_planned_project(dora)
    with pytest.raises(InvalidInput):
        approve_plan(dora, project, dora.today + timedelta(days=1))


def test_a_plan_that_moved_since_it_was_looked_at_is_not_approved(alice: Desk, dora: Desk) -> None:
    project = a_planned_project(alice)
    with dora.reading() as session:
        seen = max(session.exec(select(Milestone.change_no)))
    change_plan(alice, project, weight=99)
    with pytest.raises(PlanMoved):
        approve_plan(dora, project, dora.today, seen=seen)


def test_approving_again_needs_a_reason(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, date(2020, 8, 1))
    change_plan(alone, project, due_on=date(2020, 10, 1))
    with pytest.raises(ReasonRequired):
        approve_plan(alone, project, date(2020, 9, 1))


def test_approving_again_needs_something_that_changed(dora: Desk) -> None:
    project = a_planned_project(dora)
    approve_plan(dora, project, date(2020, 8, 1))
    assert _problems(dora, project, date(2020, 9, 1)) == [NothingToApprove]


def test_the_second_approval_is_not_dated_before_the_first(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, date(2020, 8, 1))
    change_plan(alone, project, due_on=date(2020, 10, 1))
    with pytest.raises(InvalidInput):
        approve_plan(alone, project, date(2020, 7, 31), reason="县里要求")


def test_the_second_approval_keeps_its_number_and_reason(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, date(2020, 8, 1))
    change_plan(alone, project, due_on=date(2020, 10, 1))
    assert approve_plan(alone, project, date(2020, 9, 1), reason="县里要求") == 1
    with alone.reading() as session:
        assert session.exec(select(Baseline.reason).where(Baseline.number == 1)).one() == "县里要求"


def test_a_due_date_typed_after_the_approval_does_not_move_the_plan(dora: Desk) -> None:
    project = a_planned_project(dora)
    approve_plan(dora, project, date(2020, 8, 1))
    change_plan(dora, project, due_on=date(2021, 6, 1))
    first = milestones_as_of(portfolio_for(dora), date(2020, 9, 2)).row(0, named=True)
    assert (first["current_due_on"], first["state"]) == (date(2020, 9, 1), "overdue")


def test_a_weight_typed_after_the_approval_does_not_move_progress(dora: Desk) -> None:
    project = a_planned_project(dora)
    approve_plan(dora, project, date(2020, 8, 1))
    change_plan(dora, project, weight=90)
    row = projects_as_of(portfolio_for(dora), date(2020, 9, 2)).row(0, named=True)
    assert row["planned"] == 0.5


def test_the_next_approval_moves_the_plan(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, date(2020, 8, 1))
    change_plan(alone, project, due_on=date(2021, 6, 1))
    approve_plan(alone, project, date(2020, 8, 15), reason="县里要求")
    first = milestones_as_of(portfolio_for(alone), date(2020, 9, 2)).row(0, named=True)
    assert first["current_due_on"] == date(2021, 6, 1)


def test_cancelling_in_an_approved_plan_approves_the_plan_without_it(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, date(2020, 8, 1))
    rows, _ = grid_of(alone, project)
    cancel_milestone(alone, rows[0]["id"], date(2020, 8, 20), "县里不再需要")
    row = projects_as_of(portfolio_for(alone), date(2020, 9, 2)).row(0, named=True)
    assert (row["baseline_number"], row["weight_total"]) == (1, 1000)


def test_cancelling_does_not_approve_what_was_typed_besides(alone: Desk) -> None:
    project = a_planned_project(alone)
    approve_plan(alone, project, date(2020, 8, 1))
    rows, seen = grid_of(alone, project)
    rows[1]["weight"] = 99
    save_milestones(alone, project, rows, seen=seen)
    cancel_milestone(alone, rows[0]["id"], date(2020, 8, 20), "县里不再需要")
    assert projects_as_of(portfolio_for(alone), date(2020, 9, 2))["weight_total"].item() == 1000
