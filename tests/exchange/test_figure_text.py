"""Figures and their changes as they are written."""

import pytest

from tracker.exchange.figure_text import difference, written
from tracker.i18n import words_in

EN = words_in("en")


@pytest.mark.parametrize(
    ("figure", "old", "new", "told"),
    [
        ("spi", 0.9862, 0.9843, "-0.01"),
        ("spi", 0.9847, 0.9812, "0"),
        ("actual", 0.6956, 0.7073, "+1.1"),
        # A half goes to the even digit, as it does in 71.8%.
        ("planned", 0.703, 0.7185, "+1.5"),
        ("deviation", -0.0068, -0.0112, "-0.4"),
        ("projects", 1998, 3001, "+1,003"),
        ("projects", 7, 7, "0"),
        ("projects", None, 7, "–"),
    ],
)
def test_a_difference_is_that_of_the_figures_as_written(
    figure: str, old: float | None, new: float | None, told: str
) -> None:
    assert difference(figure, old, new, EN) == told


@pytest.mark.parametrize(
    ("figure", "value", "told"),
    [
        ("spi", 0.9862, "0.99"),
        ("actual", 0.7185, "71.8%"),
        ("deviation", -0.0112, "-1.1"),
        ("projects", 1998, "1,998"),
        ("spi", None, "–"),
    ],
)
def test_a_figure_is_written_by_its_kind(figure: str, value: float | None, told: str) -> None:
    assert written(figure, value, EN) == told
