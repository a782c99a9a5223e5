"""What was pushed out, by reason: named, counted, with a re-baseline of its own."""

from datetime import date

import polars as pl
import pytest

from tests.charts.stored import assert_as_stored
from tracker.charts.picture import picture, specification
from tracker.charts.pushed_out import reason_chart
from tracker.charts.view import ChartView
from tracker.i18n import words_in

ZH = words_in("zh_CN")
COUNTS = pl.DataFrame({"reason_code": ["county", None], "count": [7, 2]})
VIEW = ChartView(date(2021, 6, 30), ("9/40",), ("截至 2021-06-30",))


def test_reasons_are_named_and_counted() -> None:
    spec = specification(reason_chart(COUNTS, VIEW, ZH), 500)
    rows = spec["datasets"]["frame_0"]
    assert [(r["said"], r["count"]) for r in rows] == [("县方", 7), ("仅基线调整", 2)]


def test_the_heading_is_the_finding() -> None:
    assert specification(reason_chart(COUNTS, VIEW, ZH), 500)["title"]["text"] == ["9/40"]


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(reason_chart(COUNTS, VIEW, ZH), "pushed_out")


def test_the_chart_can_be_drawn() -> None:
    assert picture(reason_chart(COUNTS, VIEW, ZH), "svg", 400).startswith(b"<svg")


def test_nothing_to_count_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one milestone"):
        reason_chart(COUNTS.clear(), VIEW, ZH)
