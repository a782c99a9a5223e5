"""What falls due: week by week and month by month."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from tracker.portfolio.lists import Wanted, milestone_rows
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import AHEAD_DAYS
from tracker.rules.milestone import MilestoneState

# The states in which a milestone that is not late yet still has its day ahead.
OPEN_STATES = tuple(
    s.value
    for s in MilestoneState
    if s not in (MilestoneState.cancelled, MilestoneState.met, MilestoneState.stopped, MilestoneState.overdue)
)
_ALL = Wanted()


def ahead(portfolio: Portfolio, as_of: date, wanted: Wanted = _ALL) -> pl.DataFrame:
    """Return the unmet milestones due within the next 90 days, as_of included: the rows behind the figure."""
    period = (as_of, as_of + timedelta(days=AHEAD_DAYS))
    return milestone_rows(portfolio, as_of, replace(wanted, states=OPEN_STATES, period=period))


def weeks_ahead(portfolio: Portfolio, as_of: date, wanted: Wanted = _ALL) -> pl.DataFrame:
    """Return from_on, to_on, milestones, key_milestones and counties of each week with something due.

    A week begins on Monday; the first and the last end with the 90 days.
    """
    last = as_of + timedelta(days=AHEAD_DAYS)
    monday = pl.col("current_due_on").dt.truncate("1w")
    return (
        ahead(portfolio, as_of, wanted)
        .group_by(monday=monday)
        .agg(
            milestones=pl.len().cast(pl.Int64),
            key_milestones=pl.col("is_key").sum().cast(pl.Int64),
            counties=pl.col("division_id").n_unique().cast(pl.Int64),
        )
        .sort("monday")
        .select(
            pl.max_horizontal("monday", pl.lit(as_of)).alias("from_on"),
            pl.min_horizontal(pl.col("monday") + pl.duration(days=6), pl.lit(last)).alias("to_on"),
            "milestones",
            "key_milestones",
            "counties",
        )
    )


def due_by_month(portfolio: Portfolio, as_of: date, wanted: Wanted = _ALL) -> pl.DataFrame:
    """Return month_on (first day; null for all that is overdue) and count, overdue first, then in order."""
    late = milestone_rows(portfolio, as_of, replace(wanted, states=(MilestoneState.overdue.value,)))
    months = (
        ahead(portfolio, as_of, wanted)
        .group_by(month_on=pl.col("current_due_on").dt.truncate("1mo"))
        .agg(count=pl.len().cast(pl.Int64))
        .sort("month_on")
    )
    if late.is_empty():
        return months
    overdue = pl.DataFrame({"month_on": [None], "count": [late.height]}, schema=months.schema)
    return pl.concat([overdue, months])
