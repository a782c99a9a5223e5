"""D8 and D9 by hand at every edge, and against a naive second implementation."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from tests.portfolio.naive_plan import naive_progress
from tests.portfolio.plan_facts import (
    AS_OF,
    DAY_AFTER,
    DAY_BEFORE,
    OPENED,
    Row,
    approved,
    plan,
    step,
    tables,
)
from tests.portfolio.plans import plans
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of

LATER = date(2022, 1, 1)


def _row(facts: Portfolio, as_of: date = AS_OF) -> dict[str, Any]:
    return projects_as_of(facts, as_of).row(0, named=True)


def _planned(*frozen: tuple[int, date, int], as_of: date = AS_OF, **others: Any) -> float | None:
    steps = [step(i) for i, _, _ in frozen]
    planned: float | None = _row(plan(*steps, baselines=[approved(*frozen)], **others), as_of)["planned"]
    return planned


def test_a_met_milestone_counts_its_whole_weight() -> None:
    assert _row(plan(step(1, weight=30, met_on=AS_OF), step(2, weight=70)))["actual"] == 0.3


def test_a_milestone_met_tomorrow_does_not_count_yet() -> None:
    assert _row(plan(step(1, met_on=DAY_AFTER)))["actual"] == 0


def test_a_part_met_counts_its_stated_share() -> None:
    part = step(1, weight=50, credit_percent=40, credited_on=AS_OF)
    assert _row(plan(part, step(2, weight=50)))["actual"] == 0.2


def test_a_share_counts_until_the_whole_is_met() -> None:
    row = step(1, credit_percent=40, credited_on=DAY_BEFORE, met_on=DAY_AFTER)
    assert [_row(plan(row), day)["actual"] for day in (DAY_BEFORE, AS_OF, DAY_AFTER)] == [0.4, 0.4, 1.0]


def test_a_cancelled_milestone_leaves_both_sums() -> None:
    facts = plan(step(1, met_on=AS_OF), step(2, cancelled_on=AS_OF))
    assert (_row(facts)["actual"], _row(facts)["weight_total"]) == (1.0, 1000)


def test_a_milestone_cancelled_tomorrow_still_counts() -> None:
    assert _row(plan(step(1, met_on=AS_OF), step(2, cancelled_on=DAY_AFTER)))["actual"] == 0.5


def test_weights_that_are_all_0_are_no_plan_rather_than_0_percent() -> None:
    row = _row(plan(step(1, weight=0, met_on=AS_OF), baselines=[approved((1, DAY_BEFORE, 0))]))
    assert (row["actual"], row["planned"]) == (None, None)


def test_a_project_without_milestones_has_no_progress() -> None:
    assert _row(plan())["actual"] is None


def test_planned_progress_is_blank_without_an_approved_plan() -> None:
    assert _row(plan(step(1, due_on=DAY_BEFORE)))["planned"] is None


@pytest.mark.parametrize(("due", "planned"), [(DAY_BEFORE, 1.0), (AS_OF, 0.0), (DAY_AFTER, 0.0)])
def test_the_plan_takes_its_step_the_day_after_the_due_day(due: date, planned: float) -> None:
    assert _planned((1, due, 10)) == planned


def test_planned_progress_weighs_the_approved_weights() -> None:
    assert _planned((1, DAY_BEFORE, 30), (2, LATER, 70)) == 0.3


def test_a_weight_typed_after_the_approval_changes_nothing() -> None:
    typed = [step(1, weight=90, met_on=AS_OF), step(2, weight=10)]
    frozen = approved((1, LATER, 50), (2, LATER, 50))
    assert _row(plan(*typed, baselines=[frozen]))["actual"] == 0.5


def test_a_milestone_outside_the_plan_counts_apart() -> None:
    row = _row(plan(step(1), step(2, met_on=AS_OF), baselines=[approved((1, LATER, 10))]))
    assert (row["actual"], row["outside_plan"]) == (0.0, 1)


def test_before_the_approval_the_typed_plan_counts() -> None:
    facts = plan(step(1), step(2, met_on=AS_OF), baselines=[approved((1, LATER, 10), on=DAY_AFTER)])
    assert (_row(facts)["actual"], _row(facts)["outside_plan"]) == (0.5, 0)


def test_the_newest_of_two_baselines_is_the_set_of_both_sums() -> None:
    both = [
        approved((1, DAY_BEFORE, 10), (2, DAY_BEFORE, 10)),
        approved((1, DAY_BEFORE, 10), (2, LATER, 30), number=1, on=AS_OF),
    ]
    row = _row(plan(step(1, met_on=AS_OF), step(2), baselines=both))
    assert (row["actual"], row["planned"]) == (0.25, 0.25)


def test_the_first_baseline_holds_until_the_second_is_approved() -> None:
    both = [
        approved((1, DAY_BEFORE, 10), (2, DAY_BEFORE, 10)),
        approved((1, LATER, 10), (2, LATER, 30), number=1, on=DAY_AFTER),
    ]
    assert _row(plan(step(1), step(2), baselines=both))["planned"] == 1.0


def test_a_suspension_freezes_planned_progress_at_its_first_day() -> None:
    rest = {"project_id": 1, "from_on": date(2021, 6, 1)}
    assert _planned((1, date(2021, 6, 10), 10), suspensions=[rest]) == 0.0


def test_what_was_due_before_the_suspension_stays_planned() -> None:
    rest = {"project_id": 1, "from_on": date(2021, 6, 1)}
    assert _planned((1, date(2021, 5, 31), 10), suspensions=[rest]) == 1.0


def test_a_suspension_of_the_agreement_freezes_its_projects() -> None:
    rest = {"agreement_id": 1, "from_on": date(2021, 6, 1)}
    assert _planned((1, date(2021, 6, 10), 10), suspensions=[rest]) == 0.0


@pytest.mark.parametrize(("to_on", "planned"), [(AS_OF, 0.0), (DAY_BEFORE, 1.0)])
def test_planned_progress_goes_on_the_day_after_the_suspension(to_on: date, planned: float) -> None:
    rest = {"project_id": 1, "from_on": date(2021, 6, 1), "to_on": to_on}
    assert _planned((1, date(2021, 6, 10), 10), suspensions=[rest]) == planned


def test_a_suspension_does_not_freeze_actual_progress() -> None:
    rest = {"project_id": 1, "from_on": date(2021, 6, 1)}
    assert _row(plan(step(1, met_on=date(2021, 6, 10)), suspensions=[rest]))["actual"] == 1.0


def test_met_and_overdue_milestones_are_counted() -> None:
    row = _row(plan(step(1, met_on=AS_OF), step(2, due_on=DAY_BEFORE), step(3)))
    assert (row["met"], row["overdue"], row["milestones"]) == (1, 1, 3)


def test_the_next_due_day_is_that_of_the_first_unmet_milestone() -> None:
    row = _row(plan(step(1, due_on=OPENED, met_on=AS_OF), step(2, due_on=DAY_AFTER), step(3)))
    assert row["next_due_on"] == DAY_AFTER


def test_a_project_is_not_there_before_it_was_opened() -> None:
    assert projects_as_of(plan(step(1)), OPENED - timedelta(days=1)).is_empty()


@settings(deadline=None, max_examples=300)
@given(plans())
def test_progress_equals_the_naive_one(made: tuple[Any, ...]) -> None:
    *given_plan, as_of = made
    facts = tables(*given_plan)
    row = _row(portfolio(**facts), as_of)
    sums = tuple(row[name] or 0 for name in ("weight_total", "actual_sum", "planned_sum", "outside_plan"))
    assert sums == naive_progress(facts, facts["project"][0], as_of)


@settings(deadline=None, max_examples=100)
@given(plans())
def test_progress_lies_between_nothing_and_all(made: tuple[Any, ...]) -> None:
    *given_plan, as_of = made
    row = _row(portfolio(**tables(*given_plan)), as_of)
    shares = [row[name] for name in ("actual", "planned") if row[name] is not None]
    assert all(0 <= share <= 1 for share in shares)


@settings(deadline=None, max_examples=100)
@given(plans())
def test_figures_do_not_depend_on_the_order_of_rows(made: tuple[Any, ...]) -> None:
    *given_plan, as_of = made
    facts = tables(*given_plan)
    shuffled: dict[str, list[Row]] = {
        name: random.Random(7).sample(rows, len(rows)) for name, rows in facts.items()
    }
    assert _row(portfolio(**facts), as_of) == _row(portfolio(**shuffled), as_of)
