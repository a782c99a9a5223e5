"""D14 worked by hand: marks, their direction, full marks where all are alike, blanks and shared ranks."""

from fractions import Fraction
from typing import Any

import pytest

from tracker.rules.ranking import INDICATORS, Indicator, Mark, mark_of, ranking, rounded

RISING = Indicator("a", "A", 50, "n", "of")
FALLING = Indicator("b", "B", 50, "n", "of", is_falling=True)


def _row(signed: int, landed: int, actual: float | None, overdue: int, of: int = 10) -> dict[str, Any]:
    return {
        "counties_signed": signed,
        "counties_contacted": of,
        "agreements_landed": landed,
        "agreements_signed": of,
        "actual": actual,
        "projects_covered": of if actual is not None else 0,
        "milestones_overdue": overdue,
        "milestones": of,
    }


def _mark(indicator: Indicator, x: str, least: str, most: str) -> Fraction | None:
    return Mark(indicator, Fraction(x), 1, 1, Fraction(least), Fraction(most)).marks


def test_the_weights_sum_to_100() -> None:
    assert sum(indicator.weight for indicator in INDICATORS) == 100


@pytest.mark.parametrize(
    ("x", "marks"),
    [("0.2", 30), ("0.6", 50), ("0.4", 40), ("0.25", Fraction("32.5"))],
)
def test_marks_are_the_floor_and_a_share_of_the_range(x: str, marks: Fraction) -> None:
    # 0.6 × 50 = 30 for the least; 0.4 × 50 = 20 more for the most; half way 30 + 20 × 0.2/0.4 = 40.
    assert _mark(RISING, x, "0.2", "0.6") == marks


@pytest.mark.parametrize(("x", "marks"), [("0.2", 50), ("0.6", 30), ("0.5", 35)])
def test_where_less_is_better_the_least_gets_full_marks(x: str, marks: int) -> None:
    assert _mark(FALLING, x, "0.2", "0.6") == marks


@pytest.mark.parametrize("indicator", [RISING, FALLING])
def test_where_all_are_alike_all_get_full_marks(indicator: Indicator) -> None:
    assert _mark(indicator, "0.3", "0.3", "0.3") == 50


def test_nothing_is_divided_by_no_case() -> None:
    mark = mark_of({"n": 0, "of": 0}, RISING)
    assert (mark.x, mark.marks) == (None, None)


def test_the_best_in_everything_has_100_and_the_worst_60() -> None:
    best, worst = ranking({1: _row(10, 5, 0.5, 0), 2: _row(2, 1, 0.25, 6)})
    assert [(one.key, one.rank, one.told_score) for one in (best, worst)] == [(1, 1, 100.0), (2, 2, 60.0)]


def test_a_score_is_the_sum_of_its_marks() -> None:
    rows = {1: _row(10, 0, 0.5, 0), 2: _row(0, 8, 0.5, 4), 3: _row(5, 2, 0.5, 1)}
    third = next(one for one in ranking(rows) if one.key == 3)
    # 15 + 10 × 5/10 = 20; 21 + 14 × 2/8 = 24.5; all alike: 20; 12 + 8 × (4 − 1)/4 = 18.
    assert [mark.marks for mark in third.marks] == [20, Fraction("24.5"), 20, 18]
    assert third.told_score == 82.5


def test_equal_scores_share_a_rank_and_the_next_one_is_left_out() -> None:
    rows = {1: _row(5, 5, 0.5, 5), 2: _row(5, 5, 0.5, 5), 3: _row(1, 1, 0.1, 9)}
    assert [(one.key, one.rank) for one in ranking(rows)] == [(1, 1), (2, 1), (3, 3)]


def test_a_region_without_a_case_of_an_indicator_is_unranked_and_last() -> None:
    found = ranking({1: _row(9, 9, None, 0), 2: _row(1, 1, 0.1, 9)})
    assert [(one.key, one.rank, one.score is None) for one in found] == [(2, 1, False), (1, None, True)]


def test_an_unranked_region_still_bounds_the_indicators_it_has() -> None:
    found = ranking({1: _row(10, 9, None, 0), 2: _row(2, 1, 0.1, 9)})
    assert found[0].marks[0].most == 1


def test_one_region_alone_has_full_marks() -> None:
    assert ranking({1: _row(1, 0, 0.1, 5)})[0].told_score == 100


def test_no_region_at_all_is_no_ranking() -> None:
    assert ranking({}) == ()


@pytest.mark.parametrize(("score", "told"), [("82.345", 82.35), ("82.3449", 82.34), ("60", 60.0)])
def test_a_score_is_told_with_two_decimals_rounded_half_up(score: str, told: float) -> None:
    assert rounded(Fraction(score)) == told
