"""Milestones as of a day: the due date in force, the state of each (D6), and its slip (D7)."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.propagation import blocked_ids
from tracker.portfolio.step import proven_ids, steps_in_force
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.milestone import days_overdue, is_lapsed, is_met, slip_days, state


def milestones_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the milestones of projects opened by `as_of`, one row each, by project and position.

    The columns of FACTS["milestone"] and: forecast_on, credited_on, credit_percent (each as it stood on
    as_of), baseline_start_on, baseline_due_on, baseline_weight, baseline_is_key, baseline_is_gate (of the
    newest baseline approved by as_of; null outside it), has_plan (whether there is one), original_due_on (of
    baseline 0), project_stopped_on, current_due_on, is_blocked (has a predecessor that is not met), state,
    days_overdue, effective_finish_on, is_lapsed (its forecast has gone by), slip_original_days and
    slip_current_days (effective finish minus the due day of baseline 0, and of the newest; negative is early,
    null outside that baseline), has_evidence (a file, a link or a witness), is_late and is_late_to_original
    (met later than the baseline in force on the day it was met, and than the original one; null unless met).
    """
    return portfolio.once(
        ("milestones", as_of),
        lambda: steps_as_of(portfolio, as_of).collect().sort("project_id", "position", "id"),
    )


def steps_as_of(portfolio: Portfolio, as_of: date) -> pl.LazyFrame:
    """Return the same rows in no order, lazily: a roll-up then touches only the columns it needs."""
    met, limits = is_met(as_of), thresholds_as_of(portfolio, as_of)
    blocked, proven = blocked_ids(portfolio, as_of).implode(), proven_ids(portfolio).implode()
    return (
        steps_in_force(portfolio, as_of)
        .with_columns(is_blocked=pl.col("id").is_in(blocked))
        .with_columns(state=state(as_of, limits))
        .with_columns(
            days_overdue=days_overdue(as_of),
            is_lapsed=is_lapsed(as_of),
            slip_original_days=slip_days("original_due_on"),
            slip_current_days=slip_days("baseline_due_on"),
            has_evidence=pl.col("id").is_in(proven),
            is_late=pl.when(met).then(pl.col("met_on") > pl.coalesce("due_when_met", "due_on")),
            is_late_to_original=pl.when(met).then(
                pl.col("met_on") > pl.coalesce("original_due_on", "due_on")
            ),
        )
        .drop("due_when_met")
    )


def current_baselines(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the newest baseline by `as_of` of each project that has one.

    Columns project_id, baseline_id, baseline_number, approved_on and frozen_start_on (the planned start it
    holds, null if it holds none).
    """
    return (
        portfolio["baseline"]
        .filter(pl.col("approved_on") <= as_of)
        .sort("number")
        .group_by("project_id")
        .agg(
            pl.last("id").alias("baseline_id"),
            pl.last("number").alias("baseline_number"),
            pl.last("approved_on"),
            pl.last("planned_start_on").alias("frozen_start_on"),
        )
    )
