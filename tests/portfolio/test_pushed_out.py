"""What was put off beyond a month: every edge by hand."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.portfolio.plan_facts import Row, approved, plan, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.pushed_out import counts_by_reason, pushed_out, standing_in

JUNE = (date(2021, 6, 1), date(2021, 6, 30))
MAY_31, JUNE_1, JUNE_10, JUNE_30 = date(2021, 5, 31), JUNE[0], date(2021, 6, 10), JUNE[1]
JULY_1, AUGUST = date(2021, 7, 1), date(2021, 8, 1)
APPROVED_IN_JUNE = approved((1, JUNE_10, 10))


def _moved(*moves: tuple[date, date | None], baselines: list[Row] | None = None, **changes: Any) -> Portfolio:
    """One milestone due on 10 June, its forecast changed on each day to another."""
    facts = tables([step(1, due_on=JUNE_10, **changes)], baselines or [APPROVED_IN_JUNE], [])
    facts["forecast_change"] = [
        {"id": i, "milestone_id": 1, "changed_on": on, "new_on": to, "reason_code": "county"}
        for i, (on, to) in enumerate(moves, start=1)
    ]
    return portfolio(**facts, division=[{"id": 11, "name": "醴陵市", "level": "county"}])


def _out(facts: Portfolio, as_of: date = JUNE_30) -> list[Row]:
    return pushed_out(facts, *JUNE, as_of).to_dicts()


@pytest.mark.parametrize(
    ("to", "listed"), [(JUNE_30, False), (JULY_1, True), (AUGUST, True), (MAY_31, False), (None, False)]
)
def test_a_forecast_moved_beyond_the_last_day_leaves_the_month(to: date | None, listed: bool) -> None:
    assert bool(_out(_moved((JUNE_10, to)))) is listed


@pytest.mark.parametrize(("on", "listed"), [(MAY_31, False), (JUNE_1, True), (JUNE_30, True)])
def test_it_must_have_stood_in_the_month_on_the_eve_of_its_first_day(on: date, listed: bool) -> None:
    assert bool(_out(_moved((on, AUGUST)))) is listed


@pytest.mark.parametrize(
    ("stood", "listed"), [(MAY_31, False), (JUNE_1, True), (JUNE_30, True), (JULY_1, False)]
)
def test_both_ends_of_the_month_belong_to_it(stood: date, listed: bool) -> None:
    facts = _moved((JUNE_10, AUGUST), baselines=[approved((1, stood, 10))])
    assert bool(_out(facts)) is listed


def test_what_stood_in_the_month_by_its_forecast_counts() -> None:
    facts = _moved(
        (date(2021, 5, 1), JUNE_30), (JUNE_10, JULY_1), baselines=[approved((1, date(2021, 4, 1), 10))]
    )
    assert [(r["stood_on"], r["expected_on"], r["moved_days"]) for r in _out(facts)] == [(JUNE_30, JULY_1, 1)]


def test_a_rebaseline_pushes_out_too() -> None:
    later = [APPROVED_IN_JUNE, approved((1, AUGUST, 10), number=1, on=JUNE_10)]
    assert [(r["moves"], r["reason_code"]) for r in _out(_moved(baselines=later))] == [(1, None)]


def test_moves_are_those_since_the_month_began_beside_all_of_them() -> None:
    facts = _moved((date(2021, 4, 1), JUNE_30), (date(2021, 6, 2), JULY_1), (JUNE_10, AUGUST))
    assert [(r["moves"], r["moves_in_all"]) for r in _out(facts)] == [(2, 3)]


def test_moves_later_than_the_day_looked_at_are_not_known_yet() -> None:
    facts = _moved((JUNE_10, JULY_1), (JULY_1, AUGUST))
    assert [(r["expected_on"], r["moves"]) for r in _out(facts)] == [(JULY_1, 1)]


def test_a_forecast_that_repeats_the_due_day_is_no_move() -> None:
    assert [r["moves"] for r in _out(_moved((JUNE_1, JUNE_10), (JUNE_10, AUGUST)))] == [1]


def test_the_approval_itself_is_no_move() -> None:
    late = [approved((1, JUNE_10, 10), on=date(2021, 5, 1))]
    facts = _moved((JUNE_10, AUGUST), baselines=late, start_on=None)
    assert [r["moves_in_all"] for r in _out(facts)] == [1]


def test_what_was_only_typed_promised_nothing() -> None:
    in_june = [approved((1, AUGUST, 10), on=JUNE_10)]
    assert _out(_moved(baselines=in_june)) == []


def test_what_merely_went_by_was_not_pushed_out() -> None:
    assert _out(_moved(), AUGUST) == []


@pytest.mark.parametrize(("met_on", "listed"), [(JUNE_30, False), (JULY_1, True)])
def test_what_was_met_in_the_month_after_all_did_not_leave_it(met_on: date, listed: bool) -> None:
    assert bool(_out(_moved((JUNE_10, AUGUST), met_on=met_on), AUGUST)) is listed


def test_what_was_met_before_the_month_did_not_stand_in_it() -> None:
    assert _out(_moved((JUNE_10, AUGUST), met_on=MAY_31)) == []


def test_what_was_cancelled_is_left_out() -> None:
    assert _out(_moved((JUNE_10, AUGUST), cancelled_on=JUNE_30)) == []


def test_before_the_month_nothing_has_left_it() -> None:
    assert _out(_moved((MAY_31, AUGUST)), MAY_31) == []


def test_a_move_back_into_the_month_undoes_it() -> None:
    assert _out(_moved((JUNE_1, AUGUST), (JUNE_10, JUNE_30))) == []


def test_the_furthest_moved_comes_first() -> None:
    facts = plan(
        step(1),
        step(2),
        baselines=[
            approved((1, JUNE_10, 10), (2, JUNE_10, 10)),
            approved((1, JULY_1, 10), (2, AUGUST, 10), number=1, on=JUNE_10),
        ],
    )
    assert pushed_out(facts, *JUNE, JUNE_30)["id"].to_list() == [2, 1]


def test_reasons_are_counted_with_the_most_frequent_first() -> None:
    rows = pl.DataFrame({"reason_code": ["county", None, "weather", "county", None, "county"]})
    assert counts_by_reason(rows).rows() == [("county", 3), (None, 2), ("weather", 1)]


def test_what_stood_in_the_month_is_counted_whether_pushed_out_or_not() -> None:
    assert standing_in(_moved(), *JUNE, JUNE_30)["id"].to_list() == [1]
    assert standing_in(_moved((JUNE_10, AUGUST)), *JUNE, JUNE_30)["id"].to_list() == [1]
    assert standing_in(_moved((MAY_31, AUGUST)), *JUNE, JUNE_30)["id"].to_list() == []
