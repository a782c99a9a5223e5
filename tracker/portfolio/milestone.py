"""Milestones as of a day: the due date in force, and the state of each (D6)."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.rules.milestone import days_overdue, is_met, state


def milestones_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the milestones of projects opened by `as_of`, one row each, by project and position.

    The columns of FACTS["milestone"] and: baseline_due_on, baseline_weight (of the newest baseline approved
    by as_of; null outside it), has_plan (whether there is one), original_due_on (of baseline 0),
    current_due_on (D6), state, days_overdue, is_late and is_late_to_original (met later than the baseline
    in force on the day it was met, and than the original one; null unless met).
    """
    return portfolio.once(
        ("milestones", as_of),
        lambda: steps_as_of(portfolio, as_of).collect().sort("project_id", "position", "id"),
    )


def steps_as_of(portfolio: Portfolio, as_of: date) -> pl.LazyFrame:
    """Return the same rows in no order, lazily: a roll-up then touches only the columns it needs."""
    met = is_met(as_of)
    in_force = (pl.col("in_force_from") <= as_of) & (pl.col("in_force_until") > as_of)
    return (
        portfolio["plan"]
        .lazy()
        .filter(in_force & (pl.col("project_opened_on") <= as_of))
        .with_columns(current_due_on=pl.coalesce("baseline_due_on", "due_on"))
        .with_columns(state=state(as_of))
        .with_columns(
            days_overdue=days_overdue(as_of),
            is_late=pl.when(met).then(pl.col("met_on") > pl.coalesce("due_when_met", "due_on")),
            is_late_to_original=pl.when(met).then(
                pl.col("met_on") > pl.coalesce("original_due_on", "due_on")
            ),
        )
        .drop("due_when_met", "in_force_from", "in_force_until", "project_opened_on")
    )


def current_baselines(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return project_id, baseline_id, baseline_number, approved_on of the newest baseline by `as_of`."""
    return (
        portfolio["baseline"]
        .filter(pl.col("approved_on") <= as_of)
        .sort("number")
        .group_by("project_id")
        .agg(
            pl.last("id").alias("baseline_id"),
            pl.last("number").alias("baseline_number"),
            pl.last("approved_on"),
        )
    )
