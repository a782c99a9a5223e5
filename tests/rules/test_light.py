"""Every edge of D11's tests, worked by hand on one row at a time."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tracker.rules import light as rules
from tracker.rules.light import GREEN, LIGHT_MARKS, LIGHT_NAMES, NONE, RED, YELLOW, Light
from tracker.rules.threshold import Thresholds

AS_OF = date(2021, 6, 30)
OPENED = date(2020, 7, 17)
LIMITS = Thresholds()
ROW: dict[str, Any] = {
    "state": "under_way",
    "approved_on": OPENED,
    "weight_total": 10_000,
    "behind_sum": 0,
    "planned_start_on": None,
    "started_on": OPENED,
    "key_overdue_days": None,
    "silent_since_on": AS_OF,
    "term_status": "active",
    "computed_light": "green",
    "override_colour": None,
}
_SCHEMA = {
    name: pl.Date if name.endswith("_on") else pl.String if isinstance(value, str) else pl.Int64
    for name, value in ROW.items()
} | {"override_colour": pl.String}


def _of(expression: pl.Expr, **changes: Any) -> Any:
    return pl.DataFrame([ROW | changes], schema=_SCHEMA).select(expression).item()


@pytest.mark.parametrize(
    ("behind", "level"),
    [
        (-5_000, GREEN),
        (0, GREEN),
        (999, GREEN),
        (1_000, YELLOW),
        (1_001, YELLOW),
        (3_000, YELLOW),
        (3_001, RED),
        (10_000, RED),
    ],
)
def test_behind_plan_is_yellow_from_10_to_30_points_both_included(behind: int, level: int) -> None:
    assert _of(rules.plan_level(LIMITS), behind_sum=behind) == level


@pytest.mark.parametrize(("behind", "level"), [(99, GREEN), (100, YELLOW), (300, YELLOW), (301, RED)])
def test_one_hundredth_of_a_weight_decides(behind: int, level: int) -> None:
    # Ten milestones of weight 1: the whole is 1,000 hundredths.
    assert _of(rules.plan_level(LIMITS), behind_sum=behind, weight_total=1_000) == level


def test_thirds_are_compared_exactly() -> None:
    # 1/3 of 9 weights is 33.3… points; a limit of 33 is passed, one of 34 is not.
    third = {"behind_sum": 300, "weight_total": 900}
    levels = [_of(rules.plan_level(Thresholds(behind_red_points=limit)), **third) for limit in (33, 34)]
    assert levels == [RED, YELLOW]


@pytest.mark.parametrize("changes", [{"approved_on": None}, {"weight_total": 0}, {"weight_total": None}])
def test_behind_plan_cannot_run_without_a_plan(changes: dict[str, Any]) -> None:
    assert _of(rules.plan_level(LIMITS), behind_sum=9_000, **changes) == NONE


@pytest.mark.parametrize(
    ("planned", "as_of", "level"),
    [
        (date(2021, 7, 1), AS_OF, GREEN),
        (AS_OF, AS_OF, GREEN),
        (date(2021, 6, 29), AS_OF, YELLOW),
        (date(2021, 3, 31), date(2021, 6, 29), YELLOW),
        (date(2021, 3, 31), AS_OF, RED),
        (date(2021, 3, 30), AS_OF, RED),
        (date(2020, 11, 30), date(2021, 2, 27), YELLOW),
        (date(2020, 11, 30), date(2021, 2, 28), RED),
        (date(2019, 11, 30), date(2020, 2, 28), YELLOW),
        (date(2019, 11, 30), date(2020, 2, 29), RED),
        (date(2020, 12, 1), date(2021, 2, 28), YELLOW),
        (date(2020, 12, 1), date(2021, 3, 1), RED),
    ],
)
def test_a_missed_start_is_yellow_at_once_and_red_after_three_months(
    planned: date, as_of: date, level: int
) -> None:
    changes = {"planned_start_on": planned, "started_on": None}
    assert _of(rules.start_level(LIMITS, as_of), **changes) == level


@pytest.mark.parametrize(("started", "level"), [(AS_OF, NONE), (date(2021, 7, 1), YELLOW)])
def test_the_start_is_no_question_once_the_project_started(started: date, level: int) -> None:
    changes = {"planned_start_on": date(2021, 6, 1), "started_on": started}
    assert _of(rules.start_level(LIMITS, AS_OF), **changes) == level


def test_without_a_planned_start_none_can_be_missed() -> None:
    assert _of(rules.start_level(LIMITS, AS_OF), started_on=None) == NONE


@pytest.mark.parametrize(("days", "level"), [(None, GREEN), (0, GREEN), (1, YELLOW), (30, YELLOW), (31, RED)])
def test_a_key_milestone_overdue_is_red_after_more_than_30_days(days: int | None, level: int) -> None:
    assert _of(rules.key_level(LIMITS), key_overdue_days=days) == level


def test_key_milestones_are_not_judged_by_a_plan_nobody_approved() -> None:
    assert _of(rules.key_level(LIMITS), key_overdue_days=90, approved_on=None) == NONE


@pytest.mark.parametrize(
    ("since", "as_of", "level", "dormant"),
    [
        (date(2021, 4, 30), date(2021, 6, 29), GREEN, False),
        (date(2021, 4, 30), AS_OF, YELLOW, False),
        (date(2021, 5, 1), AS_OF, GREEN, False),
        (date(2020, 12, 31), date(2021, 2, 27), GREEN, False),
        (date(2020, 12, 31), date(2021, 2, 28), YELLOW, False),
        (date(2019, 12, 31), date(2020, 2, 28), GREEN, False),
        (date(2019, 12, 31), date(2020, 2, 29), YELLOW, False),
        (date(2021, 3, 31), date(2021, 6, 29), YELLOW, False),
        (date(2021, 3, 31), AS_OF, RED, False),
        (date(2020, 12, 30), AS_OF, RED, False),
        (date(2020, 12, 29), AS_OF, RED, True),
        (date(2020, 8, 31), date(2021, 2, 28), RED, False),
        (date(2020, 8, 31), date(2021, 3, 1), RED, True),
    ],
)
def test_silence_is_yellow_after_two_months_red_after_three_dormant_after_more_than_six(
    since: date, as_of: date, level: int, dormant: bool
) -> None:
    changes = {"silent_since_on": since, "started_on": date(2019, 1, 1)}
    tests = rules.silence_level(LIMITS, as_of), rules.is_dormant(LIMITS, as_of)
    assert [_of(test, **changes) for test in tests] == [level, dormant]


@pytest.mark.parametrize("started", [None, date(2021, 7, 1)])
def test_nobody_is_silent_about_a_project_that_has_not_started(started: date | None) -> None:
    assert _of(rules.silence_level(LIMITS, AS_OF), started_on=started, silent_since_on=OPENED) == NONE


@pytest.mark.parametrize(
    ("status", "level"),
    [
        ("active", GREEN),
        ("not_yet_effective", GREEN),
        ("expiring", YELLOW),
        ("expired", RED),
        ("terminated", RED),
        ("draft", NONE),
        ("abandoned", NONE),
        (None, NONE),
    ],
)
def test_the_term_warns_while_it_expires_and_is_red_once_it_ended(status: str | None, level: int) -> None:
    assert _of(rules.term_level(), term_status=status) == level


@pytest.mark.parametrize("state", ["paused", "accepted", "stopped"])
def test_no_test_runs_on_a_project_that_rests_or_is_over(state: str) -> None:
    worst = {"behind_sum": 9_000, "key_overdue_days": 90, "silent_since_on": OPENED, "term_status": "expired"}
    tests = [
        rules.plan_level(LIMITS),
        rules.start_level(LIMITS, AS_OF),
        rules.key_level(LIMITS),
        rules.silence_level(LIMITS, AS_OF),
        rules.term_level(),
    ]
    assert {_of(test, state=state, **worst) for test in tests} == {NONE}


@pytest.mark.parametrize(
    ("state", "worst", "light"),
    [
        ("under_way", RED, "red"),
        ("live", YELLOW, "yellow"),
        ("not_started", GREEN, "green"),
        ("under_way", NONE, "green"),
        ("paused", NONE, "grey"),
        ("accepted", NONE, "blue"),
        ("stopped", NONE, "stopped"),
    ],
)
def test_a_light_is_the_worst_of_its_tests(state: str, worst: int, light: str) -> None:
    assert _of(rules.light(pl.lit(worst)), state=state) == light


@pytest.mark.parametrize(("worst", "light"), [(GREEN, "grey"), (YELLOW, "yellow"), (RED, "red")])
def test_without_a_plan_grey_replaces_green_and_never_a_warning(worst: int, light: str) -> None:
    assert _of(rules.light(pl.lit(worst)), approved_on=None) == light


@pytest.mark.parametrize(
    ("computed", "state", "chosen", "shown"),
    [
        ("red", "under_way", "green", "green"),
        ("green", "under_way", "red", "red"),
        ("green", "under_way", None, "green"),
        ("grey", "under_way", "green", "grey"),
        ("grey", "under_way", "yellow", "yellow"),
        ("grey", "paused", "red", "grey"),
        ("blue", "accepted", "red", "blue"),
        ("stopped", "stopped", "green", "stopped"),
    ],
)
def test_an_override_holds_where_a_test_runs_and_never_makes_green_of_no_plan(
    computed: str, state: str, chosen: str | None, shown: str
) -> None:
    changes = {"computed_light": computed, "state": state, "override_colour": chosen}
    assert _of(rules.overridden(), **changes) == shown


@pytest.mark.parametrize(
    ("light", "computed", "rests", "told"),
    [
        ("red", "red", False, "red"),
        ("green", "red", False, "green/red"),
        ("yellow", "grey", False, "yellow/grey"),
        ("grey", "grey", False, "grey"),
        ("grey", "grey", True, "grey/paused"),
        ("stopped", "stopped", False, "stopped"),
    ],
)
def test_beside_a_light_stands_what_has_to_be_told(light: str, computed: str, rests: bool, told: str) -> None:
    row = pl.DataFrame({"light": [light], "computed_light": [computed], "is_paused": [rests]})
    assert row.select(rules.told_light()).item() == told


def test_every_light_has_a_name_and_a_mark_of_its_own() -> None:
    assert set(LIGHT_NAMES) == set(Light) == set(LIGHT_MARKS)
    assert len(set(LIGHT_MARKS.values())) == len(Light)
