from datetime import date

import polars as pl
import pytest

from tests.charts.stored import assert_as_stored
from tracker.charts.frame import WholeChart
from tracker.charts.overview import due_chart, due_heading, status_chart, status_heading
from tracker.charts.picture import picture, specification
from tracker.charts.view import ChartView
from tracker.i18n import words_in

ZH = words_in("zh_CN")
AS_OF = date(2021, 6, 30)
VIEW = ChartView(AS_OF, ("发现",), ("截至 2021-06-30",))
STATUSES = pl.DataFrame({"status": ["active", "expired"], "count": [120, 3]})
DUE = pl.DataFrame({"month_on": [None, date(2021, 7, 1)], "count": [12, 7]})


@pytest.mark.parametrize(
    ("chart", "name"), [(status_chart(STATUSES, VIEW, ZH), "status"), (due_chart(DUE, VIEW, ZH), "due")]
)
def test_the_specification_is_valid_and_as_stored(chart: WholeChart, name: str) -> None:
    assert_as_stored(chart, name)


def test_statuses_are_named_and_counted() -> None:
    spec = specification(status_chart(STATUSES, VIEW, ZH), 500)
    assert [(r["said"], r["count"]) for r in spec["datasets"]["frame_0"]] == [("履行中", 120), ("已到期", 3)]


def test_the_active_stand_first() -> None:
    assert (
        status_chart(STATUSES, VIEW, ZH).to_dict(validate=True)["layer"][0]["encoding"]["y"]["sort"][0]
        == "履行中"
    )


def test_a_click_picks_a_status() -> None:
    (param,) = status_chart(STATUSES, VIEW, ZH).to_dict()["params"]
    assert param["select"]["fields"] == ["status"]


def test_what_is_overdue_comes_first_and_has_its_own_name() -> None:
    spec = specification(due_chart(DUE, VIEW, ZH), 500)
    assert [r["label"] for r in spec["datasets"]["frame_0"]] == ["已逾期", "2021-07"]


@pytest.mark.parametrize("dark", [True, False])
def test_both_charts_are_valid(dark: bool) -> None:
    view = ChartView(AS_OF, ("x",), dark=dark)
    for chart in (status_chart(STATUSES, view, ZH), due_chart(DUE, view, ZH)):
        chart.to_dict(validate=True)
        assert picture(chart, "svg", 400).startswith(b"<svg")


def test_the_titles_say_the_finding_and_the_day() -> None:
    assert status_heading(STATUSES, AS_OF, ZH) == (
        ("123 份协议中 120 份履行中，0 份即将到期，3 份已到期",),
        ("截至 2021-06-30",),
    )
    assert due_heading(DUE, AS_OF, ZH)[0] == ("12 个里程碑已逾期，未来 90 天到期 7 个",)


@pytest.mark.parametrize("chart", [status_chart(STATUSES, VIEW, ZH), due_chart(DUE, VIEW, ZH)])
def test_every_axis_of_counts_says_what_is_counted(chart: WholeChart) -> None:
    sides = chart.to_dict()["layer"][0]["encoding"]
    assert {sides[side].get("axis", {}).get("title") for side in ("x", "y")} & {"协议", "里程碑"}


def test_nothing_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one agreement"):
        status_chart(STATUSES.clear(), VIEW, ZH)
    with pytest.raises(ValueError, match="at least one month"):
        due_chart(DUE.clear(), VIEW, ZH)
