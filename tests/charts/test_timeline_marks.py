"""What a timeline draws beside bars: groups, terms and decisions, the day compared with, scales of time."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.charts.sample import VIEW, band, bare_row, frames, milestone, row
from tracker.charts import shape
from tracker.charts.lettering import close_width_of
from tracker.charts.picture import specification
from tracker.charts.placing import GROUP_LINE, Placed, place
from tracker.charts.timeline import timeline_chart
from tracker.charts.timeline_heading import Extent, timeline_heading
from tracker.charts.timeline_key import key_lines
from tracker.i18n import words_in
from tracker.portfolio.timeline import TimelineFrames
from tracker.portfolio.timeline_then import STEPS_THEN, THEN, Earlier

ZH, EN = words_in("zh_CN"), words_in("en")
THEN_ON = date(2021, 3, 31)


def _spec(shown: TimelineFrames, view: Any = VIEW, words: Any = ZH) -> dict[str, Any]:
    chart = timeline_chart(shown, view, words)
    chart.to_dict(validate=True)
    return specification(chart, 1200)


def _texts(spec: dict[str, Any], field: str) -> list[str]:
    drawn = [x for x in spec["layer"] if x["encoding"].get("text", {}).get("field") == field]
    return [r[field] for layer in drawn for r in spec["datasets"][layer["data"]["name"]]]


def _grouped() -> TimelineFrames:
    first = {"group_key": 1, "group_name": "科学决策", "group_projects": 1}
    second = {"group_key": 2, "group_name": "", "group_projects": 2}
    return frames([row(0, **first), row(1, **second), row(2, **second)])


@pytest.mark.parametrize(("narrow", "tops"), [(False, [0.9, 2.8, 3.8]), (True, [1.5, 4.0, 5.0])])
def test_each_group_has_a_line_of_its_own_above_its_rows(narrow: bool, tops: list[float]) -> None:
    placed = place(_grouped(), replace(VIEW, narrow=narrow))
    middle = 0.7 if narrow else 0.5
    assert [round(y - middle, 2) for y in placed.labels["y"]] == tops
    assert [round(top, 2) for top in placed.groups["top"]] == [0.0, 1.9 if not narrow else 2.5]
    assert GROUP_LINE == 0.9


@pytest.mark.parametrize(
    ("words", "heads"),
    [
        (ZH, ["科学决策 · 1 个项目", "未记录 · 2 个项目"]),
        (EN, ["科学决策 · projects: 1", "not recorded · projects: 2"]),
    ],
)
def test_a_groups_head_names_it_and_counts_its_projects(words: Any, heads: list[str]) -> None:
    assert _texts(_spec(_grouped(), words=words), "head") == heads


def test_an_ungrouped_timeline_has_no_heads() -> None:
    assert place(frames([row(0)]), VIEW).groups.is_empty()


def _terms(*bands: dict[str, Any]) -> Placed:
    return place(frames([bare_row(n, agreement_id=n) for n in range(len(bands))], list(bands)), VIEW)


@pytest.mark.parametrize(
    ("decision", "found"),
    [
        (date(2019, 12, 31), []),
        (date(2021, 6, 29), [(date(2021, 6, 29), True)]),
        (date(2021, 6, 30), [(date(2021, 6, 30), False)]),
        (date(2023, 1, 1), []),
        (None, []),
    ],
)
def test_a_day_to_decide_inside_the_period_is_marked_and_pale_once_past(
    decision: date | None, found: list[tuple[date, bool]]
) -> None:
    assert _terms(band(0, 0, decision_on=decision)).terms.decisions.select("x", "is_past").rows() == found


def test_a_term_that_follows_by_itself_begins_the_day_after_and_is_cut_to_the_period() -> None:
    follows = _terms(band(0, 0, end_on=date(2022, 7, 16), renews_until=date(2025, 7, 16))).terms.nexts
    assert follows.select("x", "x2").rows() == [(date(2022, 7, 17), date(2022, 12, 31))]


def test_a_term_that_renewed_itself_shows_where() -> None:
    assert _terms(band(0, 0, renewed_on=date(2021, 7, 17))).terms.seams["x"].to_list() == [date(2021, 7, 17)]


def test_a_renewal_is_chained_to_the_agreement_it_renews() -> None:
    renewal = band(1, 1, agreement_id=2, agreement_number="B", renewal_of_id=1, effective_on=date(2022, 7, 1))
    (chain,) = _terms(band(0, 0), renewal).terms.chains.rows(named=True)
    assert (chain["number"], chain["earlier_number"]) == ("B", "430281-2020-F-001")
    assert (chain["x"], chain["y"], chain["y2"]) == (date(2022, 7, 1), 0.5, 1.5)


def test_a_renewal_in_another_county_is_not_chained() -> None:
    renewal = band(1, 1, agreement_id=2, renewal_of_id=1, county_id=2)
    assert _terms(band(0, 0), renewal).terms.chains.is_empty()


def test_ends_and_decisions_have_different_shapes_and_stand_in_the_key() -> None:
    spec = _spec(frames([row(0)], [band(0, 0, decision_on=date(2022, 4, 17))]))
    shapes = {layer["mark"].get("shape") for layer in spec["layer"]}
    assert {shape.TERM_END, shape.DECISION} <= shapes
    assert {"协议期止", "续签决定截止日"} <= set(_texts(spec, "text"))


@pytest.mark.parametrize(
    ("until", "said"), [(None, "expires"), (date(2025, 7, 16), "renews itself until 2025-07-16")]
)
def test_a_decision_says_what_follows_without_one(until: date | None, said: str) -> None:
    shown = frames([row(0)], [band(0, 0, decision_on=date(2022, 4, 17), renews_until=until)])
    spec = _spec(shown, words=EN)
    (layer,) = [x for x in spec["layer"] if x["mark"].get("shape") == shape.DECISION]
    assert [r["said"] for r in spec["datasets"][layer["data"]["name"]]] == [said]


def _compared(*then: dict[str, Any], light: str = "red") -> TimelineFrames:
    """Row 0 as in the sample, ending 2021-04-11; 30 days earlier then, and yellow."""
    stood = {
        "row": 0,
        "project_id": 100,
        "light_then": "yellow",
        "start_then_on": date(2021, 1, 1),
        "finish_then_on": date(2021, 3, 12),
        "moved_days": 30,
    }
    steps = [
        {"row": 0, "milestone_id": 1, "name": "验收", "then_on": date(2021, 3, 12), "moved_days": 30},
        {"row": 0, "milestone_id": 2, "name": "远期", "then_on": date(2024, 1, 1), "moved_days": 1},
    ]
    rows = [stood | changes for changes in then or ({},)]
    earlier = Earlier(THEN_ON, pl.DataFrame(rows, schema=THEN), pl.DataFrame(steps, schema=STEPS_THEN))
    shown = frames([row(n, light=light) for n in range(len(rows))], None, [milestone(1)])
    return replace(shown, earlier=earlier)


def test_the_bar_of_then_stands_below_the_row() -> None:
    then = place(_compared(), VIEW).then
    assert then is not None
    assert then.bars.select("y", "x", "x2").rows() == [(0.5, date(2021, 1, 1), date(2021, 3, 12))]


def test_a_milestone_of_then_outside_the_period_is_not_drawn() -> None:
    then = place(_compared(), VIEW).then
    assert then is not None
    assert then.milestones["name"].to_list() == ["验收"]


@pytest.mark.parametrize(("words", "said"), [(ZH, "黄 → 红"), (EN, "yellow → red")])
def test_a_light_that_changed_is_told_as_it_was_and_as_it_is(words: Any, said: str) -> None:
    assert _texts(_spec(_compared(), words=words), "lit") == [said]


def test_on_a_phone_a_light_that_changed_stands_before_what_may_be_cut_off() -> None:
    spec = _spec(_compared(), replace(VIEW, narrow=True))
    assert _texts(spec, "name") == ["电商运营 · 黄 → 红 · 数字兴业"]


def test_a_light_that_stayed_is_told_once() -> None:
    assert _texts(_spec(_compared(light="yellow")), "lit") == ["黄"]


def test_the_days_at_a_bars_end_are_those_since_then() -> None:
    marks = [layer["mark"] for layer in _spec(_compared())["layer"]]
    said = [m["text"]["expr"] for m in marks if isinstance(m.get("text"), dict)]
    assert ["moved_days" in text for text in said] == [True]


def _finding(shown: TimelineFrames, words: Any = ZH) -> tuple[str, str]:
    (title,), (subtitle,) = timeline_heading(shown, Extent("湖南省", 1, 1, 1), VIEW.as_of, words)
    return title, subtitle


def test_the_heading_says_what_moved_since_then() -> None:
    shown = _compared({}, {"row": 1, "moved_days": -5, "light_then": "red"}, {"row": 2, "moved_days": 0})
    title, subtitle = _finding(shown)
    assert title == (
        "湖南省自 2021-03-31 以来：3 个项目中亮灯变差 2 个、变好 0 个；"
        "推迟结束 1 个，最多 30 天；提前结束 1 个"
    )
    assert "对比 2021-03-31" in subtitle


@pytest.mark.parametrize(
    ("then", "now", "worse", "better"),
    [
        ("green", "yellow", 1, 0),
        ("red", "yellow", 0, 1),
        ("yellow", "blue", 0, 1),
        ("grey", "red", 0, 0),
        ("red", "stopped", 0, 0),
        ("blue", "green", 0, 0),
    ],
)
def test_only_what_is_judged_gets_better_or_worse(then: str, now: str, worse: int, better: int) -> None:
    title, _ = _finding(_compared({"light_then": then, "moved_days": 0}, light=now), EN)
    said = f"of 1 projects {worse} turned worse, {better} better; no end moved"
    assert title == f"湖南省 since 2021-03-31: {said}"


@pytest.mark.parametrize(
    ("scale", "step", "form"),
    [("month", 1, "%Y-%m"), ("quarter", 3, "%Y Q%q"), ("year", 1, "%Y"), ("", 3, "%Y-%m")],
)
@pytest.mark.parametrize("narrow", [False, True])
def test_the_ticks_follow_the_scale(scale: str, step: int, form: str, narrow: bool) -> None:
    if narrow and not scale:
        return
    spec = _spec(frames([row(0)]), replace(VIEW, scale=scale, narrow=narrow))
    axes = [
        layer["encoding"]["x"]["axis"] for layer in spec["layer"] if "axis" in layer["encoding"].get("x", {})
    ]
    assert (axes[0]["tickCount"]["step"], axes[0]["format"]) == (step, form)


def test_the_days_of_slip_stand_right_of_a_milestone_beyond_the_bar() -> None:
    beyond = milestone(1, shown_on=date(2021, 6, 1), state="scheduled")
    assert place(frames([row(0)], None, [beyond]), VIEW).bars["label_x"].to_list() == [date(2021, 6, 1)]


@pytest.mark.parametrize("words", [ZH, EN])
def test_the_key_keeps_within_the_room_there_is(words: Any) -> None:

    view = replace(VIEW, room=520.0)
    entries = key_lines(words, view, place(frames([row(0)]), view)).entries
    ends = [px + 20 + close_width_of(text, 11) + 384 - 8 for px, text in entries.select("px", "text").rows()]
    assert max(ends) <= 520
