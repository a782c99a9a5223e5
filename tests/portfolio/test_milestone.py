"""D6 by hand at every edge, and against a naive second implementation."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from tests.portfolio.naive_plan import current_due, naive_is_late, naive_state
from tests.portfolio.plan_facts import AS_OF, DAY_AFTER, DAY_BEFORE, OPENED, approved, plan, step, tables
from tests.portfolio.plans import plans
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio

LATER = date(2022, 1, 1)


def _row(facts: Portfolio, as_of: date = AS_OF) -> dict[str, Any]:
    return milestones_as_of(facts, as_of).row(0, named=True)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"due_on": DAY_BEFORE}, "overdue"),
        ({"due_on": AS_OF}, "due_soon"),
        ({"due_on": AS_OF + timedelta(days=14)}, "due_soon"),
        ({"due_on": AS_OF + timedelta(days=15)}, "scheduled"),
        ({"due_on": None}, "scheduled"),
        ({"due_on": LATER, "forecast_on": LATER}, "scheduled"),
        ({"due_on": LATER, "forecast_on": LATER + timedelta(days=1)}, "slipping"),
        ({"due_on": AS_OF, "forecast_on": DAY_AFTER}, "slipping"),
        ({"due_on": DAY_BEFORE, "forecast_on": LATER}, "overdue"),
        ({"due_on": DAY_BEFORE, "met_on": AS_OF}, "met"),
        ({"due_on": DAY_BEFORE, "met_on": DAY_AFTER}, "overdue"),
        ({"due_on": DAY_BEFORE, "credit_percent": 50, "credited_on": AS_OF}, "partially_met"),
        ({"due_on": DAY_BEFORE, "credit_percent": 50, "credited_on": DAY_AFTER}, "overdue"),
        ({"met_on": AS_OF, "credit_percent": 50, "credited_on": DAY_BEFORE}, "met"),
        ({"cancelled_on": AS_OF, "met_on": DAY_BEFORE}, "cancelled"),
        ({"cancelled_on": DAY_AFTER, "due_on": DAY_BEFORE}, "overdue"),
    ],
)
def test_the_first_matching_state_wins(values: dict[str, Any], state: str) -> None:
    assert _row(plan(step(1, **values)))["state"] == state


def _waiting(as_of: date = AS_OF, limits: tuple[tuple[str, int], ...] = (), **changes: Any) -> str:
    """The state of the second of two milestones, which waits for the first: met on `first_met`."""
    first = step(2, met_on=changes.pop("first_met", None), cancelled_on=changes.pop("first_cancelled", None))
    facts = tables([step(1, **changes), first], [], [])
    facts["dependency"] = [
        {"id": 1, "predecessor_id": 2, "successor_id": 1, "kind": "FS", "lag_days": 0}
        | {"in_working_days": False}
    ]
    facts["threshold"] = [
        {"id": i, "name": name, "value": value, "from_on": AS_OF} for i, (name, value) in enumerate(limits)
    ]
    state: str = milestones_as_of(portfolio(**facts), as_of).row(0, named=True)["state"]
    return state


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"due_on": DAY_BEFORE}, "overdue"),
        ({"due_on": AS_OF}, "blocked"),
        ({"due_on": AS_OF + timedelta(days=14)}, "blocked"),
        ({"due_on": AS_OF + timedelta(days=15)}, "scheduled"),
        ({"due_on": None}, "scheduled"),
        ({"due_on": AS_OF, "forecast_on": LATER}, "blocked"),
        ({"due_on": LATER, "forecast_on": LATER + timedelta(days=1)}, "slipping"),
        ({"due_on": AS_OF, "first_met": AS_OF}, "due_soon"),
        ({"due_on": AS_OF, "first_met": DAY_AFTER}, "blocked"),
        ({"due_on": AS_OF, "first_cancelled": AS_OF}, "due_soon"),
        ({"due_on": AS_OF, "met_on": AS_OF}, "met"),
        ({"due_on": AS_OF, "credit_percent": 1, "credited_on": AS_OF}, "partially_met"),
        ({"due_on": AS_OF, "cancelled_on": AS_OF}, "cancelled"),
    ],
)
def test_what_waits_for_an_unmet_one_is_blocked_once_it_is_due_soon(
    values: dict[str, Any], state: str
) -> None:
    assert _waiting(**values) == state


@pytest.mark.parametrize(
    ("limits", "days", "state"),
    [
        ((("blocked_days", 3),), 3, "blocked"),
        ((("blocked_days", 3),), 4, "due_soon"),
        ((("blocked_days", 0), ("due_soon_days", 3)), 3, "due_soon"),
        ((("blocked_days", 0), ("due_soon_days", 3)), 4, "scheduled"),
    ],
)
def test_the_days_are_the_thresholds_in_force(
    limits: tuple[tuple[str, int], ...], days: int, state: str
) -> None:
    assert _waiting(limits=limits, due_on=AS_OF + timedelta(days=days)) == state


def test_a_threshold_changed_later_leaves_the_days_before_as_they_were() -> None:
    assert _waiting(as_of=DAY_BEFORE, limits=(("blocked_days", 3),), due_on=date(2021, 7, 10)) == "blocked"


def test_a_predecessor_outside_the_scope_blocks_all_the_same() -> None:
    facts = tables([step(1, due_on=AS_OF), step(2, project_id=2)], [], [])
    facts["project"].append({"id": 2, "agreement_id": 1, "division_id": 12, "opened_on": OPENED})
    facts["dependency"] = [
        {
            "id": 1,
            "predecessor_id": 2,
            "successor_id": 1,
            "kind": "FS",
            "lag_days": 0,
            "in_working_days": False,
        }
    ]
    facts["party"] = [{"id": 1, "agreement_id": 1, "side": "county", "division_id": 11, "required": True}]
    seen = portfolio(**facts).within(frozenset({11}))
    assert milestones_as_of(seen, AS_OF)["state"].to_list() == ["blocked"]


def test_days_overdue_are_counted_from_the_due_day() -> None:
    assert _row(plan(step(1, due_on=date(2021, 6, 20))))["days_overdue"] == 10


def test_a_met_milestone_is_not_overdue_by_any_days() -> None:
    assert _row(plan(step(1, due_on=date(2021, 6, 20), met_on=AS_OF)))["days_overdue"] is None


def test_the_typed_due_holds_before_any_approval() -> None:
    later = approved((1, LATER, 10), on=DAY_AFTER)
    assert _row(plan(step(1, due_on=DAY_BEFORE), baselines=[later]))["current_due_on"] == DAY_BEFORE


def test_the_approved_due_holds_from_the_day_of_the_approval() -> None:
    now = approved((1, LATER, 10), on=AS_OF)
    assert _row(plan(step(1, due_on=DAY_BEFORE), baselines=[now]))["current_due_on"] == LATER


def test_the_newest_of_two_baselines_holds() -> None:
    both = [approved((1, DAY_BEFORE, 10)), approved((1, LATER, 10), number=1, on=AS_OF)]
    assert _row(plan(step(1), baselines=both))["current_due_on"] == LATER


def test_the_newer_of_two_baselines_of_one_day_holds() -> None:
    both = [approved((1, DAY_BEFORE, 10), on=AS_OF), approved((1, LATER, 10), number=1, on=AS_OF)]
    assert _row(plan(step(1), baselines=both))["current_due_on"] == LATER


def test_a_milestone_outside_the_approved_plan_keeps_its_typed_due() -> None:
    others = approved((1, LATER, 10))
    frame = milestones_as_of(plan(step(1), step(2, due_on=DAY_BEFORE), baselines=[others]), AS_OF)
    assert frame["current_due_on"].to_list() == [LATER, DAY_BEFORE]


def test_met_on_the_due_day_is_on_time() -> None:
    assert _row(plan(step(1, due_on=DAY_BEFORE, met_on=DAY_BEFORE)))["is_late"] is False


def test_met_a_day_after_the_due_day_is_late() -> None:
    assert _row(plan(step(1, due_on=DAY_BEFORE, met_on=AS_OF)))["is_late"] is True


def test_lateness_is_judged_by_the_baseline_of_the_day_it_was_met() -> None:
    original, later = approved((1, date(2021, 3, 1), 10)), approved((1, LATER, 10), number=1, on=AS_OF)
    met = step(1, met_on=date(2021, 4, 1))
    assert _row(plan(met, baselines=[original, later]))["is_late"] is True


def test_a_moved_baseline_makes_it_on_time_beside_late_to_the_original() -> None:
    original = approved((1, date(2021, 3, 1), 10))
    moved = approved((1, date(2021, 5, 1), 10), number=1, on=date(2021, 2, 1))
    row = _row(plan(step(1, met_on=date(2021, 4, 1)), baselines=[original, moved]))
    assert (row["is_late"], row["is_late_to_original"]) == (False, True)


def test_an_unmet_milestone_is_neither_late_nor_on_time() -> None:
    assert _row(plan(step(1, due_on=DAY_BEFORE)))["is_late"] is None


def test_milestones_of_a_project_not_opened_yet_are_not_there() -> None:
    assert milestones_as_of(plan(step(1)), OPENED - timedelta(days=1)).is_empty()


@settings(deadline=None, max_examples=200)
@given(plans())
def test_every_milestone_equals_the_naive_one(made: tuple[Any, ...]) -> None:
    steps, baselines, suspensions, as_of = made
    facts = tables(steps, baselines, suspensions)
    frame = milestones_as_of(portfolio(**facts), as_of)
    found = {r["id"]: (r["state"], r["current_due_on"], r["is_late"]) for r in frame.iter_rows(named=True)}
    assert found == {
        m["id"]: (naive_state(facts, m, as_of), current_due(facts, m, as_of), naive_is_late(facts, m, as_of))
        for m in steps
    }
