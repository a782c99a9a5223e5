from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.charts.stored import assert_as_stored
from tests.portfolio.test_tile_map import GUIZHOU, HUNAN, TIBET, facts
from tests.portfolio.timeline_facts import AS_OF, agreement, party
from tracker.charts import palette
from tracker.charts.picture import picture, specification
from tracker.charts.tile_map import tile_chart, tile_frame
from tracker.charts.tile_map_heading import tile_heading
from tracker.charts.view import ChartView
from tracker.i18n import Words, words_in
from tracker.portfolio.part import Part
from tracker.portfolio.tile_map import TileMap, tile_map
from tracker.rules.tile_measure import TileMeasure

ZH, EN = words_in("zh_CN"), words_in("en")
VIEW = ChartView(AS_OF, ("落地率",), ("截至 2021-06-30",))


def _found(measure: TileMeasure = TileMeasure.landing, **tables: Any) -> TileMap:
    return tile_map(facts(**tables), AS_OF, Part(), measure)


def _tile(division: int, words: Words = ZH, view: ChartView = VIEW, found: TileMap | None = None) -> Any:
    rows = tile_frame(found or _found(), view, words).to_dicts()
    return next(row for row in rows if row["division_id"] == division)


def _many(count: int) -> dict[str, Any]:
    """So many agreements of 醴陵市, and three of 西秀区, none landed."""
    agreements = [agreement(n) for n in range(1, count + 4)]
    parties = [party(n, n, 11 if n <= count else 21) for n in range(1, count + 4)]
    return {"agreement": agreements, "party": parties}


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(tile_chart(_found(), VIEW, ZH), "tile_map")


def test_a_tile_says_n_of_n_with_a_star_for_few() -> None:
    assert (_tile(HUNAN)["said"], _tile(HUNAN)["counted"]) == ("湖南省", "1/2*")


def test_enough_records_have_no_star() -> None:
    found = _found(TileMeasure.signed, **_many(12))
    assert _tile(HUNAN, found=found)["counted"] == "12/12"


def test_a_tile_without_a_record_is_blank() -> None:
    tile = _tile(TIBET)
    assert (tile["said"], tile["counted"], tile["value"]) == ("西藏", "", None)


def test_nought_of_some_is_not_blank() -> None:
    assert _tile(TIBET, found=_found(TileMeasure.coverage))["counted"] == "0/1*"


def test_an_english_name_without_room_is_two_letters() -> None:
    said = [_tile(GUIZHOU, EN, replace(VIEW, narrow=narrow))["said"] for narrow in (False, True)]
    assert said == ["Guizhou", "GZ"]


def test_counts_without_room_break_at_the_stroke() -> None:
    found = _found(TileMeasure.signed, **_many(1200))
    assert _tile(HUNAN, view=replace(VIEW, narrow=True), found=found)["counted"] == "1200/\n1200"


def test_letters_stand_out_from_every_shade() -> None:
    for dark in (False, True):
        for shade, letters in palette.shades(dark):
            assert _contrast(shade, letters) >= 4.5


def test_shades_go_one_way() -> None:
    light, dark = ([_luminance(shade) for shade, _ in palette.shades(d)] for d in (False, True))
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)


def test_lights_are_drawn_as_parts_of_a_bar_with_their_marks() -> None:
    spec = specification(tile_chart(_found(TileMeasure.lights), VIEW, EN), 680)
    bars = next(rows for rows in spec["datasets"].values() if rows and "light" in rows[0])
    assert {row["light"] for row in bars} == {"■ red"}


def test_a_click_anywhere_on_a_tile_names_its_province() -> None:
    spec = specification(tile_chart(_found(TileMeasure.lights), VIEW, EN), 680)
    assert spec["params"][0]["select"]["fields"] == ["division_id"]
    assert all("division_id" in rows[0] for rows in spec["datasets"].values())


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (EN, "All regions: landed 1/13 · 7.7%; most in Hunan (1/10 · 10%), least in Guizhou (0/10 · 0%)"),
        (ZH, "全国：落地 1/13 · 7.7%；最高湖南省（1/10 · 10%），最低贵州省（0/10 · 0%）"),
    ],
)
def test_the_title_compares_the_provinces_that_have_enough(words: Words, title: str) -> None:
    tiles = _found().tiles.with_columns(of=10, is_few=False).head(2)
    found = TileMap(TileMeasure.landing, tiles, 1, 13)
    where = "All regions" if words is EN else "全国"
    assert tile_heading(found, where, AS_OF, words)[0] == (title,)


def test_the_title_compares_nobody_where_all_are_few() -> None:
    assert tile_heading(_found(), "All regions", AS_OF, EN)[0] == ("All regions: landed 1/2 · 50%",)


def test_the_title_compares_nobody_where_all_are_alike() -> None:
    tiles = _found().tiles.with_columns(n=0, of=10, is_few=False).head(2)
    found = TileMap(TileMeasure.lights, tiles, 0, 20)
    assert tile_heading(found, "All regions", AS_OF, EN)[0] == ("All regions: red 0/20 · 0%",)


def test_the_subtitle_says_the_day_and_what_is_counted() -> None:
    subtitle = " ".join(tile_heading(_found(), "", AS_OF, EN)[1])
    assert "As of 2021-06-30" in subtitle
    assert "Signed agreements with at least one landed project, of all signed." in subtitle


def test_a_map_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="record"):
        tile_chart(tile_map(facts(), date(2019, 1, 1), Part(), TileMeasure.landing), VIEW, ZH)


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("measure", list(TileMeasure))
def test_every_measure_can_be_drawn(measure: TileMeasure, narrow: bool) -> None:
    chart = tile_chart(_found(measure), replace(VIEW, narrow=narrow), EN)
    assert picture(chart, "svg", 390).startswith(b"<svg")


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)
