from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import altair as alt
import polars as pl
import pytest
from streamlit.elements.vega_charts import _convert_altair_to_vega_lite_spec as sent_by_a_page

from tests.portfolio.test_tile_map import facts
from tests.portfolio.timeline_facts import AS_OF
from tracker.charts.frame import WholeChart
from tracker.charts.funnel import funnel_chart
from tracker.charts.picture import specification
from tracker.charts.view import ChartView
from tracker.i18n import words_in
from tracker.portfolio.funnel import funnel
from tracker.portfolio.part import Part

ZH, EN = words_in("zh_CN"), words_in("en")
VIEW = ChartView(AS_OF, ("From contact to going live",), ("As of 2021-06-30",))


def _stages(event_id: int | None = None) -> pl.DataFrame:
    """The same content each time, in a frame of its own."""
    return funnel(facts(), AS_OF, Part(event_id=event_id))


def _drawn() -> WholeChart:
    return funnel_chart(_stages(), VIEW, EN)


def test_the_same_content_is_drawn_once() -> None:
    assert _drawn() is _drawn()


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param((_stages(99), VIEW, EN), id="other data"),
        pytest.param((_stages(), VIEW, ZH), id="another language"),
        pytest.param((_stages(), replace(VIEW, dark=True), EN), id="another theme"),
        pytest.param((_stages(), replace(VIEW, narrow=True), EN), id="another width"),
        pytest.param((_stages(), replace(VIEW, title=("Other",)), EN), id="another heading"),
    ],
)
def test_whatever_differs_is_drawn_anew(asked: tuple[Any, ...]) -> None:
    assert specification(funnel_chart(*asked), 450) != specification(_drawn(), 450)


def test_one_changed_number_is_drawn_anew() -> None:
    changed = _stages().with_columns(pl.col("n") + 1)
    assert funnel_chart(changed, VIEW, EN) is not _drawn()


def test_a_page_that_sends_a_chart_again_sends_the_same() -> None:
    chart = _drawn()
    first = sent_by_a_page(chart)
    assert first["datasets"]
    assert sent_by_a_page(chart) == first


def test_what_a_page_does_to_what_it_sent_is_not_sent_again() -> None:
    chart = _drawn()
    first = sent_by_a_page(chart)
    first["layer"].clear()
    first["datasets"].clear()
    again = sent_by_a_page(chart)
    assert again["layer"]
    assert again["datasets"]


def test_a_chart_that_was_sent_becomes_a_picture_with_its_data_inside() -> None:
    chart = _drawn()
    before = specification(chart, 450)
    sent_by_a_page(chart)
    assert specification(chart, 450) == before


def test_a_copy_of_a_sent_chart_sends_its_own() -> None:
    chart = _drawn()
    sent_by_a_page(chart)
    copied = chart.copy(deep=True)
    copied.title = "Another"
    assert sent_by_a_page(copied)["title"] == "Another"


def test_many_people_at_once_get_their_own_charts() -> None:
    headings = [f"Heading {n}" for n in range(24)] * 4

    def send(heading: str) -> Any:
        chart = funnel_chart(_stages(), replace(VIEW, title=(heading,)), EN)
        return sent_by_a_page(chart)["title"]["text"]

    with ThreadPoolExecutor(8) as pool:
        assert [list(text) for text in pool.map(send, headings)] == [[heading] for heading in headings]


def test_a_chart_outside_a_page_holds_its_rows() -> None:
    alt.data_transformers.enable("default")
    assert any(_drawn().to_dict()["datasets"].values())
