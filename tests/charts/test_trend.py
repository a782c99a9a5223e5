from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.stored import assert_as_stored
from tests.portfolio.plan_facts import AS_OF, approved, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.charts.picture import picture, specification
from tracker.charts.trend import trend_chart
from tracker.charts.trend_heading import trend_heading
from tracker.charts.trend_label import apart
from tracker.charts.view import ChartView
from tracker.i18n import words_in
from tracker.portfolio.trend import Trend, trend

ZH, EN = words_in("zh_CN"), words_in("en")
VIEW = ChartView(AS_OF, ("电商运营",), ("截至 2021-06-30",))
APPROVED, DUE = date(2021, 1, 10), date(2021, 9, 1)


def _trend(lines: int = 3) -> Trend:
    """The first is met early, the second put off by 30 days, the others are kept."""
    steps = [step(n, name=f"里程碑{n}") for n in range(1, lines + 1)]
    steps[0]["met_on"] = date(2021, 5, 1)
    plans = [approved(*((s["id"], DUE, 10) for s in steps), on=APPROVED)]
    moved = {"id": 1, "milestone_id": 2, "changed_on": date(2021, 3, 3), "new_on": date(2021, 10, 1)}
    return trend(portfolio(**tables(steps, plans, []), forecast_change=[moved]), AS_OF, frozenset({1}))


def _spec(shown: Trend | None = None, view: ChartView = VIEW, words: Any = ZH) -> dict[str, Any]:
    return specification(trend_chart(shown or _trend(), view, words), 900)


def _data(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    return rows


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(trend_chart(_trend(), VIEW, ZH), "trend")


def test_a_line_has_its_name_at_its_end_with_the_days_it_moved() -> None:
    spec = _spec()
    texts = [layer for layer in spec["layer"] if layer["encoding"].get("text", {}).get("field") == "said"]
    said = [row["said"] for row in _data(spec, texts[0])]
    assert sorted(said) == ["+30  里程碑2", "±0  里程碑3", "−123  里程碑1"]


def test_only_what_is_met_ends_with_a_full_diamond() -> None:
    spec = _spec()
    diamonds = next(layer for layer in spec["layer"] if "fill" in layer["encoding"])
    met = {row["name"]: row["met_on"] for row in _data(spec, diamonds)}
    assert met == {"里程碑1": "2021-05-01T00:00:00", "里程碑2": None, "里程碑3": None}


def test_hovering_tells_the_move() -> None:
    spec = _spec()
    points = [r for r in _data(spec, spec["layer"][-1]) if r["name"] == "里程碑2"]
    assert [r["change"] for r in points if r["change"]] == [30]
    assert points[-1]["whole"] == 30


def test_lines_that_share_a_hue_differ_by_their_dash() -> None:
    lines = next(layer for layer in _spec(_trend(12))["layer"] if "strokeDash" in layer["encoding"])
    encoding = lines["encoding"]
    looks = zip(
        encoding["color"]["scale"]["range"],
        map(str, encoding["strokeDash"]["scale"]["range"]),
        strict=True,
    )
    assert len(set(looks)) == 12


@given(st.lists(st.floats(0, 300), max_size=20).map(sorted))
def test_names_never_cover_each_other(places: list[float]) -> None:
    moved = apart(places, 15, 400)
    assert all(low + 15 <= high + 1e-6 for low, high in pairwise(moved))
    assert all(-1e-6 <= place <= 400 for place in moved)


def test_names_with_room_stay_where_their_lines_end() -> None:
    assert apart([10, 40, 300], 15, 400) == [10, 40, 300]


def test_many_lines_make_the_chart_higher() -> None:
    assert _spec(_trend(40))["height"] == 640


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ZH, "电商运营：3 个里程碑中 1 个晚于最初预计，最多的是“里程碑2”，晚 30 天"),
        (EN, "电商运营: 1 of 3 milestones later than first expected, most of all 里程碑2 by 30 days"),
    ],
)
def test_the_title_says_the_finding(words: Any, said: str) -> None:
    assert trend_heading(_trend(), 3, "电商运营", AS_OF, words)[0] == (said,)


def test_the_subtitle_says_how_many_are_left_out() -> None:
    assert "显示里程碑 12/14" in trend_heading(_trend(14), 12, "电商运营", AS_OF, ZH)[1][0]


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="approved plan"):
        trend_chart(trend(portfolio(), AS_OF, frozenset()), VIEW, ZH)


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("day", [APPROVED, AS_OF])
def test_it_can_be_drawn_from_the_first_day_on(day: date, narrow: bool) -> None:
    facts = portfolio(**tables([step(1)], [approved((1, DUE, 10), on=APPROVED)], []))
    chart = trend_chart(trend(facts, day, frozenset({1})), replace(VIEW, as_of=day, narrow=narrow), ZH)
    assert picture(chart, "svg", 390).startswith(b"<svg")
