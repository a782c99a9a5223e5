"""The expiry calendar as a chart: a bar for each kind and month, turned on a phone, and the empty case."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.charts.stored import assert_as_stored
from tracker.charts.expiry import expiry_chart, expiry_heading
from tracker.charts.picture import picture, specification
from tracker.charts.view import ChartView
from tracker.i18n import words_in
from tracker.portfolio.expiry import expiry_months

ZH, EN = words_in("zh_CN"), words_in("en")
DAY = date(2021, 6, 30)
VIEW = ChartView(DAY, ("湖南省",), ("截至 2021-06-30",))
COUNTS = {date(2021, 7, 1): (1, 2, 3, 1, 2), date(2022, 1, 1): (4, 0, 0, 0, 0)}
NAMES = ("decisions", "missed", "ends", "renewing", "with_open")
MONTHS = pl.DataFrame(
    [
        {"month_on": month, **dict(zip(NAMES, COUNTS.get(month, (0,) * 5), strict=True))}
        for month in expiry_months(DAY)
    ]
)
ROWS = pl.DataFrame({"decision": ["due", "missed"], "decision_on": [date(2021, 7, 9), date(2021, 5, 1)]})


def _spec(view: ChartView = VIEW, words: Any = ZH) -> dict[str, Any]:
    return specification(expiry_chart(MONTHS, view, words), 900)


def _bars() -> list[dict[str, Any]]:
    return _spec(words=EN)["datasets"]["frame_0"]  # type: ignore[no-any-return]


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(expiry_chart(MONTHS, VIEW, ZH), "expiry")


def test_every_month_has_its_decisions_and_its_ends() -> None:
    july = {row["kind"]: row["count"] for row in _bars() if row["month"] == "2021-07"}
    assert (len(_bars()), july) == (36, {"Decisions due": 1, "Terms end": 3})


def test_a_missed_decision_marks_the_end_it_belongs_to() -> None:
    assert [(row["kind"], row["month"]) for row in _bars() if row["gone"]] == [("Terms end", "2021-07")]


def test_decisions_are_hollow_and_ends_filled() -> None:
    fills = _spec()["layer"][0]["encoding"]["fill"]["scale"]["range"]
    assert (fills[0], fills[0] == fills[1]) == ("#FFFFFF", False)


@pytest.mark.parametrize(("narrow", "axis"), [(False, "x"), (True, "y")])
def test_months_run_across_a_page_and_down_a_phone(narrow: bool, axis: str) -> None:
    spec = _spec(ChartView(DAY, narrow=narrow))
    assert spec["layer"][0]["encoding"][axis]["field"] == "month"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (ZH, ("全国：至 2022-11 有 3 份协议到期，其中 2 份仍有未完项目", 2)),
        (EN, ("全国: 3 terms end by 2022-11, 2 of them with open projects", 2)),
    ],
)
def test_the_title_says_how_many_end_and_how_many_with_open_work(words: Any, title: tuple[str, int]) -> None:
    lines = expiry_heading(ROWS, MONTHS, ("全国", 45, DAY), words)[0]
    assert (lines[0], len(lines)) == title


def test_the_title_says_the_next_decision_and_those_missed() -> None:
    second = expiry_heading(ROWS, MONTHS, ("全国", 45, DAY), EN)[0][1]
    assert second == "5 decisions due, the next on 2021-07-09; 2 missed their day"


def test_without_a_decision_the_title_says_so() -> None:
    none_due = MONTHS.with_columns(decisions=pl.lit(0), missed=pl.lit(0))
    assert expiry_heading(ROWS.clear(), none_due, ("全国", 45, DAY), EN)[0][1] == "No decision is due"


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("narrow", [True, False])
def test_the_chart_can_be_drawn_on_every_page(dark: bool, narrow: bool) -> None:
    chart = expiry_chart(MONTHS, ChartView(DAY, dark=dark, narrow=narrow), EN)
    assert picture(chart, "svg", 400).startswith(b"<svg")


def test_nothing_that_ends_or_is_decided_is_refused() -> None:
    nothing = MONTHS.with_columns(pl.lit(0).alias(name) for name in NAMES)
    with pytest.raises(ValueError, match="an end or a decision"):
        expiry_chart(nothing, VIEW, ZH)
