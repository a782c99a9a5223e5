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
    opened = pl.col("opened_on") <= as_of
    agreements = portfolio["agreement"].filter(opened).select(agreement_id="id")
    baselines = current_baselines(portfolio, as_of).select("project_id", "baseline_number", "approved_on")
    pauses = _pauses(portfolio, as_of)
    sums = _plan_sums(portfolio, pauses, as_of)
    return (
        portfolio["project"]
        .filter(opened)
        .join(agreements, on="agreement_id", how="semi")
        .join(baselines, left_on="id", right_on="project_id", how="left")
        .join(pauses, on="id", how="left")
        .join(sums, left_on="id", right_on="project_id", how="left")
        .with_columns(state=state(as_of))
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


def _plan_sums(portfolio: Portfolio, pauses: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Sum each project's uncancelled milestones in one pass.

    What is summed is made a column first: an expression inside a group costs several times as much.
    """
    approved, met = pl.col("has_plan"), is_met(as_of)
    # Both sums use one set and one set of weights: the current baseline's, or the typed plan before any.
    weight = pl.when(approved).then(pl.col("baseline_weight").fill_null(0)).otherwise(pl.col("weight"))
    in_reach = pl.col("current_due_on").is_between(as_of, as_of + timedelta(days=AHEAD_DAYS))
    return (
        steps_as_of(portfolio, as_of)
        .filter(~is_cancelled(as_of))
        .with_columns(used_weight=weight.cast(pl.Int64), plan_day=_plan_days(pauses, as_of))
        .select(
            "project_id",
            met=met,
            overdue=is_overdue(as_of),
            ahead=is_awaited(as_of) & in_reach,
            next_due_on=pl.when(~met).then("current_due_on"),
            weight_total=pl.col("used_weight") * 100,
            actual_sum=pl.col("used_weight") * actual_credit(as_of),
            planned_sum=pl.col("used_weight") * planned_credit(pl.col("plan_day")),
            outside_plan=approved & pl.col("baseline_weight").is_null(),
            first_start_on=pl.coalesce("start_on", "current_due_on"),
            finish_on=pl.when(met).then("met_on").otherwise(pl.coalesce("forecast_on", "current_due_on")),
        )
        .group_by("project_id")
        .agg(
            pl.len().alias("milestones"),
            pl.col(
                "met", "overdue", "ahead", "weight_total", "actual_sum", "planned_sum", "outside_plan"
            ).sum(),
            pl.col("next_due_on", "first_start_on").min(),
            pl.col("finish_on").max(),
        )
        .collect()
    )


def _plan_days(pauses: pl.DataFrame, as_of: date) -> pl.Expr:
    """Return, by project_id, the day up to which the plan has run: it stands still while a project rests."""
    if pauses.is_empty():
        return pl.lit(as_of)
    return pl.col("project_id").replace_strict(
        pauses["id"], pauses["paused_from"], default=as_of, return_dtype=pl.Date
    )
