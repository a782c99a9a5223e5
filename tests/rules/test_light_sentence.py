"""What a light says about itself, in both languages."""

from datetime import date, timedelta
from typing import Any

import pytest

from tracker.i18n import Words, words_in
from tracker.rules.light import LightTest
from tracker.rules.light_sentence import LightTold, light_reason, points_text, told_tests
from tracker.rules.threshold import Thresholds

AS_OF = date(2021, 6, 30)
ENGLISH, CHINESE = words_in("en"), words_in("zh_CN")
ROW: dict[str, Any] = {
    "computed_light": "green",
    "is_paused": False,
    "approved_on": date(2020, 7, 17),
    "weight_total": 10_000,
    "planned_sum": 6_000,
    "actual_sum": 6_000,
    "behind_sum": 0,
    "planned_start_on": None,
    "started_on": date(2020, 10, 1),
    "accepted_on": None,
    "key_overdue_days": None,
    "last_update_on": None,
    "rested_days": 0,
    "is_dormant": False,
    "term_status": "active",
    "term_end_on": date(2023, 7, 16),
    "term_days_left": 746,
    "slip_original_days": 12,
    "slip_current_days": -3,
} | {f"light_{test.value}": "green" for test in LightTest}


def _told(test: LightTest, words: Words = ENGLISH, /, **changes: Any) -> LightTold:
    names = changes.pop("names", {})
    told = told_tests(ROW | changes, Thresholds(), AS_OF, words, names=names)
    return next(one for one in told if one.test == test)


def test_behind_plan_is_told_with_both_percentages_and_the_way_back() -> None:
    changes = {"actual_sum": 3_700, "behind_sum": 2_300, "light_plan": "yellow"}
    told = _told(LightTest.plan, **changes, names={"late": "Kick-off"})
    assert told.inputs == "Behind by 23 points: planned 60 % − actual 37 %."
    assert told.cure == "Green below 10 points: meet Kick-off, or have an adjusted plan approved."


def test_behind_plan_is_told_in_chinese() -> None:
    changes = {"actual_sum": 3_700, "behind_sum": 2_300, "light_plan": "yellow"}
    assert (
        _told(LightTest.plan, CHINESE, **changes).inputs == "落后 23 个百分点：序时进度 60% − 实际进度 37%。"
    )


def test_being_ahead_is_told_without_a_minus() -> None:
    told = _told(LightTest.plan, actual_sum=8_000, behind_sum=-2_000)
    assert told.inputs == "Ahead by 20 points: planned 60 %, actual 80 %."


def test_being_on_plan_is_told_without_points() -> None:
    assert _told(LightTest.plan).inputs == "On plan: planned 60 %, actual 60 %."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"approved_on": None}, "There is no approved plan, so this cannot be judged."),
        ({"weight_total": 0}, "All weights are 0: there is no plan to measure progress by."),
        ({"is_paused": True}, "The project rests, so no test runs."),
    ],
)
def test_why_a_test_did_not_run_is_told(changes: dict[str, Any], said: str) -> None:
    assert _told(LightTest.plan, light_plan="none", **changes).inputs == said


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        (None, "No planned start is recorded."),
        (AS_OF, "To start on 2021-06-30."),
        (AS_OF - timedelta(days=5), "To start on 2021-06-25, not started 5 days later."),
    ],
)
def test_a_start_is_told_with_its_day(planned: date | None, said: str) -> None:
    assert _told(LightTest.start, started_on=None, planned_start_on=planned).inputs == said


def test_an_overdue_key_milestone_is_told_by_name() -> None:
    changes = {"key_overdue_days": 31, "light_key": "red", "names": {"key": "Go-live"}}
    told = _told(LightTest.key, **changes)
    assert told.inputs == "Overdue: Go-live; the longest by 31 days."
    assert told.cure == "Meet Go-live, or have an adjusted plan approved."


def test_silence_counts_from_the_start_without_any_update() -> None:
    told = _told(LightTest.silence, light_silence="red", is_dormant=True, rested_days=20)
    assert told.inputs == (
        "No update was accepted since the start on 2020-10-01. 20 days of rest do not count."
        " The project is dormant."
    )


def test_silence_is_told_from_the_last_accepted_update() -> None:
    told = _told(LightTest.silence, last_update_on=date(2021, 3, 1))
    assert told.inputs == "The last accepted update speaks for 2021-03-01."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "The term ends on 2023-07-16, in 746 days."),
        ({"term_end_on": None}, "The agreement is open-ended."),
        ({"term_status": "terminated"}, "The agreement was terminated, and the project is open."),
        ({"term_status": "draft"}, "No signed agreement is in force, so there is no term."),
    ],
)
def test_a_term_is_told_with_what_is_left_of_it(changes: dict[str, Any], said: str) -> None:
    assert _told(LightTest.term, **changes).inputs == said


@pytest.mark.parametrize("test", LightTest)
def test_a_test_that_is_passed_asks_for_nothing(test: LightTest) -> None:
    assert _told(test).cure == ""


@pytest.mark.parametrize("words", [ENGLISH, CHINESE])
@pytest.mark.parametrize("test", LightTest)
@pytest.mark.parametrize("term_status", ["expiring", "expired"])
def test_a_test_that_warns_says_its_rule_and_the_way_back(
    test: LightTest, words: Words, term_status: str
) -> None:
    changes = {f"light_{test.value}": "red", "key_overdue_days": 31, "term_status": term_status}
    told = _told(test, words, **changes)
    assert all([told.rule, told.inputs, told.cure])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Every test is passed."),
        ({"computed_light": "red", "light_plan": "red", "light_key": "yellow"}, "Behind plan"),
        ({"computed_light": "red", "light_plan": "red", "light_term": "red"}, "Behind plan, Term"),
        ({"computed_light": "grey"}, "No plan: without an approved one nothing can be called on time."),
        ({"computed_light": "grey", "is_paused": True}, "Paused: the tests rest, so no colour is given."),
        ({"computed_light": "stopped"}, "Stopped: outside the lights, counted apart."),
        (
            {"computed_light": "blue", "accepted_on": AS_OF},
            "Finished on 2021-06-30: +12 days against the original plan, -3 against the current one.",
        ),
        (
            {"computed_light": "blue", "accepted_on": AS_OF, "slip_original_days": None},
            "Finished on 2021-06-30; without an approved plan.",
        ),
    ],
)
def test_a_light_says_why(changes: dict[str, Any], said: str) -> None:
    assert light_reason(ROW | changes, ENGLISH) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(2_300, 10_000, "23"), (2_333, 10_000, "23.3"), (0, 100, "0"), (3_000, 10_000, "30"), (1, 3, "33.3")],
)
def test_points_are_written_with_one_decimal_at_most(part: int, whole: int, said: str) -> None:
    assert points_text(part, whole, (10, 30)) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(3_001, 10_000, "30.01"), (99_999, 1_000_000, "9.9999"), (3_000_001, 10**7, "30.00001")],
)
def test_points_beside_a_limit_are_not_written_as_the_limit(part: int, whole: int, said: str) -> None:
    assert points_text(part, whole, (10, 30)) == said
