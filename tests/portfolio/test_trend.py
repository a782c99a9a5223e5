from datetime import date
from typing import Any

import polars as pl

from tests.portfolio.plan_facts import AS_OF, approved, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.trend import MILESTONES, POINTS, Trend, drawn, trend

APPROVED = date(2021, 1, 10)
DUE = date(2021, 9, 1)


def _trend(
    *steps: dict[str, Any],
    changes: tuple[tuple[int, date, date], ...] = (),
    baselines: list[dict[str, Any]] | None = None,
    as_of: date = AS_OF,
) -> Trend:
    """The trend of one project; `changes` are (milestone, changed on, new day)."""
    plans = baselines or [approved(*((s["id"], DUE, 10) for s in steps), on=APPROVED)]
    history = [
        {"id": number, "milestone_id": milestone, "changed_on": on, "new_on": new}
        for number, (milestone, on, new) in enumerate(changes, start=1)
    ]
    facts = portfolio(**tables(list(steps), plans, []), forecast_change=history)
    return trend(facts, as_of, frozenset({1}))


def _line(found: Trend, milestone_id: int = 1) -> list[tuple[date, date]]:
    points = found.points.filter(pl.col("milestone_id") == milestone_id)
    return points.select("reported_on", "expected_on").rows()


def test_report_days_are_the_approval_the_ends_of_months_and_the_day_itself() -> None:
    days = [day for day, _ in _line(_trend(step(1), as_of=date(2021, 3, 15)))]
    assert days == [APPROVED, date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 15)]


def test_a_milestone_is_expected_on_its_due_day_until_a_forecast_is_made() -> None:
    moved = date(2021, 10, 1)
    line = _line(_trend(step(1), changes=((1, date(2021, 2, 15), moved),), as_of=date(2021, 2, 28)))
    assert line == [
        (APPROVED, DUE),
        (date(2021, 1, 31), DUE),
        (date(2021, 2, 15), moved),
        (date(2021, 2, 28), moved),
    ]


def test_a_new_baseline_moves_what_has_no_forecast() -> None:
    later = date(2021, 12, 1)
    plans = [approved((1, DUE, 10), on=APPROVED), approved((1, later, 10), number=1, on=date(2021, 2, 10))]
    line = _line(_trend(step(1), baselines=plans, as_of=date(2021, 2, 28)))
    assert line[-2:] == [(date(2021, 2, 10), later), (date(2021, 2, 28), later)]


def test_the_line_of_a_met_milestone_ends_on_the_day_it_was_met() -> None:
    line = _line(_trend(step(1, met_on=date(2021, 2, 20))))
    assert line[-2:] == [(date(2021, 1, 31), DUE), (date(2021, 2, 20), date(2021, 2, 20))]


def test_a_milestone_met_after_the_day_looked_at_is_still_expected() -> None:
    found = _trend(step(1, met_on=date(2021, 2, 20)), as_of=date(2021, 2, 19))
    assert _line(found)[-1] == (date(2021, 2, 19), DUE)


def test_nothing_is_drawn_before_the_first_approved_plan() -> None:
    assert _trend(step(1), as_of=date(2021, 1, 9)).is_empty()


def test_a_milestone_no_approved_plan_holds_is_counted_apart() -> None:
    found = _trend(step(1), step(2), baselines=[approved((1, DUE, 10), on=APPROVED)])
    assert (found.outside, found.milestones["milestone_id"].to_list()) == (1, [1])


def test_a_milestone_added_by_a_later_baseline_begins_with_it() -> None:
    plans = [
        approved((1, DUE, 10), on=APPROVED),
        approved((1, DUE, 10), (2, DUE, 5), number=1, on=date(2021, 3, 5)),
    ]
    assert _line(_trend(step(1), step(2), baselines=plans), 2)[0] == (date(2021, 3, 5), DUE)


def test_a_cancelled_milestone_is_left_out() -> None:
    assert _trend(step(1, cancelled_on=date(2021, 3, 1))).is_empty()


def test_a_line_knows_its_first_and_last_day_and_how_often_it_moved() -> None:
    changes = ((1, date(2021, 2, 15), date(2021, 10, 1)), (1, date(2021, 4, 2), date(2021, 9, 21)))
    (line,) = _trend(step(1), changes=changes).milestones.rows(named=True)
    assert (line["first_on"], line["last_on"], line["moved_days"], line["moves"]) == (
        DUE,
        date(2021, 9, 21),
        20,
        2,
    )


def test_key_milestones_come_first_then_those_that_moved_most() -> None:
    changes = ((1, date(2021, 2, 1), date(2021, 9, 11)), (2, date(2021, 2, 1), date(2021, 12, 1)))
    found = _trend(step(1), step(2), step(3, is_key=True), changes=changes)
    assert found.milestones["milestone_id"].to_list() == [3, 2, 1]


def test_only_the_lines_asked_for_are_drawn() -> None:
    few = drawn(_trend(step(1), step(2, is_key=True)), 1)
    assert set(few.points["milestone_id"]) == set(few.milestones["milestone_id"]) == {2}


def test_very_many_days_of_change_are_left_to_the_months() -> None:
    changes = tuple((n, date(2021, 1 + n // 27, 1 + n % 27), date(2021, 10, 1)) for n in range(27, 90))
    steps = [step(n) for n in range(27, 90)]
    found = _trend(*steps, changes=changes)
    assert found.points["reported_on"].n_unique() <= 8


def test_no_plan_at_all_gives_empty_frames() -> None:
    found = trend(portfolio(), AS_OF, frozenset({1}))
    assert (dict(found.points.schema), dict(found.milestones.schema)) == (POINTS, MILESTONES)
