"""Workload as a chart: its columns, its order, what it says of nobody, and the empty case."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.charts.stored import assert_as_stored
from tracker.charts.picture import picture
from tracker.charts.view import ChartView
from tracker.charts.workload import (
    WorkloadOrder,
    in_order,
    workload_chart,
    workload_grid,
    workload_heading,
)
from tracker.i18n import words_in
from tracker.portfolio.workload import Workload
from tracker.rules.month import months_around

ZH, EN = words_in("zh_CN"), words_in("en")
DAY = date(2021, 6, 30)
VIEW = ChartView(DAY, ("湖南省",), ("截至 2021-06-30",))
MONTHS = months_around(DAY, 0, 11)


def _bearer(key: str, projects: int, open_: int, overdue: int) -> dict[str, Any]:
    return {
        "key": key,
        "label": key,
        "label_en": key,
        "projects": projects,
        "open": open_,
        "key_open": 1,
        "overdue": overdue,
        "key_overdue": min(1, overdue),
        "partly": 0,
        "later": 0,
        "undated": 0,
    }


BEARERS = [_bearer("乙主任", 2, 5, 3), _bearer("甲主任", 4, 6, 1), _bearer("", 0, 2, 0)]
CELLS = [
    {"key": "乙主任", "month_on": date(2021, 7, 1), "due": 2, "key_due": 1},
    {"key": "甲主任", "month_on": date(2022, 1, 1), "due": 5, "key_due": 0},
    {"key": "", "month_on": date(2021, 6, 1), "due": 2, "key_due": 0},
]
FOUND = Workload(MONTHS, pl.DataFrame(BEARERS), pl.DataFrame(CELLS))


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(workload_chart(FOUND, VIEW, ZH), "workload")


def test_projects_held_and_overdue_stand_before_the_months() -> None:
    columns = workload_grid(FOUND, VIEW, ZH).columns
    assert (len(columns), columns[:3]) == (14, ["projects", "overdue", "2021-06"])


def test_a_phone_shows_three_months() -> None:
    columns = workload_grid(FOUND, ChartView(DAY, narrow=True), ZH).columns
    assert columns[2:] == ["2021-06", "2021-07", "2021-08"]


@pytest.mark.parametrize(
    ("key", "column", "counts"),
    [
        ("乙主任", "projects", (2, 0)),
        ("乙主任", "overdue", (3, 1)),
        ("乙主任", "2021-07", (2, 1)),
        ("甲主任", "2022-01", (5, 0)),
    ],
)
def test_each_cell_has_its_count_and_its_key_milestones(
    key: str, column: str, counts: tuple[int, int]
) -> None:
    cells = workload_grid(FOUND, VIEW, ZH).cells.filter(key=key, column=column)
    assert cells.select("count", "keys").rows() == [counts]


def test_where_there_is_nothing_there_is_no_cell() -> None:
    cells = workload_grid(FOUND, VIEW, ZH).cells.filter(key="")
    assert cells["column"].to_list() == ["2021-06"]


@pytest.mark.parametrize(("words", "said"), [(ZH, "未指定"), (EN, "nobody named")])
def test_what_is_nobodys_says_so(words: Any, said: str) -> None:
    assert workload_grid(FOUND, VIEW, words).rows[-1] == said


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        (WorkloadOrder.overdue, ["乙主任", "甲主任", ""]),
        (WorkloadOrder.open, ["甲主任", "乙主任", ""]),
        (WorkloadOrder.projects, ["甲主任", "乙主任", ""]),
        (WorkloadOrder.name, ["", "乙主任", "甲主任"]),
    ],
)
def test_bearers_are_drawn_in_the_order_asked_for(order: WorkloadOrder, keys: list[str]) -> None:
    assert in_order(FOUND, order, ZH).bearers["key"].to_list() == keys


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (ZH, "全国：未完成里程碑中逾期 4/13，乙主任最多（3 个）"),
        (EN, "全国: 4 of 13 open milestones are overdue, most with 乙主任 (3)"),
    ],
)
def test_the_title_says_who_has_most_overdue_whatever_the_order(words: Any, title: str) -> None:
    found = in_order(FOUND, WorkloadOrder.name, words)
    assert workload_heading(found, "全国", DAY, words)[0] == (title,)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("narrow", [True, False])
def test_the_chart_can_be_drawn_on_every_page(dark: bool, narrow: bool) -> None:
    chart = workload_chart(FOUND, ChartView(DAY, dark=dark, narrow=narrow), EN)
    assert picture(chart, "svg", 400).startswith(b"<svg")


def test_nobody_at_all_is_refused() -> None:
    nobody = Workload(MONTHS, FOUND.bearers.clear(), FOUND.cells.clear())
    with pytest.raises(ValueError, match="at least one cell"):
        workload_chart(nobody, VIEW, ZH)
