"""The heat table: what its cells say by hand, its specification, both pages, and the empty case."""

from typing import Any

import pytest

from tests.charts.stored import assert_as_stored
from tests.portfolio.test_figures import TABLES
from tests.portfolio.timeline_facts import AS_OF, PILLARS
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.charts.picture import picture, specification
from tracker.charts.region_heat import band, heat_chart, heat_frame, heat_heading
from tracker.charts.view import ChartView
from tracker.i18n import words_in
from tracker.portfolio.figures import Grouping
from tracker.portfolio.region_table import RegionTable, region_table

ZH, EN = words_in("zh_CN"), words_in("en")


def _found(**changed: list[dict[str, Any]]) -> RegionTable:
    return region_table(made_of(**TABLES | {"pillar": PILLARS} | changed), AS_OF, Grouping.province)


def _view(*, dark: bool = False, narrow: bool = False) -> ChartView:
    return ChartView(AS_OF, *heat_heading(_found(), AS_OF, ZH), dark=dark, narrow=narrow)


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(heat_chart(_found(), _view(), ZH), "region_heat")


def test_a_cell_says_its_lights_with_shapes_and_its_gap_with_a_star_for_few() -> None:
    # Of Hunan's one project two of three steps were due and one is met: 33.3 points behind, and red.
    said = heat_frame(_found(), _view(), ZH).select("region", "lights", "told", "band").rows()
    assert said[1] == ("湖南省", "■1", "+33.3*", 3)


def test_a_cell_without_a_plan_has_a_dash_and_no_shade() -> None:
    said = heat_frame(_found(), _view(), ZH).select("region", "told", "band").rows()
    assert ("贵州省", "–", -1) in said


def test_on_a_phone_a_region_is_named_above_its_row_and_once() -> None:
    spec = specification(heat_chart(_found(), _view(narrow=True), EN), 360)
    names = spec["layer"][-1]
    assert spec["layer"][0]["encoding"]["y"]["axis"] is None
    assert (names["encoding"]["text"]["field"], names["transform"]) == (
        "region",
        [{"filter": "datum.pillar_id == 0"}],
    )


def test_the_whole_of_a_region_stands_last() -> None:
    columns = list(dict.fromkeys(heat_frame(_found(), _view(), EN)["column"]))
    assert columns[-1] == "All pillars"


@pytest.mark.parametrize(
    ("gap", "step"),
    [
        (None, -1),
        (-0.2, 0),
        (0.0, 0),
        (0.001, 1),
        (0.0999, 1),
        (0.1, 2),
        (0.3, 2),
        (0.1 + 0.2, 2),
        (0.301, 3),
    ],
)
def test_a_gap_has_the_step_of_the_lights_own_edges(gap: float | None, step: int) -> None:
    assert band(gap) == step


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (ZH, "落后最多：湖南省 · "),
        (EN, "Furthest behind plan: "),
    ],
)
def test_the_title_says_the_finding(words: Any, title: str) -> None:
    assert heat_heading(_found(), AS_OF, words)[0][0].startswith(title)


def test_what_it_rests_on_is_printed_on_it() -> None:
    assert "1/2" in heat_heading(_found(), AS_OF, EN)[1][0]


def test_without_any_plan_the_title_says_so() -> None:
    title = heat_heading(_found(baseline=[], baseline_milestone=[]), AS_OF, EN)[0][0]
    assert title == "No project has an approved plan to be measured by"


@pytest.mark.parametrize("how", [{"dark": True}, {"dark": False}, {"narrow": True}])
def test_the_chart_can_be_drawn_on_any_page(how: dict[str, bool]) -> None:
    assert picture(heat_chart(_found(), _view(**how), EN), "svg", 400).startswith(b"<svg")


def test_a_table_without_a_project_is_refused() -> None:
    with pytest.raises(ValueError, match="region with a project"):
        heat_chart(_found(project=[], milestone=[]), _view(), ZH)
