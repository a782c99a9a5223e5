"""The light mix: counts and changes by hand, shapes beside the colours, and the empty case."""

from datetime import date
from typing import Any

import pytest

from tests.charts.stored import assert_as_stored
from tracker.charts import palette, shape
from tracker.charts.light_mix import light_mix, light_mix_chart
from tracker.charts.picture import picture, specification
from tracker.charts.view import ChartView
from tracker.i18n import words_in

ZH, EN = words_in("zh_CN"), words_in("en")
VIEW = ChartView(date(2021, 6, 30), ("湖南省：12 个项目",), ("截至 2021-06-30",))
NONE = {f"light_{light}": 0 for light in palette.LIGHTS}
NOW = NONE | {"light_red": 5, "light_yellow": 3, "light_green": 1200}
BEFORE = NONE | {"light_red": 3, "light_yellow": 6, "light_green": 1200}


def _spec(words: Any = ZH) -> dict[str, Any]:
    return specification(light_mix_chart(light_mix(NOW, BEFORE), VIEW, words), 900)


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(light_mix_chart(light_mix(NOW, BEFORE), VIEW, ZH), "light_mix")


def test_each_light_has_its_count_and_its_change() -> None:
    rows = light_mix(NOW, BEFORE).select("light", "count", "before", "change").rows()
    assert rows[:2] == [("red", 5, 3, 2), ("yellow", 3, 6, -3)]


def test_a_change_is_told_with_its_sign_and_no_change_not_at_all() -> None:
    told = {row["light"]: row["told"] for row in _spec()["datasets"]["frame_0"]}
    assert (told["red"], told["yellow"], told["green"]) == ("5 (+2)", "3 (-3)", "1,200")


@pytest.mark.parametrize(("words", "name"), [(ZH, "无计划"), (EN, "no plan")])
def test_grey_says_why_in_both_languages(words: Any, name: str) -> None:
    assert name in [row["said"] for row in _spec(words)["datasets"]["frame_0"]]


def test_every_light_has_the_shape_it_has_everywhere() -> None:
    marks = _spec()["layer"][-1]["encoding"]["shape"]["scale"]
    assert dict(zip(marks["domain"], marks["range"], strict=True)) == shape.LIGHT_SHAPES


@pytest.mark.parametrize("dark", [True, False])
def test_the_chart_can_be_drawn_on_either_page(dark: bool) -> None:
    chart = light_mix_chart(light_mix(NOW, NONE), ChartView(VIEW.as_of, dark=dark), EN)
    assert picture(chart, "svg", 400).startswith(b"<svg")


def test_no_project_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one project"):
        light_mix_chart(light_mix(NONE, NONE), VIEW, ZH)
