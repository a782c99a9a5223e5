from typing import Any

import pytest

from tests.charts.sample import AS_OF, bare_row, frames, milestone, row
from tracker.charts.timeline_heading import Extent, timeline_heading
from tracker.i18n import words_in
from tracker.portfolio.timeline import TimelineFrames

EXTENT = Extent("湖南省", 8, 8, 9)


def _finding(shown: TimelineFrames, language: str = "zh_CN") -> str:
    (title,), _ = timeline_heading(shown, EXTENT, AS_OF, words_in(language))
    return title


def _lit(*lights: str, **changes: Any) -> TimelineFrames:
    return frames([row(n, light=light, **changes) for n, light in enumerate(lights)])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh_CN", "湖南省 8 个县 5 个项目：红 1、黄 2、绿 1、完成 1；没有项目比原计划晚 40 天以上"),
        (
            "en",
            "湖南省: 5 projects in 8 counties: red 1, yellow 2, green 1, finished 1; none ends 40 days or"
            " more later than first planned",
        ),
    ],
)
def test_the_lights_are_counted_the_worst_first(language: str, said: str) -> None:
    assert _finding(_lit("green", "yellow", "blue", "red", "yellow"), language) == said


def test_what_is_not_judged_is_counted_after_what_is() -> None:
    assert "红 1、绿 1、无计划 1、完成 1、终止实施 1；" in _finding(
        _lit("stopped", "grey", "blue", "green", "red")
    )


def test_grey_says_why_nothing_is_judged() -> None:
    shown = frames([row(0, light="grey"), row(1, light="grey", state="paused")])
    assert "无计划 1、暂停 1" in _finding(shown)


@pytest.mark.parametrize(("days", "late"), [(39, "没有项目"), (40, "1 个项目"), (None, "没有项目")])
def test_forty_days_are_late_and_a_day_less_is_not(days: int | None, late: str) -> None:
    assert f"；{late}比原计划晚 40 天以上" in _finding(_lit("green", slip_original_days=days))


def test_without_a_project_nothing_is_judged() -> None:
    assert _finding(frames([bare_row(0)])) == "湖南省：8 个县已签约，尚无项目"


def test_the_subtitle_tells_what_the_finding_rests_on() -> None:
    shown = frames(
        [row(0)], None, [milestone(1), milestone(2, state="overdue"), milestone(3, state="cancelled")]
    )
    _, (said,) = timeline_heading(shown, EXTENT, AS_OF, words_in("zh_CN"))
    assert said == "截至 2021-06-30 · 协议 8/9 · 里程碑完成 1/2 · 里程碑逾期 1/2"
