"""Milestones as of a day: the due date in force, and the state of each (D6)."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.rules.milestone import days_overdue, is_met, state


def milestones_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the milestones of projects opened by `as_of`, one row each, by project and position.

    The columns of FACTS["milestone"] and: baseline_due_on, baseline_weight (of the newest baseline approved
    by as_of; null outside it), original_due_on (of baseline 0), current_due_on (D6), state,
    days_overdue, is_late and is_late_to_original (met later than the baseline in force on the day it was
    met, and than the original one; null unless met).
    """
    return portfolio.once(("milestones", as_of), lambda: _milestones(portfolio, as_of))


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


def _milestones(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    opened = portfolio["project"].filter(pl.col("opened_on") <= as_of).select(project_id="id")
    frozen = portfolio["baseline_milestone"]
    current = frozen.join(current_baselines(portfolio, as_of), on="baseline_id").select(
        "milestone_id", baseline_due_on="due_on", baseline_weight="weight"
    )
    originals = portfolio["baseline"].filter((pl.col("number") == 0) & (pl.col("approved_on") <= as_of))
    original = frozen.join(originals, left_on="baseline_id", right_on="id", how="semi").select(
        "milestone_id", original_due_on="due_on"
    )
    frame = (
        portfolio["milestone"]
        .join(opened, on="project_id", how="semi")
        .join(current, left_on="id", right_on="milestone_id", how="left")
        .join(original, left_on="id", right_on="milestone_id", how="left")
        .join(_due_when_met(portfolio), left_on="id", right_on="milestone_id", how="left")
    )
    met = is_met(as_of)
    return (
        frame.with_columns(current_due_on=pl.coalesce("baseline_due_on", "due_on"))
        .with_columns(state=state(as_of))
        .with_columns(
            days_overdue=days_overdue(as_of),
            is_late=pl.when(met).then(pl.col("met_on") > pl.coalesce("due_when_met", "due_on")),
            is_late_to_original=pl.when(met).then(
                pl.col("met_on") > pl.coalesce("original_due_on", "due_on")
            ),
        )
        .drop("due_when_met")
        .sort("project_id", "position", "id")
    )


def _due_when_met(portfolio: Portfolio) -> pl.DataFrame:
    """The due day of each met milestone in the baseline that was in force on the day it was met."""
    met = portfolio["milestone"].filter(pl.col("met_on").is_not_null()).select("met_on", milestone_id="id")
    return (
        portfolio["baseline_milestone"]
        .join(met, on="milestone_id")
        .join(portfolio["baseline"].select("number", "approved_on", baseline_id="id"), on="baseline_id")
        .filter(pl.col("approved_on") <= pl.col("met_on"))
        .sort("number")
        .group_by("milestone_id")
        .agg(due_when_met=pl.col("due_on").last())
    )
