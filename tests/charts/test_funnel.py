from dataclasses import replace
from typing import Any

import pytest

from tests.charts.stored import assert_as_stored
from tests.portfolio.test_tile_map import facts
from tests.portfolio.timeline_facts import AS_OF, portfolio
from tracker.charts.funnel import funnel_chart, funnel_frame, funnel_heading
from tracker.charts.picture import picture
from tracker.charts.view import ChartView
from tracker.i18n import Words, words_in
from tracker.portfolio.funnel import funnel
from tracker.portfolio.part import Part

ZH, EN = words_in("zh_CN"), words_in("en")
VIEW = ChartView(AS_OF, ("从触达到上线",), ("截至 2021-06-30",))
STAGES = funnel(facts(), AS_OF, Part())


def _told(words: Words) -> list[tuple[Any, ...]]:
    return funnel_frame(STAGES, words).select("said", "unit", "told").rows()


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(funnel_chart(STAGES, VIEW, ZH), "funnel")


def test_each_stage_says_its_unit_and_its_n_of_n() -> None:
    assert _told(EN) == [
        ("Contacted", "counties", "3/4* · 75%"),
        ("Signed", "counties", "3/3* · 100%"),
        ("Turned into projects", "agreements", "1/2* · 50%"),
        ("Performing", "agreements", "2/2* · 100%"),
        ("Landed", "agreements", "1/2* · 50%"),
        ("Live", "projects", "not recorded"),
    ]


def test_the_stages_have_their_chinese_names() -> None:
    assert _told(ZH)[3:] == [
        ("履约", "协议", "2/2* · 100%"),
        ("已落地", "协议", "1/2* · 50%"),
        ("上线", "项目", "未记录"),
    ]


def test_a_stage_without_records_has_no_track() -> None:
    frame = funnel_frame(STAGES, EN)
    assert frame["whole"].to_list() == [1.0, 1.0, 1.0, 1.0, 1.0, 0.0]


def test_a_stage_of_nothing_is_a_dash() -> None:
    frame = funnel_frame(funnel(facts(), AS_OF, Part(event_id=99)), EN)
    assert frame.filter(said="Landed")["told"].to_list() == ["–"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (EN, "Nation: 1 of 2 signed agreements have landed"),
        (ZH, "Nation：已签协议2份，其中1份已落地"),
    ],
)
def test_the_title_says_how_many_landed(words: Words, title: str) -> None:
    assert funnel_heading(STAGES, "Nation", AS_OF, words)[0] == (title,)


def test_the_title_says_no_number_where_none_is_known() -> None:
    empty = funnel(portfolio(), AS_OF, Part())
    assert funnel_heading(empty, "Nation", AS_OF, EN)[0] == ("Nation: from first contact to going live",)


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("part", [Part(), Part(pillar_id=2), Part(event_id=99)])
def test_it_can_be_drawn_of_any_part(part: Part, narrow: bool) -> None:
    chart = funnel_chart(funnel(facts(), AS_OF, part), replace(VIEW, narrow=narrow), EN)
    assert picture(chart, "svg", 390).startswith(b"<svg")


def test_an_empty_nation_can_be_drawn() -> None:
    assert picture(funnel_chart(funnel(portfolio(), AS_OF, Part()), VIEW, ZH), "svg").startswith(b"<svg")


def test_no_stage_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="stages"):
        funnel_chart(STAGES.clear(), VIEW, ZH)
