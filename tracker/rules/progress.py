"""D8 and D9: actual and planned progress, as exact integer hundredths of weight.

A milestone's credit is 0 to 100; sums of weight × credit stay integers, so that thresholds can be
compared without rounding. A share is such a sum over the sum of weight × 100.
"""

from datetime import date

import polars as pl

from tracker.rules.milestone import is_met, is_partly_met


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


def planned_credit(plan_day: pl.Expr) -> pl.Expr:
    """Return the credit of 0 or 100 the plan gives a milestone by `plan_day` (D9, step).

    The step is taken once due < plan_day, so that a milestone due today is not yet behind.
    Reads baseline_due_on.
    """
    return pl.when(pl.col("baseline_due_on") < plan_day).then(100).otherwise(0).cast(pl.Int64)


def share(part: str, whole: str) -> pl.Expr:
    """Return part / whole as a share of one; null where the whole is 0 (no plan)."""
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))
