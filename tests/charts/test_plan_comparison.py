"""Two plans in one picture: ghosts, marks and connectors with signed days, worked by hand."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.charts.stored import assert_as_stored
from tracker.charts.picture import picture, specification
from tracker.charts.plan_comparison import comparison_period, plan_comparison_chart, signed
from tracker.charts.view import TimelineView
from tracker.i18n import words_in
from tracker.rules.plan_comparison import PLAN_SCHEMA, compared

ZH, EN = words_in("zh_CN"), words_in("en")
SEPTEMBER, DECEMBER, MARCH = date(2020, 9, 1), date(2020, 12, 1), date(2021, 3, 1)


def _plan(*lines: tuple[int, date | None, date | None]) -> pl.DataFrame:
    rows = [{"milestone_id": i, "start_on": start, "due_on": due, "weight": 10} for i, start, due in lines]
    marks = {"is_key": False, "is_gate": False}
    return pl.DataFrame([row | marks for row in rows], schema=PLAN_SCHEMA)


def _rows(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    rows = compared(before, after).sort("milestone_id")
    return rows.with_columns(name=pl.format("里程碑 {}", "milestone_id"))


ROWS = _rows(
    _plan((1, SEPTEMBER, DECEMBER), (2, None, MARCH), (3, None, MARCH)),
    _plan((1, SEPTEMBER, date(2021, 1, 15)), (2, None, date(2021, 2, 1)), (4, None, MARCH)),
)
VIEW = TimelineView(date(2020, 8, 1), date(2021, 4, 1), MARCH, ("B0 → B1",), ("截至 2021-03-01",))


def _values(words: Any = ZH, view: TimelineView = VIEW) -> list[list[dict[str, Any]]]:
    spec = specification(plan_comparison_chart(ROWS, view, words), 700)
    return [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"]]


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(plan_comparison_chart(ROWS, VIEW, ZH), "plan_comparison")


def test_a_connector_leads_from_the_older_due_day_to_the_newer() -> None:
    connectors = _values()[4]
    assert [(c["x"][:10], c["x2"][:10]) for c in connectors] == [
        ("2020-12-01", "2021-01-15"),
        ("2021-03-01", "2021-02-01"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [(ZH, ["+45 天", "−28 天", "移除", "新增"]), (EN, ["+45 d", "−28 d", "removed", "added"])],
)
def test_labels_say_the_signed_days_or_what_became_of_it(words: Any, said: list[str]) -> None:
    assert [row["said"] for row in _values(words)[6]] == said


def test_labels_stand_to_the_right_of_both_days() -> None:
    assert [row["x"][:10] for row in _values()[6]][:2] == ["2021-01-15", "2021-03-01"]


@pytest.mark.parametrize(("days", "said"), [(12, "+12"), (-3, "−3"), (0, "0")])
def test_days_are_written_with_their_sign(days: int, said: str) -> None:
    assert signed(days) == said


def test_the_older_plan_is_a_ghost_from_start_to_due() -> None:
    ghost = _values()[1][0]
    assert (ghost["x"][:10], ghost["x2"][:10]) == ("2020-09-01", "2020-12-01")


def test_the_older_plan_has_no_ghost_of_what_was_added() -> None:
    assert len(_values()[1]) == 3


def test_a_removed_milestone_is_a_cross() -> None:
    assert [m["look"] for m in _values()[5]] == ["diamond", "diamond", "gone", "diamond"]


def test_every_milestone_is_named_in_its_row() -> None:
    assert [row["name"] for row in _values()[7]] == [f"里程碑 {i}" for i in (1, 2, 3, 4)]


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("narrow", [True, False])
def test_the_chart_is_valid_on_any_page(dark: bool, narrow: bool) -> None:
    view = TimelineView(date(2020, 8, 1), date(2021, 4, 1), MARCH, ("B0 → B1",), (), dark, narrow)
    plan_comparison_chart(ROWS, view, ZH).to_dict(validate=True)


def test_a_picture_is_drawn() -> None:
    assert picture(plan_comparison_chart(ROWS, VIEW, ZH), "svg", 390).startswith(b"<svg")


def test_two_equal_plans_are_drawn_without_connectors() -> None:
    plan = _plan((1, SEPTEMBER, DECEMBER))
    spec = specification(plan_comparison_chart(_rows(plan, plan), VIEW, ZH), 700)
    assert spec["datasets"][spec["layer"][4]["data"]["name"]] == []


def test_the_period_holds_every_day_with_room_for_the_labels() -> None:
    first, last = comparison_period(ROWS, narrow=False)
    assert (first, last) == (date(2020, 8, 9), date(2021, 3, 24))


def test_a_milestone_without_any_due_day_is_left_out() -> None:
    undated = _rows(_plan((1, None, None), (2, None, MARCH)), _plan((1, None, None)))
    spec = specification(plan_comparison_chart(undated, VIEW, ZH), 700)
    assert len(spec["datasets"][spec["layer"][5]["data"]["name"]]) == 1


def test_nothing_to_draw_is_refused() -> None:
    undated = _rows(_plan((1, None, None)), _plan((1, None, None)))
    with pytest.raises(ValueError, match="at least one milestone"):
        plan_comparison_chart(undated, VIEW, ZH)
    with pytest.raises(ValueError, match="at least one milestone"):
        comparison_period(undated, narrow=True)
