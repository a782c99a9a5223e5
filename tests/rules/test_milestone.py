"""Milestones as entered: the rows of the grid, pasted rows, moving, merging two windows."""

from datetime import date
from typing import Any

import pytest

from tracker.errors import DateOutOfRange, EndBeforeStart, InvalidInput, NotANumber, Required, TooLong
from tracker.rules.day import AmbiguousDay
from tracker.rules.milestone_draft import (
    ROW_FIELDS,
    Cell,
    TooManyColumns,
    TooManyRows,
    cells_in_conflict,
    checked_days,
    checked_rows,
    moved,
    pasted_rows,
    rebased,
    weight_total,
)

SEPTEMBER, OCTOBER = date(2020, 9, 1), date(2020, 10, 1)


def _row(**values: Any) -> dict[str, Any]:
    return {"name": "启动会", "weight": 10, "due_on": SEPTEMBER} | values


def _problem(**values: Any) -> tuple[str, type]:
    with pytest.raises(InvalidInput) as caught:
        checked_rows([_row(**values)])
    [problem] = caught.value.problems
    return problem.field, type(problem)


def _stored(milestone_id: int = 1, **values: Any) -> dict[str, Any]:
    known = dict.fromkeys(ROW_FIELDS) | _row(is_key=False, is_gate=False, evidence_hint="")
    return known | {"id": milestone_id, "version": 1} | values


@pytest.mark.parametrize("weight", [-1, 10_001, float("nan"), float("inf"), 1e308, 10.5, None, "ten"])
def test_a_weight_that_is_no_whole_number_to_10000_is_refused(weight: object) -> None:
    field, problem = _problem(weight=weight)
    assert field == "0.weight"
    assert problem in (NotANumber, Required)


@pytest.mark.parametrize("weight", [0, 1, 10_000])
def test_weights_from_0_to_10000_hold(weight: int) -> None:
    assert checked_rows([_row(weight=weight)])[0].weight == weight


def test_due_before_start_is_refused() -> None:
    assert _problem(start_on=OCTOBER) == ("0.due_on", EndBeforeStart)


def test_due_on_the_start_holds() -> None:
    assert checked_rows([_row(start_on=SEPTEMBER)])[0].start_on == SEPTEMBER


def test_a_year_beyond_the_calendar_is_refused() -> None:
    assert _problem(due_on=date(2200, 1, 1)) == ("0.due_on", DateOutOfRange)


@pytest.mark.parametrize("name", ["", "   ", None])
def test_a_row_needs_a_name(name: str | None) -> None:
    assert _problem(name=name) == ("0.name", Required)


def test_a_name_of_301_characters_is_too_long() -> None:
    assert _problem(name="长" * 301) == ("0.name", TooLong)


def test_names_are_cleaned_of_what_reorders_or_hides_text() -> None:
    assert checked_rows([_row(name=" 启\u202e动\u0000会 ")])[0].name == "启动会"


def test_a_name_that_looks_like_markup_stays_as_typed() -> None:
    assert checked_rows([_row(name="<script>:red[x]$y$")])[0].name == "<script>:red[x]$y$"


def test_each_wrong_row_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_rows([_row(), _row(name=""), _row(weight=-1)])
    assert [p.field for p in caught.value.problems] == ["1.name", "2.weight"]


def test_more_than_500_rows_are_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_rows([_row()] * 501)
    assert isinstance(caught.value.problems[0], TooManyRows)


def test_moving_moves_start_due_and_forecast() -> None:
    later = moved(_row(start_on=SEPTEMBER, forecast_on=None), 30)
    assert (later["start_on"], later["due_on"], later["forecast_on"]) == (OCTOBER, OCTOBER, None)


def test_moving_back_works_alike() -> None:
    assert moved(_row(due_on=OCTOBER), -30)["due_on"] == SEPTEMBER


def test_moving_past_the_last_day_of_all_is_refused() -> None:
    with pytest.raises(DateOutOfRange):
        moved(_row(due_on=date(9999, 12, 31)), 1)


@pytest.mark.parametrize("days", [0, 3661, -3661, 1.5])
def test_a_move_is_a_whole_number_of_days(days: Any) -> None:
    with pytest.raises(NotANumber):
        checked_days(days)


def test_pasted_rows_hold_name_start_due_and_weight() -> None:
    [row] = pasted_rows("启动会\t2020/9/1\t2020年10月1日\t15")
    assert (row["name"], row["start_on"], row["due_on"], row["weight"]) == ("启动会", SEPTEMBER, OCTOBER, 15)


def test_two_pasted_columns_are_name_and_due() -> None:
    [row] = pasted_rows("启动会\t20200901")
    assert (row["start_on"], row["due_on"]) == (None, SEPTEMBER)


def test_three_pasted_columns_may_end_with_a_weight() -> None:
    [row] = pasted_rows("启动会\t2020-9-1\t15")
    assert (row["due_on"], row["weight"]) == (SEPTEMBER, 15)


def test_three_pasted_columns_may_end_with_a_due_day() -> None:
    [row] = pasted_rows("启动会\t2020-9-1\t2020-10-1")
    assert (row["start_on"], row["due_on"]) == (SEPTEMBER, OCTOBER)


def test_a_single_pasted_column_is_the_name() -> None:
    assert [row["name"] for row in pasted_rows("启动会\r\n\r\n验收\r\n")] == ["启动会", "验收"]


def test_a_pasted_row_without_weight_takes_the_usual_one() -> None:
    assert pasted_rows("启动会\t2020-9-1\t2020-10-1\t")[0]["weight"] == 10


def test_an_ambiguous_pasted_day_is_named_with_its_line() -> None:
    with pytest.raises(InvalidInput) as caught:
        pasted_rows("启动会\t2020-9-1\n验收\t3/4/2020")
    assert [(p.field, type(p)) for p in caught.value.problems] == [("1.due_on", AmbiguousDay)]


@pytest.mark.parametrize("weight", ["-1", "1e308", "nan", "十"])
def test_a_pasted_weight_that_is_none_is_named(weight: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        pasted_rows(f"启动会\t2020-9-1\t2020-10-1\t{weight}")
    assert [(p.field, type(p)) for p in caught.value.problems] == [("0.weight", NotANumber)]


def test_a_pasted_row_with_five_columns_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        pasted_rows("a\tb\tc\td\te")
    assert isinstance(caught.value.problems[0], TooManyColumns)


def test_a_cell_only_i_changed_is_written() -> None:
    writes, cells = cells_in_conflict("x", _stored(), _stored(due_on=OCTOBER), _row(weight=20))
    assert (writes, cells) == ({"weight": 20}, [])


def test_a_cell_both_changed_alike_is_no_conflict() -> None:
    assert cells_in_conflict("x", _stored(), _stored(weight=20), _row(weight=20)) == ({}, [])


def test_a_cell_both_changed_differently_is_a_conflict() -> None:
    _, cells = cells_in_conflict("x", _stored(), _stored(weight=20), _row(weight=30))
    assert cells == [Cell(1, "x", "weight", 20, 30)]


def test_after_the_choice_theirs_stands_where_it_was_chosen() -> None:
    fresh = {1: _stored(weight=20, due_on=OCTOBER)}
    [row] = rebased([_stored(weight=30)], {1: _stored()}, fresh, {(1, "weight")})
    assert (row["weight"], row["due_on"]) == (20, OCTOBER)


def test_after_the_choice_mine_stands_where_it_was_not() -> None:
    fresh = {1: _stored(weight=20, due_on=OCTOBER)}
    [row] = rebased([_stored(weight=30)], {1: _stored()}, fresh, set())
    assert (row["weight"], row["due_on"]) == (30, OCTOBER)


def test_after_the_choice_rows_that_others_added_are_there() -> None:
    rows = rebased([_stored()], {1: _stored()}, {1: _stored(), 2: _stored(2)}, set())
    assert [row["id"] for row in rows] == [1, 2]


def test_after_the_choice_my_added_rows_are_there() -> None:
    added = _row(name="验收") | {"id": None}
    assert added in rebased([_stored(), added], {1: _stored()}, {1: _stored()}, set())


def test_a_row_they_removed_comes_back_as_a_new_one_if_mine_was_chosen() -> None:
    [row] = rebased([_stored(weight=30)], {1: _stored()}, {}, set())
    assert (row["id"], row["weight"]) == (None, 30)


def test_a_row_they_removed_stays_away_if_theirs_was_chosen() -> None:
    assert rebased([_stored(weight=30)], {1: _stored()}, {}, {(1, "removed")}) == []


def test_a_row_i_removed_comes_back_if_theirs_was_chosen() -> None:
    fresh = {1: _stored(weight=20)}
    assert [row["weight"] for row in rebased([], {1: _stored()}, fresh, {(1, "removed")})] == [20]


def test_a_row_i_removed_stays_away_if_mine_was_chosen() -> None:
    assert rebased([], {1: _stored()}, {1: _stored(weight=20)}, set()) == []


def test_cancelled_rows_weigh_nothing() -> None:
    assert weight_total([_stored(weight=5), _stored(cancelled_on=SEPTEMBER), {"weight": None}]) == 5
