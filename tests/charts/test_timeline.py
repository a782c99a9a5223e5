import json
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from tests.charts.sample import AS_OF, VIEW, band, frames, milestone, row, two_counties
from tests.charts.stored import assert_as_stored
from tracker.charts.picture import specification
from tracker.charts.timeline import timeline_chart
from tracker.i18n import words_in
from tracker.portfolio.timeline import TimelineFrames, no_frames

ZH, EN = words_in("zh_CN"), words_in("en")


def _spec(shown: TimelineFrames | None = None, view: Any = VIEW, words: Any = ZH) -> dict[str, Any]:
    return specification(timeline_chart(shown or two_counties(), view, words), 1200)


def _layer(spec: dict[str, Any], kind: str, **mark: Any) -> dict[str, Any]:
    found = [
        layer
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind and mark.items() <= layer["mark"].items()
    ]
    assert len(found) == 1
    return found[0]


def _data(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    return rows


def _texts(spec: dict[str, Any]) -> set[str]:
    """Every text that is drawn, of the title and of all layers."""
    drawn = {*spec["title"]["text"], *spec["title"]["subtitle"]}
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            field, text = layer["encoding"].get("text", {}).get("field"), layer["mark"].get("text")
            drawn |= {str(r[field]) for r in _data(spec, layer)} if field else {str(text)}
    return drawn - {""}


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(timeline_chart(two_counties(), VIEW, ZH), "timeline")


def test_all_rows_share_one_axis_from_above_the_first_to_below_the_key() -> None:
    low, high = _layer(_spec(), "rect")["encoding"]["y"]["scale"]["domain"]
    assert low > 3.0
    assert high < 0


def test_the_time_axis_is_the_period_in_local_days() -> None:
    domain = _layer(_spec(), "rect")["encoding"]["x"]["scale"]["domain"]
    assert domain == [{"expr": "datetime(2020, 0, 1)"}, {"expr": "datetime(2022, 11, 31)"}]


def test_bars_are_not_stacked() -> None:
    bars = [layer for layer in _spec()["layer"] if layer["mark"]["type"] == "bar"]
    assert [bar["encoding"]["y"]["stack"] for bar in bars] == [None] * 4


def test_a_click_on_a_bar_picks_its_project() -> None:
    (param,) = _spec()["params"]
    assert (param["name"], param["select"]) == ("pick", {"type": "point", "fields": ["project_id"]})
    assert {r["project_id"] for r in _data(_spec(), _layer(_spec(), "bar", fillOpacity=0.34))} == {100, 101}


def test_the_chart_fills_its_width_and_grows_with_its_rows() -> None:
    spec = _spec()
    assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}
    assert _spec(frames([row(0), row(1)]))["height"] - _spec(frames([row(0)]))["height"] == 32


def test_the_as_of_day_is_a_labelled_dashed_rule() -> None:
    spec = _spec(words=EN)
    rule = _layer(spec, "rule", strokeDash=[5, 4])
    assert [r["x"] for r in _data(spec, rule)] == ["2021-06-30T00:00:00"]
    assert "As of 2021-06-30" in _texts(spec)


def test_an_as_of_day_outside_the_period_is_not_drawn() -> None:
    spec = _spec(view=replace(VIEW, to_on=date(2021, 6, 29)))
    assert not any(AS_OF.isoformat() in text for text in _texts(spec) - {"截至 2021-06-30"})
    assert not [layer for layer in spec["layer"] if layer["mark"].get("strokeDash") == [5, 4]]


def test_names_states_and_missing_projects_are_words() -> None:
    assert {"醴陵市", "南县", "电商运营", "数字兴业", "绿", "暂停", "尚无项目"} <= _texts(_spec())


def test_the_title_says_the_finding() -> None:
    title = _spec()["title"]
    assert (title["text"], title["subtitle"]) == (["湖南省 2 个县"], ["截至 2021-06-30"])


def test_a_narrow_page_puts_each_name_above_its_bar() -> None:
    assert {"电商运营 · 数字兴业 · 绿", "尚无项目 · 430921-2020-F-001"} <= _texts(
        _spec(view=replace(VIEW, narrow=True))
    )


def test_a_long_title_is_broken_on_a_narrow_page() -> None:
    view = replace(VIEW, narrow=True, title=("湖南省二十个县的六十个项目中有七个比原计划晚四十天以上",))
    assert len(_spec(view=view)["title"]["text"]) == 2


def test_names_are_drawn_as_typed() -> None:
    name = "<script>alert(1)</script> :red[x] $y$"
    assert name in _texts(_spec(frames([row(0, project_name=name)])))


def test_states_differ_by_shape_and_not_by_colour_alone() -> None:
    encoding = next(layer for layer in _spec()["layer"] if "size" in layer["encoding"])["encoding"]
    by_look = dict(
        zip(encoding["shape"]["scale"]["domain"], encoding["shape"]["scale"]["range"], strict=True)
    )
    fills = dict(zip(encoding["fill"]["scale"]["domain"], encoding["fill"]["scale"]["range"], strict=True))
    assert fills["filled"] != fills["hollow"]
    assert len({by_look[look] for look in ("hollow", "half", "crossed", "struck", "hollow_gate")}) == 5


def test_key_milestones_are_larger() -> None:
    size = next(layer for layer in _spec()["layer"] if "size" in layer["encoding"])["encoding"]["size"]
    assert size["condition"]["value"] > size["value"]


@pytest.mark.parametrize("dark", [True, False])
def test_text_stands_out_from_the_page(dark: bool) -> None:
    spec = _spec(view=replace(VIEW, dark=dark))
    texts = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    colours = {t["mark"]["color"] for t in texts if "color" in t["mark"]}
    by_row = [t["encoding"]["color"] for t in texts if "color" in t["encoding"]]
    colours |= {c["value"] for c in by_row} | {c["condition"]["value"] for c in by_row}
    paper = _luminance("#0E1117" if dark else "#FFFFFF")
    for colour in colours:
        light, dim = sorted((_luminance(colour), paper), reverse=True)
        assert (light + 0.05) / (dim + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_days_are_sent_without_a_time_zone() -> None:
    for layer in timeline_chart(two_counties(), VIEW, ZH).layer:
        if isinstance(layer.data, pl.DataFrame):
            assert not [kind for kind in layer.data.dtypes if kind.is_temporal() and kind != pl.Date]


def test_no_row_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        timeline_chart(no_frames(), VIEW, ZH)


def test_a_thousand_rows_with_ten_milestones_each_are_sent_in_400_kb() -> None:
    names = [f"第{i}阶段现场验收与资料归档" for i in range(40)]
    rows = [
        row(i, project_name=f"电商运营{i}", county_id=i // 4, county_name=f"县{i // 4}", agreement_id=i // 4)
        | {
            "agreement_number": f"{430000 + i // 4}-2020-F-001",
            "progress": i % 201 / 200,
            "planned": 1 - i % 201 / 200,
        }
        for i in range(1000)
    ]
    bands = [band(i * 4, i * 4 + 3, agreement_id=i) for i in range(250)]
    steps = [milestone(i, row=i // 10, project_id=100 + i // 10, name=names[i % 40]) for i in range(10_000)]
    chart = timeline_chart(frames(rows, bands, steps), VIEW, ZH)
    # A frame that several layers share is sent once, under a name made from its content.
    sent = {convert_anything_to_arrow_bytes(layer.data) for layer in chart.layer}
    spec = specification(chart, 1200) | {"datasets": {}}
    assert sum(map(len, sent)) + len(json.dumps(spec)) <= 400_000


def test_the_slip_is_written_with_its_sign_and_unit() -> None:
    marks = [layer["mark"] for layer in _spec()["layer"]]
    said = [m["text"]["expr"] for m in marks if isinstance(m.get("text"), dict)]
    assert said == ['"" + format(datum.slip_days, \'+,\') + " \\u5929"']


def test_bars_take_the_colour_of_their_light_or_of_their_pillar() -> None:
    by = {view: _layer(_spec(view=view), "bar", fillOpacity=0.34) for view in (VIEW, BY_PILLAR_VIEW)}
    assert [layer["encoding"]["fill"]["field"] for layer in by.values()] == ["light", "pillar_code"]


BY_PILLAR_VIEW = replace(VIEW, coloured_by="pillar")


def test_each_light_has_a_shape_and_a_colour_of_its_own() -> None:
    encoding = next(
        layer["encoding"]
        for layer in _spec()["layer"]
        if layer["encoding"].get("shape", {}).get("field") == "light"
    )
    looks = zip(encoding["shape"]["scale"]["range"], encoding["fill"]["scale"]["range"], strict=True)
    assert len(set(looks)) == 6


def test_a_project_that_ends_after_its_term_has_a_mark() -> None:
    late = row(0, outlives_term=True, term_end_on=date(2021, 3, 1))
    assert len(_data(_spec(frames([late])), _layer(_spec(frames([late])), "point", size=150))) == 1


def test_fifty_rows_are_sent_in_300_kb() -> None:
    rows = [row(i, county_id=i // 4, project_name=f"电商运营{i}") for i in range(50)]
    steps = [milestone(i, row=i // 10, project_id=100 + i // 10) for i in range(500)]
    chart = timeline_chart(frames(rows, [band(0, 49)], steps), VIEW, ZH)
    sent = {convert_anything_to_arrow_bytes(layer.data) for layer in chart.layer}
    assert sum(map(len, sent)) + len(json.dumps(specification(chart, 1200) | {"datasets": {}})) <= 300_000
