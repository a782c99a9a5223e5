"""D7 by hand: effective finish, lapsed forecasts and both slips, of milestones and of projects."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.naive_plan import naive_effective_finish, naive_project_slips
from tests.portfolio.plan_facts import AS_OF, DAY_AFTER, DAY_BEFORE, Row, approved, plan, step, tables
from tests.portfolio.plans import plans
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of

LATER, LATER_STILL = date(2022, 1, 1), date(2022, 1, 31)
MAY_1, MAY_31 = date(2021, 5, 1), date(2021, 5, 31)


def _step(facts: Portfolio, as_of: date = AS_OF) -> Row:
    return milestones_as_of(facts, as_of).row(0, named=True)


def _project(facts: Portfolio, as_of: date = AS_OF) -> Row:
    return projects_as_of(facts, as_of).row(0, named=True)


def _slips(facts: Portfolio, as_of: date = AS_OF) -> tuple[int | None, int | None, int | None]:
    row = _project(facts, as_of)
    return row["slip_original_days"], row["slip_current_days"], row["baselines"]


@pytest.mark.parametrize(
    ("values", "finish"),
    [
        ({"due_on": LATER, "met_on": DAY_BEFORE}, DAY_BEFORE),
        ({"due_on": LATER, "met_on": AS_OF}, AS_OF),
        ({"due_on": LATER, "met_on": DAY_AFTER}, LATER),
        ({"due_on": LATER}, LATER),
        ({"due_on": LATER, "forecast_on": LATER_STILL}, LATER_STILL),
        ({"due_on": LATER, "forecast_on": DAY_AFTER}, DAY_AFTER),
        ({"due_on": LATER, "forecast_on": AS_OF}, AS_OF),
        ({"due_on": LATER, "forecast_on": DAY_BEFORE}, AS_OF),
        ({"due_on": AS_OF}, AS_OF),
        ({"due_on": DAY_BEFORE}, AS_OF),
        ({"due_on": DAY_BEFORE, "forecast_on": LATER}, LATER),
        ({"due_on": DAY_BEFORE, "credit_percent": 99, "credited_on": DAY_BEFORE}, AS_OF),
        ({"due_on": None}, None),
        ({"due_on": None, "forecast_on": LATER}, LATER),
        ({"due_on": LATER, "cancelled_on": AS_OF}, None),
        ({"due_on": LATER, "cancelled_on": DAY_AFTER}, LATER),
    ],
)
def test_the_effective_finish_is_actual_or_the_later_of_today_and_what_is_expected(
    values: Row, finish: date | None
) -> None:
    assert _step(plan(step(1, **values)))["effective_finish_on"] == finish


@pytest.mark.parametrize(
    ("values", "lapsed"),
    [
        ({"forecast_on": DAY_BEFORE}, True),
        ({"forecast_on": AS_OF}, False),
        ({"forecast_on": DAY_BEFORE, "met_on": AS_OF}, False),
        ({"forecast_on": DAY_BEFORE, "met_on": DAY_AFTER}, True),
        ({"forecast_on": DAY_BEFORE, "cancelled_on": AS_OF}, False),
        ({"forecast_on": DAY_BEFORE, "credit_percent": 50, "credited_on": MAY_1}, True),
        ({"due_on": DAY_BEFORE}, False),
    ],
)
def test_a_forecast_gone_by_lapses_while_the_milestone_is_awaited(values: Row, lapsed: bool) -> None:
    facts = plan(step(1, **values))
    assert (_step(facts)["is_lapsed"], _project(facts)["lapsed"]) == (lapsed, int(lapsed))


@pytest.mark.parametrize(
    ("finish", "original", "current"),
    [
        ({"met_on": MAY_1}, 0, -30),
        ({"met_on": date(2021, 4, 30)}, -1, -31),
        ({"met_on": date(2021, 6, 2)}, 32, 2),
        ({"forecast_on": LATER}, 245, 215),
        ({}, 60, 30),
    ],
)
def test_both_slips_count_calendar_days_and_are_signed(finish: Row, original: int, current: int) -> None:
    moved = [approved((1, MAY_1, 10)), approved((1, MAY_31, 10), number=1, on=date(2021, 4, 1))]
    facts = plan(step(1, **finish), baselines=moved)
    row = _step(facts)
    assert (row["slip_original_days"], row["slip_current_days"]) == (original, current)
    assert _slips(facts) == (original, current, 1)


def test_without_an_approved_plan_there_is_nothing_to_slip_against() -> None:
    assert _slips(plan(step(1, due_on=MAY_1))) == (None, None, None)


def test_a_plan_never_changed_has_0_rebaselines() -> None:
    assert _slips(plan(step(1), baselines=[approved((1, AS_OF, 10))])) == (0, 0, 0)


def test_a_milestone_outside_the_plan_has_no_slip_of_its_own() -> None:
    frame = milestones_as_of(plan(step(1), step(2), baselines=[approved((1, MAY_1, 10))]), AS_OF)
    assert frame["slip_original_days"].to_list() == [60, None]


def test_a_projects_slip_is_that_of_its_last_finish_against_its_last_due() -> None:
    steps = [step(1, met_on=MAY_31), step(2, met_on=date(2021, 6, 20))]
    frozen = approved((1, MAY_1, 10), (2, date(2021, 6, 10), 10))
    assert _slips(plan(*steps, baselines=[frozen])) == (10, 10, 0)


def test_the_last_finish_need_not_be_that_of_the_milestone_due_last() -> None:
    steps = [step(1, forecast_on=LATER), step(2, met_on=DAY_BEFORE)]
    frozen = approved((1, MAY_1, 10), (2, DAY_BEFORE, 10))
    assert _slips(plan(*steps, baselines=[frozen])) == (186, 186, 0)


def test_a_cancelled_milestone_counts_on_neither_side() -> None:
    steps = [step(1, met_on=MAY_31), step(2, cancelled_on=AS_OF)]
    frozen = approved((1, MAY_1, 10), (2, LATER, 10))
    assert _slips(plan(*steps, baselines=[frozen])) == (30, 30, 0)


def test_a_milestone_added_later_delays_the_original_finish_only() -> None:
    both = [
        approved((1, MAY_1, 10)),
        approved((1, MAY_1, 10), (2, LATER, 10), number=1, on=DAY_BEFORE),
    ]
    assert _slips(plan(step(1, met_on=MAY_1), step(2), baselines=both)) == (245, 0, 1)


def test_a_later_due_day_hides_the_delay_from_the_current_plan_only() -> None:
    facts = plan(
        step(1), baselines=[approved((1, MAY_1, 10)), approved((1, LATER, 10), number=1, on=DAY_BEFORE)]
    )
    assert (_slips(facts), _slips(facts, date(2021, 6, 28))) == ((245, 0, 1), (58, 58, 0))


def test_a_suspension_stops_no_slip() -> None:
    rest = {"project_id": 1, "from_on": MAY_1}
    assert _slips(plan(step(1), baselines=[approved((1, MAY_1, 10))], suspensions=[rest])) == (60, 60, 0)


def test_a_stopped_projects_slip_stands_still_on_the_day_it_stopped() -> None:
    facts = tables([step(1, forecast_on=MAY_1)], [approved((1, MAY_1, 10))], [])
    facts["project"][0]["stopped_on"] = MAY_31
    row = _project(portfolio(**facts))
    assert (row["slip_original_days"], row["lapsed"]) == (30, 0)


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"is_key": True}, 30),
        ({"is_key": False}, None),
        ({"is_key": True, "met_on": AS_OF}, None),
        ({"is_key": True, "credit_percent": 1, "credited_on": AS_OF}, None),
    ],
)
def test_the_most_days_a_key_milestone_is_overdue(values: Row, days: int | None) -> None:
    frozen = approved((1, MAY_31, 10), (2, date(2021, 6, 29), 10))
    row = _project(plan(step(1, **values), step(2, is_key=False), baselines=[frozen]))
    assert row["key_overdue_days"] == days


@settings(deadline=None, max_examples=200)
@given(plans())
def test_finishes_and_slips_equal_the_naive_ones(made: tuple[Any, ...]) -> None:
    *given_plan, as_of = made
    facts = tables(*given_plan)
    known = portfolio(**facts)
    finishes = dict(milestones_as_of(known, as_of).select("id", "effective_finish_on").iter_rows())
    assert finishes == {m["id"]: naive_effective_finish(facts, m, as_of) for m in facts["milestone"]}
    row = _project(known, as_of)
    assert (row["slip_original_days"], row["slip_current_days"]) == naive_project_slips(facts, as_of)


@settings(deadline=None, max_examples=150)
@given(plans(), st.integers(0, 40), st.booleans(), st.integers(0, 30))
def test_a_rebaseline_to_later_days_or_with_more_milestones_never_improves_the_slip_to_original(
    made: tuple[Any, ...], later: int, adds: bool, due: int
) -> None:
    steps, baselines, suspensions, as_of = made
    if not (baselines and baselines[-1]["approved_on"] <= as_of):
        return
    frozen = [(i, day + timedelta(days=later), weight) for i, day, weight in baselines[-1]["frozen"]]
    added = step(len(steps) + 1, due_on=as_of + timedelta(days=due - 15))
    new = [(added["id"], added["due_on"], 10)] if adds else []
    again = {"number": len(baselines), "approved_on": as_of, "frozen": frozen + new}
    before = _project(portfolio(**tables(steps, baselines, suspensions)), as_of)["slip_original_days"]
    grown = [*steps, added] if adds else steps
    after = _project(portfolio(**tables(grown, [*baselines, again], suspensions)), as_of)[
        "slip_original_days"
    ]
    assert before is None or after >= before


@settings(deadline=None, max_examples=60)
@given(plans())
def test_slips_do_not_depend_on_the_order_of_rows(made: tuple[Any, ...]) -> None:
    *given_plan, as_of = made
    facts = tables(*given_plan)
    shuffled = {name: random.Random(3).sample(rows, len(rows)) for name, rows in facts.items()}
    one, other = (milestones_as_of(portfolio(**t), as_of) for t in (facts, shuffled))
    assert one.sort("id").equals(other.sort("id"))
