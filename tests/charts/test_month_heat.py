"""The month heat map: what each cell says and how, the heading, a phone's months, and the empty case."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.charts.stored import assert_as_stored
from tracker.charts.month_grid import told_apart
from tracker.charts.month_heat import MOST_ROWS, heat_grid, heat_heading, month_heat_chart
from tracker.charts.picture import picture, specification
from tracker.charts.view import ChartView
from tracker.i18n import words_in
from tracker.portfolio.due_months import DueMonths
from tracker.rules.month import months_around

ZH, EN = words_in("zh_CN"), words_in("en")
DAY = date(2021, 6, 30)
VIEW = ChartView(DAY, ("湖南省",), ("截至 2021-06-30",))
MAY, JUNE, DECEMBER, JANUARY = (date(2021, 5, 1), date(2021, 6, 1), date(2021, 12, 1), date(2022, 1, 1))


def _cell(key: int, month: date, counts: tuple[int, int, int, int, int], name: str = "") -> dict[str, Any]:
    due, met, overdue, key_due, key_overdue = counts
    names = {1: ("湖南省", "Hunan"), 2: ("贵州省", "Guizhou")}.get(key, (f"县{key}", f"County {key}"))
    return {
        "key": key,
        "label": name or names[0],
        "label_en": name or names[1],
        "month_on": month,
        "due": due,
        "met": met,
        "open": due - met,
        "overdue": overdue,
        "key_due": key_due,
        "key_overdue": key_overdue,
    }


CELLS = [
    _cell(1, MAY, (10, 8, 2, 3, 1)),
    _cell(1, JUNE, (4, 4, 0, 0, 0)),
    _cell(1, JANUARY, (6, 0, 0, 2, 0)),
    _cell(2, DECEMBER, (1, 0, 0, 0, 0)),
]


def _found(*cells: dict[str, Any], busiest: tuple[date, int] | None = (JANUARY, 6)) -> DueMonths:
    rows = pl.DataFrame(list(cells) or CELLS)
    due, late = int(rows["due"].sum()), int(rows["overdue"].sum())
    return DueMonths(months_around(DAY, 3, 12), rows, due, late, busiest, 0, 0)


def _drawn(view: ChartView = VIEW, words: Any = ZH) -> list[dict[str, Any]]:
    return heat_grid(_found(), view, words).cells.to_dicts()


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(month_heat_chart(_found(), VIEW, ZH), "month_heat")


def test_each_cell_has_its_count_its_overdue_and_its_key_milestones() -> None:
    told = {(row["row"], row["column"]): (row["count"], row["late"], row["keys"]) for row in _drawn()}
    assert told[("湖南省", "2021-05")] == (10, 2, 3)


def test_only_a_cell_with_everything_met_is_done() -> None:
    assert [row["column"] for row in _drawn() if row["is_done"]] == ["2021-06"]


def test_overdue_has_a_triangle_key_a_diamond_and_done_a_tick() -> None:
    spec = specification(month_heat_chart(_found(), VIEW, ZH), 900)
    shown = [
        (layer["transform"][0]["filter"], layer["mark"]["shape"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
    ]
    assert [test for test, _ in shown] == ["datum.late > 0", "datum.is_done", "datum.keys > 0"]
    assert len({path for _, path in shown}) == 3


def test_columns_are_all_months_over_the_turn_of_the_year() -> None:
    columns = heat_grid(_found(), VIEW, ZH).columns
    assert (len(columns), columns[0], columns[9:11]) == (16, "2021-03", ["2021-12", "2022-01"])


def test_a_phone_shows_the_months_next_to_the_day() -> None:
    grid = heat_grid(_found(), ChartView(DAY, narrow=True), ZH)
    assert list(grid.columns) == ["2021-05", "2021-06", "2021-07", "2021-08", "2021-09"]


def test_a_phone_shows_the_months_with_something_due_if_those_have_nothing() -> None:
    far = _found(_cell(1, JANUARY, (6, 0, 0, 2, 0)))
    assert list(heat_grid(far, ChartView(DAY, narrow=True), ZH).columns) == ["2022-01"]


def test_a_row_without_a_cell_in_the_months_shown_is_left_out() -> None:
    assert heat_grid(_found(), ChartView(DAY, narrow=True), ZH).rows == ["湖南省"]


def test_no_more_rows_than_can_be_read_are_drawn() -> None:
    many = _found(*[_cell(n, MAY, (1, 0, 1, 0, 0)) for n in range(300)])
    assert len(heat_grid(many, VIEW, ZH).rows) == MOST_ROWS[False]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (ZH, "全国：到期里程碑逾期 2/21，湖南省最多（2 个）"),
        (EN, "全国: 2 of 21 milestones due are overdue, most in Hunan (2)"),
    ],
)
def test_the_title_says_how_much_is_overdue_and_where_most(words: Any, title: str) -> None:
    assert heat_heading(_found(), "全国", DAY, words)[0][0] == title


def test_the_subtitle_says_the_day_and_the_months() -> None:
    assert heat_heading(_found(), "全国", DAY, EN)[1][0] == "As of 2021-06-30 · 2021-03 to 2022-06"


def test_without_anything_ahead_no_busiest_month_is_told() -> None:
    assert len(heat_heading(_found(busiest=None), "全国", DAY, EN)[0]) == 1


def test_long_names_are_cut_and_still_told_apart() -> None:
    written = told_apart(["很长的名称" * 8, "很长的名称" * 8, "南县"], narrow=True)
    assert (len(set(written)), written[2], all("…" in name for name in written[:2])) == (3, "南县", True)


@pytest.mark.parametrize(("overdue", "row"), [(99, 40), (100, 54)])
def test_large_numbers_stand_below_each_other_instead_of_running_together(overdue: int, row: int) -> None:
    found = _found(_cell(1, JUNE, (300, 0, overdue, 5, 1)))
    assert month_heat_chart(found, VIEW, ZH).to_dict()["height"] == row


def test_in_more_than_sixteen_months_the_marks_stand_below_each_other() -> None:
    found = replace(_found(), months=months_around(DAY, 12, 12))
    assert month_heat_chart(found, VIEW, ZH).to_dict()["height"] == 54 * 2


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("narrow", [True, False])
def test_the_chart_can_be_drawn_on_every_page(dark: bool, narrow: bool) -> None:
    chart = month_heat_chart(_found(), ChartView(DAY, dark=dark, narrow=narrow), EN)
    assert picture(chart, "svg", 400).startswith(b"<svg")


def test_nothing_due_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one cell"):
        month_heat_chart(DueMonths((DAY,), pl.DataFrame(CELLS).clear(), 0, 0, None, 0, 0), VIEW, ZH)
