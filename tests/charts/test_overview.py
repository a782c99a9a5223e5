from datetime import date

import polars as pl
import pytest

from tracker.charts.overview import due_chart, status_chart
from tracker.charts.picture import picture, specification
from tracker.i18n import words_in

ZH = words_in("zh_CN")
STATUSES = pl.DataFrame({"status": ["active", "expired"], "count": [120, 3]})
DUE = pl.DataFrame({"month_on": [None, date(2021, 7, 1)], "count": [12, 7]})


def test_statuses_are_named_and_counted() -> None:
    spec = specification(status_chart(STATUSES, ZH), 500)
    assert [(r["said"], r["count"]) for r in spec["datasets"]["frame_0"]] == [("履行中", 120), ("已到期", 3)]


def test_the_active_stand_first() -> None:
    assert (
        status_chart(STATUSES, ZH).to_dict(validate=True)["layer"][0]["encoding"]["y"]["sort"][0] == "履行中"
    )


def test_a_click_picks_a_status() -> None:
    (param,) = status_chart(STATUSES, ZH).to_dict()["params"]
    assert param["select"]["fields"] == ["status"]


def test_what_is_overdue_comes_first_and_has_its_own_name() -> None:
    spec = specification(due_chart(DUE, ZH), 500)
    assert [r["label"] for r in spec["datasets"]["frame_0"]] == ["已逾期", "2021-07"]


@pytest.mark.parametrize("dark", [True, False])
def test_both_charts_are_valid(dark: bool) -> None:
    for chart in (status_chart(STATUSES, ZH, dark), due_chart(DUE, ZH, dark)):
        chart.to_dict(validate=True)
        assert picture(chart, "svg", 400).startswith(b"<svg")


def test_nothing_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one agreement"):
        status_chart(STATUSES.clear(), ZH)
    with pytest.raises(ValueError, match="at least one month"):
        due_chart(DUE.clear(), ZH)
