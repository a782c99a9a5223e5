"""What falls due: week by week and month by month."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from tracker.portfolio.lists import Wanted, milestone_rows, named_projects
from tracker.portfolio.milestone import steps_as_of
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


def due_steps(portfolio: Portfolio, as_of: date, wanted: Wanted = _ALL) -> pl.DataFrame:
    """Return the unmet milestones overdue or due within the next 90 days, in no order.

    Columns is_overdue, is_key, current_due_on and division_id: what counting needs of the rows of `ahead` and
    of those overdue, without their names, order and moves.
    """
    projects = named_projects(portfolio, as_of, wanted).select("project_id", "division_id")
    due = pl.col("current_due_on").is_between(as_of, as_of + timedelta(days=AHEAD_DAYS))
    overdue = pl.col("state") == MilestoneState.overdue.value
    return (
        steps_as_of(portfolio, as_of)
        .filter(overdue | (pl.col("state").is_in(OPEN_STATES) & due))
        .select("project_id", "is_key", "current_due_on", is_overdue=overdue)
        .join(projects.lazy(), on="project_id")
        .drop("project_id")
        .collect()
    )


def ahead(portfolio: Portfolio, as_of: date, wanted: Wanted = _ALL) -> pl.DataFrame:
    """Return the unmet milestones due within the next 90 days, as_of included: the rows behind the figure."""
    period = (as_of, as_of + timedelta(days=AHEAD_DAYS))
    return milestone_rows(portfolio, as_of, replace(wanted, states=OPEN_STATES, period=period))


def weeks_ahead(steps: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return from_on, to_on, milestones, key_milestones and counties of each week with something due.

    `steps` are rows of `due_steps`. A week begins on Monday; the first and the last end with the 90 days.
    """
    last = as_of + timedelta(days=AHEAD_DAYS)
    monday = pl.col("current_due_on").dt.truncate("1w")
    return (
        steps.filter(~pl.col("is_overdue"))
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


def due_by_month(steps: pl.DataFrame) -> pl.DataFrame:
    """Return month_on (first day; null for all that is overdue) and count, overdue first, then in order.

    `steps` are rows of `due_steps`.
    """
    month = pl.col("current_due_on").dt.truncate("1mo")
    return (
        steps.group_by(month_on=pl.when(~pl.col("is_overdue")).then(month))
        .agg(count=pl.len().cast(pl.Int64))
        .sort("month_on")
    )
