"""How far each project is beside how far its plan goes (D8–D10), and only that: what roll-ups start from."""

from datetime import date, timedelta

import polars as pl

from db.vocabulary import ProgressBasis
from tracker.portfolio.agreement import running_suspensions
from tracker.portfolio.model import Portfolio
from tracker.portfolio.step import steps_in_force
from tracker.rules.milestone import is_awaited, is_cancelled, is_met, is_overdue
from tracker.rules.progress import (
    LINEAR_UNIT,
    actual_credit,
    linear_parts,
    linear_sum,
    planned_credit,
    share,
)

AHEAD_DAYS = 90
_SUMS = ("weight_total", "actual_sum", "planned_sum")


def progress_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return one row per project with an uncancelled milestone, in no order.

    Columns: project_id, has_plan (an approved one), milestones, met, overdue, ahead (unmet and due within
    AHEAD_DAYS, as_of included), outside_plan (milestones the approved plan does not hold), next_due_on,
    first_start_on, finish_on (first start and last due, forecast or met day), weight_total, actual_sum,
    planned_sum (exact, in one unit: see rules.progress), behind_sum (planned − actual), actual, planned and
    deviation (actual − planned; shares of one) and spi (actual / planned, null where planned is 0).
    What compares with the plan is null without an approved one; shares are null where all weights are 0.
    """
    return portfolio.once(("progress", as_of), lambda: _progress(portfolio, as_of))


def pauses_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return id and paused_from of each project that rests on `as_of`.

    paused_from is the first day of the suspension, its own or its agreement's.
    """
    running = running_suspensions(portfolio, as_of)
    own = running.filter(pl.col("project_id").is_not_null()).select("from_on", id="project_id")
    inherited = (
        running.filter(pl.col("agreement_id").is_not_null())
        .select("agreement_id", "from_on")
        .join(portfolio["project"].select("id", "agreement_id"), on="agreement_id")
        .select("from_on", "id")
    )
    return pl.concat([own, inherited]).group_by("id").agg(paused_from=pl.col("from_on").min())


def reported_projects(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return project_id and reported_percent of the projects whose template chose reported percent (D8).

    It is that of the newest report accepted by `as_of` that states one; 0 before any.
    """
    reported = pl.col("progress_basis") == ProgressBasis.reported.value
    versions = portfolio["plan_template_version"].filter(reported).select(template_version_id="id")
    projects = portfolio["project"].join(versions, on="template_version_id", how="semi")
    accepted = (pl.col("decision") == "accepted") & (pl.col("decided_on") <= as_of)
    newest = (
        portfolio["project_update"]
        .filter(accepted & (pl.col("reported_on") <= as_of) & pl.col("reported_percent").is_not_null())
        .sort("reported_on", "id")
        .unique("project_id", keep="last")
        .select("project_id", "reported_percent")
    )
    return (
        projects.select(project_id="id")
        .join(newest, on="project_id", how="left")
        .with_columns(pl.col("reported_percent").fill_null(0))
    )


def original_progress_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return D9 on baseline 0: project_id, weight_total_original, planned_sum_original, planned_original.

    One row per project whose original plan is approved by `as_of`. The set are its uncancelled milestones
    with the weights and days they had in it; the sums are in LINEAR_UNIT.
    """
    return portfolio.once(("original_progress", as_of), lambda: _original_progress(portfolio, as_of))


def _progress(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    pauses = pauses_as_of(portfolio, as_of)
    sums = _step_sums(portfolio, pauses, as_of)
    reported = reported_projects(portfolio, as_of)
    if reported.height:
        sums = _with_reported(sums, reported, _linear_sums(portfolio, reported, pauses, as_of))
    behind = pl.when("has_plan").then(pl.col("planned_sum") - pl.col("actual_sum"))
    return (
        sums.with_columns(
            behind_sum=behind,
            ahead_sum=-behind,
            actual=share("actual_sum", "weight_total"),
            planned=pl.when("has_plan").then(share("planned_sum", "weight_total")),
        )
        .with_columns(
            deviation=share("ahead_sum", "weight_total"),
            spi=pl.when("has_plan").then(share("actual_sum", "planned_sum")),
        )
        .drop("ahead_sum")
    )


def _step_sums(portfolio: Portfolio, pauses: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Sum each project's uncancelled milestones in one pass.

    What is summed is made a column first: an expression inside a group costs several times as much.
    """
    approved, met = pl.col("has_plan"), is_met(as_of)
    in_reach = pl.col("current_due_on").is_between(as_of, as_of + timedelta(days=AHEAD_DAYS))
    return (
        steps_in_force(portfolio, as_of)
        .filter(~is_cancelled(as_of))
        .with_columns(used_weight=_used_weight(), plan_day=_plan_days(pauses, as_of))
        .select(
            "project_id",
            "has_plan",
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
            pl.first("has_plan"),
            pl.col("met", "overdue", "ahead", "outside_plan", *_SUMS).sum(),
            pl.col("next_due_on", "first_start_on").min(),
            pl.col("finish_on").max(),
        )
        .collect()
    )


def _used_weight() -> pl.Expr:
    """Both sums use one set and one set of weights: the current baseline's, or the typed plan before any."""
    frozen = pl.col("baseline_weight").fill_null(0)
    return pl.when("has_plan").then(frozen).otherwise(pl.col("weight")).cast(pl.Int64)


def _linear_sums(
    portfolio: Portfolio, reported: pl.DataFrame, pauses: pl.DataFrame, as_of: date
) -> pl.DataFrame:
    """Return project_id, planned_parts and weights of the projects on reported percent."""
    parts = linear_parts(pl.col("plan_day"), "baseline_start_on", "baseline_due_on", "used_weight")
    return (
        steps_in_force(portfolio, as_of)
        .filter(~is_cancelled(as_of) & pl.col("project_id").is_in(reported["project_id"].implode()))
        .with_columns(used_weight=_used_weight(), plan_day=_plan_days(pauses, as_of))
        .select("project_id", planned_parts=parts.fill_null(0), weights="used_weight")
        .group_by("project_id")
        .agg(pl.col("planned_parts", "weights").sum())
        .collect()
    )


def _with_reported(sums: pl.DataFrame, reported: pl.DataFrame, linear: pl.DataFrame) -> pl.DataFrame:
    fine = linear.join(reported, on="project_id").select(
        "project_id",
        weight_total_fine=pl.col("weights") * (100 * LINEAR_UNIT),
        actual_sum_fine=pl.col("weights") * pl.col("reported_percent") * LINEAR_UNIT,
        planned_sum_fine=linear_sum("planned_parts"),
    )
    return (
        sums.join(fine, on="project_id", how="left")
        .with_columns(pl.coalesce(f"{name}_fine", name).alias(name) for name in _SUMS)
        .drop(f"{name}_fine" for name in _SUMS)
    )


def _original_progress(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    approved = (pl.col("number") == 0) & (pl.col("approved_on") <= as_of)
    originals = portfolio["baseline"].filter(approved).select("project_id", baseline_id="id")
    kept = steps_in_force(portfolio, as_of).filter(~is_cancelled(as_of)).select(milestone_id="id")
    linear = pl.col("project_id").is_in(reported_projects(portfolio, as_of)["project_id"].implode())
    day = pl.col("plan_day")
    parts = linear_parts(day, "start_on", "due_on", "weight")
    # Without a start every milestone takes the step, whatever the basis.
    stepped = linear_parts(day, "no_start_on", "due_on", "weight")
    return (
        portfolio["baseline_milestone"]
        .lazy()
        .join(originals.lazy(), on="baseline_id")
        .join(kept, on="milestone_id", how="semi")
        .with_columns(
            plan_day=_plan_days(pauses_as_of(portfolio, as_of), as_of), no_start_on=pl.lit(None, pl.Date)
        )
        .select("project_id", "weight", planned_parts=pl.when(linear).then(parts).otherwise(stepped))
        .group_by("project_id")
        .agg(pl.col("weight", "planned_parts").sum())
        .select(
            "project_id",
            weight_total_original=pl.col("weight") * (100 * LINEAR_UNIT),
            planned_sum_original=linear_sum("planned_parts"),
        )
        .with_columns(planned_original=share("planned_sum_original", "weight_total_original"))
        .collect()
    )


def _plan_days(pauses: pl.DataFrame, as_of: date) -> pl.Expr:
    """Return, by project_id, the day up to which the plan has run: it stands still while a project rests."""
    if pauses.is_empty():
        return pl.lit(as_of)
    return pl.col("project_id").replace_strict(
        pauses["id"], pauses["paused_from"], default=as_of, return_dtype=pl.Date
    )
