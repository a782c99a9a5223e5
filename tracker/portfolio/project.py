"""Projects as of a day: their state, actual and planned progress (D8, D9)."""

from datetime import date, timedelta

import polars as pl

from tracker.portfolio.agreement import running_suspensions
from tracker.portfolio.milestone import current_baselines, steps_as_of
from tracker.portfolio.model import Portfolio
from tracker.rules.milestone import is_awaited, is_cancelled, is_met, is_overdue
from tracker.rules.progress import actual_credit, planned_credit, share
from tracker.rules.project import state

AHEAD_DAYS = 90


def projects_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the projects opened by `as_of`, one row each, by id.

    The columns of FACTS["project"] and: baseline_number, approved_on (null: no approved plan), paused_from,
    state (see rules.project.ProjectState), start_on and finish_on (first start and last due or met day of
    the plan), milestones, met, overdue, ahead (unmet and due within AHEAD_DAYS, as_of included),
    next_due_on, weight_total, actual_sum, planned_sum (exact hundredths of weight, see rules.progress),
    actual and planned (shares of one; planned is null without an approved plan, both are null where all
    weights are 0), outside_plan (milestones the approved plan does not hold).
    """
    return portfolio.once(("projects", as_of), lambda: _projects(portfolio, as_of))


def _projects(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    # A project goes where its agreement goes: archived with it, and not there before it.
    agreements = portfolio["agreement"].filter(pl.col("opened_on") <= as_of).select(agreement_id="id")
    frame = (
        portfolio["project"]
        .filter(pl.col("opened_on") <= as_of)
        .join(agreements, on="agreement_id", how="semi")
        .join(
            current_baselines(portfolio, as_of).select("project_id", "baseline_number", "approved_on"),
            left_on="id",
            right_on="project_id",
            how="left",
        )
        .join(_pauses(portfolio, as_of), on="id", how="left")
        .with_columns(state=state(as_of))
    )
    return (
        frame.join(_plan_sums(portfolio, frame, as_of), left_on="id", right_on="project_id", how="left")
        .with_columns(
            pl.col("milestones", "met", "overdue", "ahead", "outside_plan").fill_null(0).cast(pl.Int64)
        )
        .with_columns(
            start_on=pl.coalesce("started_on", "planned_start_on", "first_start_on"),
            actual=share("actual_sum", "weight_total"),
            planned=pl.when(pl.col("approved_on").is_not_null()).then(share("planned_sum", "weight_total")),
        )
        .drop("first_start_on")
        .sort("id")
    )


def _pauses(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """The first day of the suspension, its own or its agreement's, that each project rests in on `as_of`."""
    running = running_suspensions(portfolio, as_of)
    own = running.filter(pl.col("project_id").is_not_null()).select("from_on", id="project_id")
    inherited = (
        running.filter(pl.col("agreement_id").is_not_null())
        .select("agreement_id", "from_on")
        .join(portfolio["project"].select("id", "agreement_id"), on="agreement_id")
        .select("from_on", "id")
    )
    return pl.concat([own, inherited]).group_by("id").agg(paused_from=pl.col("from_on").min())


def _plan_sums(portfolio: Portfolio, projects: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Sum each project's uncancelled milestones in one pass."""
    plans = projects.lazy().select("paused_from", project_id="id")
    approved = pl.col("has_plan")
    # Both sums use one set and one set of weights: the current baseline's, or the typed plan before any.
    weight = (
        pl.when(approved)
        .then(pl.col("baseline_weight").fill_null(0))
        .otherwise(pl.col("weight"))
        .cast(pl.Int64)
    )
    met = is_met(as_of)
    ahead = is_awaited(as_of) & pl.col("current_due_on").is_between(as_of, as_of + timedelta(days=AHEAD_DAYS))
    shown_on = pl.when(met).then("met_on").otherwise(pl.coalesce("forecast_on", "current_due_on"))
    return (
        steps_as_of(portfolio, as_of)
        .filter(~is_cancelled(as_of))
        .join(plans, on="project_id", how="left")
        .with_columns(used_weight=weight, plan_day=pl.coalesce("paused_from", pl.lit(as_of)))
        .group_by("project_id")
        .agg(
            milestones=pl.len(),
            met=met.sum(),
            overdue=is_overdue(as_of).sum(),
            ahead=ahead.sum(),
            next_due_on=pl.col("current_due_on").filter(~met).min(),
            weight_total=(pl.col("used_weight") * 100).sum(),
            actual_sum=(pl.col("used_weight") * actual_credit(as_of)).sum(),
            planned_sum=(pl.col("used_weight") * planned_credit(pl.col("plan_day"))).sum(),
            outside_plan=(approved & pl.col("baseline_weight").is_null()).sum(),
            first_start_on=pl.coalesce("start_on", "current_due_on").min(),
            finish_on=shown_on.max(),
        )
        .collect()
    )
