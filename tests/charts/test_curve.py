from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.charts.stored import assert_as_stored
from tests.portfolio.plan_facts import AS_OF, approved, plan, step
from tracker.charts.curve import curve_chart, gap_points, gap_words
from tracker.charts.curve_heading import curve_heading
from tracker.charts.picture import picture, specification
from tracker.charts.view import ChartView
from tracker.i18n import words_in
from tracker.portfolio.curve import Curve, curve
from tracker.portfolio.part import Part

ZH, EN = words_in("zh_CN"), words_in("en")
VIEW = ChartView(AS_OF, ("醴陵市",), ("截至 2021-06-30",))


def _curve(day: date = AS_OF) -> Curve:
    """Of weight 40 and 60, both planned by June, the lighter is done and the other expected in March."""
    facts = plan(
        step(1, weight=40, due_on=date(2021, 3, 31), met_on=date(2021, 4, 10)),
        step(2, weight=60, due_on=date(2021, 5, 31), forecast_on=date(2022, 3, 1)),
        baselines=[approved((1, date(2021, 3, 31), 40), (2, date(2021, 5, 31), 60))],
    )
    return curve(facts, day, Part())


def _spec(shown: Curve | None = None, view: ChartView = VIEW, words: Any = ZH) -> dict[str, Any]:
    return specification(curve_chart(shown or _curve(), view, words), 900)


def _marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(curve_chart(_curve(), VIEW, ZH), "curve")


def test_the_gap_is_said_in_points_on_the_day() -> None:
    assert gap_points(_curve(), AS_OF) == pytest.approx(60)
    assert _marks(_spec(), "text")[-1]["mark"]["text"] == "落后序时进度 60 个百分点"


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (12.34, "12.3 points behind plan"),
        (-3.0, "3 points ahead of plan"),
        (0.04, "on plan"),
        (-0.04, "on plan"),
        (0.06, "0.1 points behind plan"),
    ],
)
def test_a_gap_too_small_to_write_is_none(points: float, said: str) -> None:
    assert gap_words(points, EN) == said


def test_the_four_curves_differ_by_dash_and_width_as_well() -> None:
    lines = _marks(_spec(), "line")
    dashes = lines[0]["encoding"]["strokeDash"]["scale"]["range"]
    looks = zip(map(str, dashes), [line["mark"]["strokeWidth"] for line in lines], strict=True)
    assert len(set(looks)) == 4


def test_a_day_tells_all_its_values_and_a_dash_where_there_is_none() -> None:
    spec = _spec()
    stripes = spec["layer"][-1]
    rows = spec["datasets"][stripes["data"]["name"]]
    assert rows[-1] | {"day": ""} == {
        "day": "",
        "planned_original": "100%",
        "planned": "100%",
        "actual": "–",
        "forecast": "100%",
    }


def test_a_scope_without_a_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="approved plan"):
        curve_chart(curve(plan(step(1)), AS_OF, Part()), VIEW, ZH)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ZH, "醴陵市：落后序时进度 60 个百分点（实际 40%，序时 100%）"),
        (EN, "醴陵市: 60 points behind plan; actual 40%, planned 100%"),
    ],
)
def test_the_title_says_the_finding(words: Any, said: str) -> None:
    assert curve_heading(_curve(), "醴陵市", AS_OF, words)[0] == (said,)


def test_the_subtitle_says_the_day_and_the_coverage() -> None:
    said = curve_heading(_curve(), "醴陵市", AS_OF, ZH)[1]
    assert said == ("截至 2021-06-30 · 有已批准计划的项目 1/1，各项目等权 · 基线调整过 0/1",)


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("day", [date(2020, 8, 1), AS_OF, date(2022, 5, 1)])
def test_it_can_be_drawn_on_every_day_of_the_plan(day: date, narrow: bool) -> None:
    view = replace(VIEW, as_of=day, narrow=narrow)
    assert picture(curve_chart(_curve(day), view, ZH), "svg", 390).startswith(b"<svg")


def test_words_about_a_gap_near_the_top_do_not_stand_on_the_days_name() -> None:
    late = date(2022, 5, 1)
    day, gap = _marks(_spec(_curve(late), replace(VIEW, as_of=late)), "text")
    assert (day["mark"]["dy"], gap["mark"]["dy"]) == (-26, -16)


def test_words_about_a_gap_near_the_bottom_do_not_stand_on_the_days_of_the_axis() -> None:
    early = date(2020, 8, 1)
    gap = _marks(_spec(_curve(early), replace(VIEW, as_of=early)), "text")[-1]
    assert gap["mark"]["dy"] == -16
