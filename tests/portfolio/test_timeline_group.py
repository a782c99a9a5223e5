"""What a timeline's rows are grouped by, how pages keep groups whole, and names that two counties share."""

from typing import Any

import pytest

from tests.charts.sample import frames as made_of
from tests.charts.sample import row
from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    PILLARS,
    SUMMIT,
    agreement,
    party,
    portfolio,
    project,
)
from tracker.i18n import words_in
from tracker.portfolio.timeline import TimelineChoice, TimelineFrames, timeline_frames
from tracker.portfolio.timeline_page import on_page, page_breaks

ZH, EN = words_in("zh_CN"), words_in("en")
EVENTS = [
    {"id": 1, "name": "年会", "held_on": SUMMIT},
    {"id": 2, "name": "春季签约", "held_on": SUMMIT.replace(month=3)},
]


def _frames(language: str = "zh_CN", divisions: Any = None, **choice: Any) -> TimelineFrames:
    """醴陵市: P1 (industry, 华中区) and P2 (decision, 西南区); 南县: P3 of A2; 西秀区: nothing of A2."""
    facts = portfolio(
        division=divisions or DIVISIONS,
        pillar=PILLARS,
        signing_event=EVENTS,
        agreement=[agreement(1), agreement(2, event_id=2, owner="西南区")],
        party=[party(1, 1, 11), party(2, 2, 12), party(3, 2, 21)],
        project=[project(1, 1, 11), project(2, 1, 11, pillar_id=1, owner="西南区"), project(3, 2, 12)],
        sales_region=[{"id": 4, "name": "华中大区", "name_en": "Central", "position": 1}],
        sales_region_division=[{"id": 1, "sales_region_id": 4, "division_id": 3, "from_on": SUMMIT}],
    )
    return timeline_frames(facts, AS_OF, TimelineChoice(**choice), words_in(language))


def _told(frames: TimelineFrames) -> list[tuple[str, str | None]]:
    return frames.rows.select("group_name", "project_name").rows()


@pytest.mark.parametrize(
    ("group", "rows"),
    [
        ("county", [("", "P1"), ("", "P2"), ("", "P3"), ("", None)]),
        ("pillar", [("科学决策", "P2"), ("数字兴业", "P1"), ("数字兴业", "P3"), ("", None)]),
        ("owner", [("华中区", "P1"), ("华中区", "P3"), ("西南区", "P2"), ("西南区", None)]),
        ("event", [("春季签约", "P3"), ("春季签约", None), ("年会", "P1"), ("年会", "P2")]),
    ],
)
def test_rows_stand_under_their_group(group: str, rows: list[tuple[str, str | None]]) -> None:
    assert _told(_frames(group=group)) == rows


def test_a_group_counts_its_projects_and_not_counties_without_one() -> None:
    counts = _frames(group="owner").rows.select("group_name", "group_projects").unique().rows()
    assert sorted(counts) == [("华中区", 2), ("西南区", 1)]


def test_no_group_has_the_key_of_an_ungrouped_timeline() -> None:
    keys = [_frames(group=group).rows["group_key"].to_list() for group in ("pillar", "owner", "event")]
    assert [0 in found for found in keys] == [False] * 3


def test_groups_keep_their_order_when_the_worst_comes_first() -> None:
    names = [name for name, _ in _told(_frames(group="pillar", order="light"))]
    assert names == ["科学决策", "数字兴业", "数字兴业", ""]


def test_a_band_is_broken_where_its_rows_stand_in_different_groups() -> None:
    bands = _frames(group="pillar").bands.filter(agreement_number="A1")
    assert bands.select("row_from", "row_to").rows() == [(0, 0), (1, 1)]


def test_a_pillar_is_named_in_the_persons_language() -> None:
    assert _told(_frames("en", group="pillar"))[0][0] == "Scientific decisions"


def test_a_sales_region_is_a_region_with_a_negative_number() -> None:
    assert [name for _, name in _told(_frames(region_ids=frozenset({-4})))] == ["P1", "P2"]


def _twins(english: str, chinese: str) -> list[dict[str, Any]]:
    same = {11: {"name_en": english, "name": chinese}, 21: {"name_en": english, "name": "涉县"}}
    return [d | same.get(int(str(d["id"])), {}) for d in DIVISIONS]


def test_counties_of_one_english_name_show_their_chinese_one() -> None:
    names = _frames("en", _twins("She County", "歙县")).rows["county_name"].unique(maintain_order=True)
    assert names.to_list() == ["She County (歙县)", "南县", "She County (涉县)"]


def test_counties_of_one_chinese_name_show_their_prefecture() -> None:
    divisions = [d | ({"name": "南县", "parent_id": 3} if d["id"] == 11 else {}) for d in DIVISIONS]
    assert _frames(divisions=divisions).rows["county_name"][0] == "南县（株洲市）"


def _groups(*sizes: int) -> TimelineFrames:
    """Groups of counties with one row each."""
    keys = [key for key, size in enumerate(sizes, 1) for _ in range(size)]
    return made_of([row(n, county_id=n, group_key=key) for n, key in enumerate(keys)])


@pytest.mark.parametrize(
    ("sizes", "pages"),
    [
        ((30, 20), [range(50)]),
        ((30, 21), [range(30), range(30, 51)]),
        ((10, 60), [range(50), range(50, 70)]),
    ],
)
def test_a_group_is_not_broken_where_a_page_has_room_for_it(
    sizes: tuple[int, ...], pages: list[range]
) -> None:
    assert page_breaks(_groups(*sizes)) == pages


def test_three_hundred_counties_are_six_pages_of_fifty() -> None:
    assert [len(page) for page in page_breaks(_groups(300))] == [50] * 6


def test_five_thousand_rows_of_one_county_are_a_hundred_pages() -> None:
    rows = made_of([row(number) for number in range(5_000)])
    assert [len(page) for page in page_breaks(rows)] == [50] * 100


def test_a_band_that_goes_over_a_page_is_drawn_on_both() -> None:
    frames = _frames()
    assert [on_page(frames, page).bands["row_to"].to_list()[0] for page in (range(1), range(1, 3))] == [0, 0]
