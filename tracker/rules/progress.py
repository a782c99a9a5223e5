"""D8 and D9: actual and planned progress, as exact integers.

A milestone's credit is 0 to 100; sums of weight × credit stay integers, so that thresholds can be
compared without rounding. A share is such a sum over the sum of weight × 100. Where a plan runs evenly
from start to due day (linear), sums are counted in millionths of that: thirds and sevenths then add up to
what they are, and a project exactly 10 points behind is told from one a hair less.
"""

from datetime import date

import polars as pl

from tracker.rules.milestone import is_met, is_partly_met

# By how much the sums of a linear plan are finer than those of a plan that goes in steps.
LINEAR_UNIT = 10**6
_SPARE = 10**3


def actual_credit(as_of: date) -> pl.Expr:
    """Return the credit of 0 to 100 a milestone has earned by `as_of` (D8). Reads is_met's columns."""
    return (
        pl.when(is_met(as_of))
        .then(100)
        .when(is_partly_met(as_of))
        .then(pl.col("credit_percent"))
        .otherwise(0)
        .cast(pl.Int64)
    )


def planned_credit(plan_day: pl.Expr, due: str = "baseline_due_on") -> pl.Expr:
    """Return the credit of 0 or 100 the plan gives a milestone by `plan_day` (D9, step).

    The step is taken once due < plan_day, so that a milestone due today is not yet behind. Reads `due`.
    """
    return pl.when(pl.col(due) < plan_day).then(100).otherwise(0).cast(pl.Int64)


def linear_parts(plan_day: pl.Expr, start: str, due: str, weight: str) -> pl.Expr:
    """Return weight × 100 × p of a linear plan (D9), to be summed and given to `linear_sum`.

    p = (plan_day − start + 1) / (due − start + 1), clamped to 0…1. A milestone without a start, or with one
    after its due day, has no stretch to run along: it takes the step. Reads the three columns named.
    """
    whole = pl.col(weight) * (100 * LINEAR_UNIT * _SPARE)
    length = (pl.col(due) - pl.col(start)).dt.total_days() + 1
    run = pl.min_horizontal((plan_day - pl.col(start)).dt.total_days() + 1, length).clip(0)
    # whole × run would not fit 64 bits; the quotient and the rest by themselves do.
    even = (whole // length) * run + ((whole % length) * run * 2 + length) // (length * 2)
    step = planned_credit(plan_day, due) * pl.col(weight) * (LINEAR_UNIT * _SPARE)
    return pl.when(length > 0).then(even).otherwise(step)


def linear_sum(parts: str) -> pl.Expr:
    """Return a sum of `linear_parts` in LINEAR_UNIT.

    Each part is rounded by at most a half; even 500 of them together stay below half a unit, so that a sum
    that is whole in truth is whole here.
    """
    return (pl.col(parts) + _SPARE // 2) // _SPARE


def share(part: str, whole: str) -> pl.Expr:
    """Return part / whole as a share of one; null where the whole is 0 (no plan)."""
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))
