"""D14: ranking by efficacy coefficient, every step of it kept so that it can be shown.

An indicator of weight W gives 0.6 W + 0.4 W (x − min)/(max − min), or with (max − x) where less is better;
max = min gives full marks. A region without a case of an indicator has no marks and no rank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tracker.errors import N_

FLOOR, RANGE = Fraction(6, 10), Fraction(4, 10)
# Marks are told with two decimals, and regions whose told marks are the same share a rank.
DECIMALS: Final = 2


@dataclass(frozen=True)
class Indicator:
    """One indicator: x = n/N, where `n` and `of` name columns of `portfolio.figures`; `name` is a message id.

    `n` may be a share that is pooled already; N then only says of how many. Less is better if `is_falling`.
    """

    key: str
    name: str
    weight: int
    n: str
    of: str
    is_falling: bool = False
    is_pooled: bool = False


INDICATORS: Final = (
    Indicator("signing", N_("Signing rate"), 25, "counties_signed", "counties_contacted"),
    Indicator("landing", N_("Landing rate"), 35, "agreements_landed", "agreements_signed"),
    Indicator("progress", N_("Actual progress"), 20, "actual", "projects_covered", is_pooled=True),
    Indicator("overdue", N_("Milestones overdue"), 20, "milestones_overdue", "milestones", is_falling=True),
)


@dataclass(frozen=True)
class Mark:
    """One indicator of one region: x = n/N (None where N is 0) and its marks between `least` and `most`.

    `least` and `most` are the smallest and largest x among all regions that have one.
    """

    indicator: Indicator
    x: Fraction | None
    n: int | None
    of: int
    least: Fraction | None = None
    most: Fraction | None = None

    @property
    def marks(self) -> Fraction | None:
        """The marks by D14; None without an x."""
        if self.x is None or self.least is None or self.most is None:
            return None
        weight = self.indicator.weight
        if self.most == self.least:
            return Fraction(weight)
        ahead = self.most - self.x if self.indicator.is_falling else self.x - self.least
        return FLOOR * weight + RANGE * weight * ahead / (self.most - self.least)


@dataclass(frozen=True)
class Ranked:
    """A region with its marks; `score` and `rank` are None where an indicator has no case."""

    key: int
    marks: tuple[Mark, ...]
    score: Fraction | None
    rank: int | None

    @property
    def told_score(self) -> float | None:
        """The score as it is told, rounded half up."""
        return None if self.score is None else rounded(self.score)


def rounded(score: Fraction) -> float:
    """Return marks with the decimals that they are told with, rounded half up."""
    shift = 10**DECIMALS
    return (score * shift + Fraction(1, 2)).__floor__() / shift


def mark_of(row: Mapping[str, int | float | None], indicator: Indicator) -> Mark:
    """Return the raw value of an indicator in a row of figures; nothing is divided where N is 0."""
    n, of = row[indicator.n], int(row[indicator.of] or 0)
    if not of or n is None:
        return Mark(indicator, None, None, of)
    if indicator.is_pooled:
        return Mark(indicator, Fraction(n), None, of)
    return Mark(indicator, Fraction(int(n), of), int(n), of)


def ranking(rows: Mapping[int, Mapping[str, int | float | None]]) -> tuple[Ranked, ...]:
    """Rank rows of figures by key: highest score first, equal ones sharing a rank, the unranked last."""
    raw = {key: [mark_of(row, indicator) for indicator in INDICATORS] for key, row in rows.items()}
    bounds = [_bounds([marks[place] for marks in raw.values()]) for place in range(len(INDICATORS))]
    scored = {
        key: tuple(Mark(m.indicator, m.x, m.n, m.of, *bound) for m, bound in zip(marks, bounds, strict=True))
        for key, marks in raw.items()
    }
    scores = {key: _score(marks) for key, marks in scored.items()}
    told = sorted((rounded(score) for score in scores.values() if score is not None), reverse=True)
    found = [
        Ranked(key, marks, score := scores[key], None if score is None else told.index(rounded(score)) + 1)
        for key, marks in scored.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0)))


def _bounds(marks: Sequence[Mark]) -> tuple[Fraction | None, Fraction | None]:
    values = [mark.x for mark in marks if mark.x is not None]
    return (min(values), max(values)) if values else (None, None)


def _score(marks: Sequence[Mark]) -> Fraction | None:
    given = [mark.marks for mark in marks]
    known = [one for one in given if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(given) else None
