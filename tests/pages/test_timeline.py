"""The timeline's screen: lights to narrow and sort by, what colours the bars, and the finding above."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.list_screen import DEMO_DAY, look
from tracker.services.desk import Desk


def _timeline(locale: str = "en", **address: str) -> AppTest:
    return look("timeline.py", DEMO_DAY | {name: [value] for name, value in address.items()}, locale)


def _spec(app: AppTest) -> dict[str, Any]:
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return next(spec for spec in specs if "title" in spec)


def _rows(app: AppTest) -> list[dict[str, Any]]:
    return next(t.value for t in app.dataframe if "slip_original_days" in t.value.columns).to_dict("records")


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "days or more later than first planned"), ("zh-CN", "比原计划晚 40 天以上")]
)
def test_the_heading_counts_lights_and_late_projects(demonstration: Desk, locale: str, words: str) -> None:
    assert words in "".join(_spec(_timeline(locale))["title"]["text"])


def test_a_light_narrows_the_rows_to_it(demonstration: Desk) -> None:
    assert {row["light"] for row in _rows(_timeline(light="green"))} == {"● green"}


def test_the_worst_light_comes_first_when_asked_for(demonstration: Desk) -> None:
    rows = [row for row in _rows(_timeline(order="light")) if isinstance(row["light"], str)]
    worst = {"■ red": 0, "▲ yellow": 1, "○ grey": 2, "● green": 3, "✓ blue": 4, "× stopped": 5}
    assert worst[rows[0]["light"]] == min(worst[row["light"]] for row in rows)


@pytest.mark.parametrize(("colour", "field"), [("", "light"), ("pillar", "pillar_code"), ("odd", "light")])
def test_the_address_says_what_colours_the_bars(demonstration: Desk, colour: str, field: str) -> None:
    bars = [layer for layer in _spec(_timeline(colour=colour))["layer"] if layer["mark"]["type"] == "bar"]
    assert {bar["encoding"]["fill"]["field"] for bar in bars if "fill" in bar["encoding"]} == {field}
