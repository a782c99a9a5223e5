"""What thresholds may be set to."""

from typing import Any

import pytest

from tracker.errors import InvalidInput, NotANumber, Required
from tracker.rules.threshold import (
    DEFAULTS,
    MEANINGS,
    NAMES,
    THRESHOLD_NAMES,
    UNIT_NAMES,
    NoSuchThreshold,
    OutOfOrder,
    Thresholds,
    checked_thresholds,
    limits_of,
    unit_of,
)


def _refused(**values: Any) -> list[type[Exception]]:
    with pytest.raises(InvalidInput) as caught:
        checked_thresholds(values)
    return [type(problem) for problem in caught.value.problems]


def test_without_any_value_the_defaults_hold() -> None:
    assert checked_thresholds({}) == Thresholds()


def test_the_published_defaults_are_those_of_the_definitions() -> None:
    said = Thresholds()
    assert (said.behind_yellow_points, said.behind_red_points, said.key_overdue_red_days) == (10, 30, 30)
    assert (said.silence_yellow_months, said.silence_red_months, said.dormant_months) == (2, 3, 6)


@pytest.mark.parametrize("name", NAMES)
def test_every_threshold_has_a_name_a_meaning_and_a_unit(name: str) -> None:
    assert name in THRESHOLD_NAMES
    assert name in MEANINGS
    assert unit_of(name) in UNIT_NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_default_lies_within_its_limits(name: str) -> None:
    least, most = limits_of(name)
    assert least <= DEFAULTS[name] <= most


@pytest.mark.parametrize("value", [-1, 101, 10.5, "10", True, float("nan")])
def test_what_is_no_whole_number_within_the_limits_is_refused(value: Any) -> None:
    assert _refused(behind_yellow_points=value) == [NotANumber]


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_value_is_refused(value: Any) -> None:
    assert _refused(dormant_months=value) == [Required]


@pytest.mark.parametrize("name", ["silence_yellow_months", "override_days", "start_red_months"])
def test_a_limit_of_nothing_is_refused_where_it_would_turn_everything(name: str) -> None:
    assert _refused(**{name: 0}) == [NotANumber]


def test_a_name_that_is_no_threshold_is_refused() -> None:
    assert _refused(colour=3) == [NoSuchThreshold]


@pytest.mark.parametrize(
    "values",
    [
        {"behind_yellow_points": 31},
        {"behind_red_points": 9},
        {"silence_yellow_months": 4},
        {"silence_red_months": 7},
        {"meeting_red_months": 5},
    ],
)
def test_a_milder_warning_may_not_come_after_the_sharper_one(values: dict[str, int]) -> None:
    assert _refused(**values) == [OutOfOrder]


def test_the_milder_warning_may_be_as_far_as_the_sharper_one() -> None:
    assert checked_thresholds({"behind_yellow_points": 30}).behind_yellow_points == 30


def test_every_wrong_value_is_told_at_once() -> None:
    assert _refused(dormant_months=-1, due_soon_days=None) == [NotANumber, Required]
