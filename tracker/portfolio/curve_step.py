"""The steps an S-curve is made of: on which day which project gains how much of itself.

Each function returns frames of `project_id`, `day` and `parts`, a share of one project in PARTS, one row per
step and in no order. Summed up to a day they are the projects' shares on it, but for what rounding lost.
"""

from datetime import date

import polars as pl

from db.vocabulary import ProgressBasis
from tracker.portfolio.model import Portfolio
from tracker.portfolio.step import steps_in_force
from tracker.rules.milestone import is_cancelled, is_met
from tracker.rules.progress import LINEAR_UNIT, actual_credit, linear_parts, linear_sum

# Shares are added as whole parts, so that the order of rows cannot change a sum.
PARTS = 10**12
_FOREVER = date(9999, 12, 31)
_ONE_DAY = pl.duration(days=1)


def marks_of(portfolio: Portfolio, as_of: date, projects: pl.DataFrame) -> pl.DataFrame:
    """Return the uncancelled milestones of covered projects with the plan in force on `as_of`.

    Columns: project_id, milestone_id, weight, start_on, due_on, met_on (null after as_of), credit (0 to 100),
    effective_finish_on, and of the project is_reported, weights (their sum) and actual.
    """
    reported = ProgressBasis.reported.value
    unit = pl.when(pl.col("progress_basis") == reported).then(100 * LINEAR_UNIT).otherwise(100)
    owners = projects.select(
        "project_id",
        "actual",
        is_reported=pl.col("progress_basis") == reported,
        weights=pl.col("weight_total") // unit,
    )
    return (
        steps_in_force(portfolio, as_of)
        .filter(~is_cancelled(as_of))
        .select(
            "project_id",
            "effective_finish_on",
            milestone_id="id",
            weight=pl.col("baseline_weight").fill_null(0),
            start_on="baseline_start_on",
            due_on="baseline_due_on",
            met_on=pl.when(is_met(as_of)).then("met_on"),
            credit=actual_credit(as_of),
        )
        .join(owners.lazy(), on="project_id")
        .collect()
    )


def first_marks(portfolio: Portfolio, marks: pl.DataFrame) -> pl.DataFrame:
    """Return the same milestones as the first approved plan had them; those it does not hold are left out."""
    first = portfolio["baseline"].filter(pl.col("number") == 0).select(baseline_id="id")
    frozen = portfolio["baseline_milestone"].join(first, on="baseline_id", how="semi")
    return (
        frozen.select("milestone_id", "start_on", "due_on", weight=pl.col("weight").cast(pl.Int64))
        .join(marks.select("project_id", "milestone_id", "is_reported"), on="milestone_id")
        .with_columns(weights=pl.col("weight").sum().over("project_id"))
        .filter(pl.col("weights") > 0)
    )


def rests_of(portfolio: Portfolio, projects: pl.DataFrame) -> pl.DataFrame:
    """Return project_id, from_on, to_on of every suspension of these projects or of their agreements."""
    suspensions = portfolio["suspension"].with_columns(to_on=pl.col("to_on").fill_null(_FOREVER))
    parts = [
        projects.select("project_id", "agreement_id")
        .join(suspensions.filter(pl.col(subject).is_not_null()).drop("id", other), on=subject)
        .select("project_id", "from_on", "to_on")
        for subject, other in (("project_id", "agreement_id"), ("agreement_id", "project_id"))
    ]
    return pl.concat(parts)


def planned_steps(marks: pl.DataFrame, rests: pl.DataFrame, days: pl.Series) -> pl.DataFrame:
    """Return the steps of the plan of `marks` (D9): on the day after each due day, or evenly up to it.

    While a project rests its plan stands still: what fell due meanwhile counts from the day after the rest.
    """
    stepped = _after_rest(marks.filter(~pl.col("is_reported")), rests)
    steps = stepped.select("project_id", "day", parts=_parts(pl.col("weight"), pl.col("weights")))
    linear = marks.filter("is_reported")
    return steps if linear.is_empty() else pl.concat([steps, _even_steps(linear, rests, days)])


def actual_steps(portfolio: Portfolio, as_of: date, marks: pl.DataFrame) -> pl.DataFrame:
    """Return the steps of what was done by `as_of` (D8): milestones met, or percent reported."""
    of_steps = marks.filter(~pl.col("is_reported"))
    gains = pl.concat([_met(of_steps), _credits(portfolio, as_of, of_steps)])
    part, whole = pl.col("weight") * pl.col("gain"), pl.col("weights") * 100
    steps = gains.select("project_id", "day", parts=_parts(part, whole))
    reported = marks.filter("is_reported")
    return steps if reported.is_empty() else pl.concat([steps, _reports(portfolio, as_of, reported)])


def forecast_steps(as_of: date, marks: pl.DataFrame) -> pl.DataFrame:
    """Return the steps still ahead: what a project lacks, by its milestones' effective finishes (D7)."""
    lacking = pl.col("weight") * (100 - pl.col("credit"))
    open_marks = marks.filter(pl.col("met_on").is_null() & pl.col("effective_finish_on").is_not_null())
    return (
        open_marks.with_columns(lacking=lacking, all_lacking=lacking.sum().over("project_id"))
        .filter(pl.col("all_lacking") > 0)
        .select(
            "project_id",
            day=pl.max_horizontal("effective_finish_on", pl.lit(as_of) + _ONE_DAY),
            parts=_parts((1 - pl.col("actual")) * pl.col("lacking"), pl.col("all_lacking")),
        )
    )


def _parts(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return (part / whole * PARTS).round().cast(pl.Int64)


def _after_rest(marks: pl.DataFrame, rests: pl.DataFrame) -> pl.DataFrame:
    """Add the day from which each milestone counts as planned; one that rests for good is left out."""
    dated = marks.filter(pl.col("due_on").is_not_null())
    resting = (
        dated.select("project_id", "milestone_id", "due_on")
        .join(rests, on="project_id")
        .filter(pl.col("from_on") <= pl.col("due_on"), pl.col("due_on") < pl.col("to_on"))
        .group_by("milestone_id")
        .agg(rests_until=pl.col("to_on").max())
    )
    if resting.is_empty():
        return dated.with_columns(day=pl.col("due_on") + _ONE_DAY)
    return (
        dated.join(resting, on="milestone_id", how="left")
        .filter(pl.col("rests_until").is_null() | (pl.col("rests_until") < _FOREVER))
        .with_columns(day=pl.coalesce("rests_until", "due_on") + _ONE_DAY)
    )


def _even_steps(marks: pl.DataFrame, rests: pl.DataFrame, days: pl.Series) -> pl.DataFrame:
    """Return what plans that run evenly gain from one drawn day to the next."""
    plan_days = (
        marks.select("project_id")
        .unique()
        .join(days.alias("day").to_frame(), how="cross")
        .join(rests, on="project_id", how="left")
        .with_columns(
            plan_day=pl.when(pl.col("day").is_between("from_on", "to_on")).then("from_on").otherwise("day")
        )
        .group_by("project_id", "day")
        .agg(pl.col("plan_day").min())
    )
    run = linear_parts(pl.col("plan_day"), "start_on", "due_on", "weight").fill_null(0)
    sums = (
        marks.join(plan_days, on="project_id")
        .select("project_id", "day", "weights", run=run)
        .group_by("project_id", "day")
        .agg(pl.col("run").sum(), pl.col("weights").first())
        .sort("project_id", "day")
        .with_columns(reached=_parts(linear_sum("run"), pl.col("weights") * (100 * LINEAR_UNIT)))
    )
    before = pl.col("reached").shift(1, fill_value=0).over("project_id")
    return sums.select("project_id", "day", parts=pl.col("reached") - before)


def _met(marks: pl.DataFrame) -> pl.DataFrame:
    """Return what each met milestone gained on the day it was met, over what was stated in part before."""
    met = marks.filter(pl.col("met_on").is_not_null())
    gain = pl.lit(100, pl.Int64)
    return met.select("project_id", "milestone_id", "weight", "weights", day="met_on", gain=gain)


def _credits(portfolio: Portfolio, as_of: date, marks: pl.DataFrame) -> pl.DataFrame:
    """Return the shares stated in part, each as a gain over the one before, and as a loss once it is met."""
    stated = (
        portfolio["milestone_credit"]
        .filter(pl.col("credited_on") <= as_of)
        .sort("credited_on", "id")
        .unique(["milestone_id", "credited_on"], keep="last", maintain_order=True)
        .join(marks, on="milestone_id")
        .filter((pl.col("credited_on") < pl.col("met_on")).fill_null(value=True))
        .sort("milestone_id", "credited_on")
        .with_columns(percent=pl.col("percent").cast(pl.Int64))
    )
    columns = ("project_id", "milestone_id", "weight", "weights")
    before = pl.col("percent").shift(1, fill_value=0).over("milestone_id")
    gained = stated.select(*columns, day="credited_on", gain=pl.col("percent") - before)
    last = stated.filter(pl.col("met_on").is_not_null()).unique("milestone_id", keep="last")
    return pl.concat([gained, last.select(*columns, day="met_on", gain=-pl.col("percent"))])


def _reports(portfolio: Portfolio, as_of: date, marks: pl.DataFrame) -> pl.DataFrame:
    """Return the percent of accepted reports as gains, each from the day it was both given and accepted."""
    known = pl.max_horizontal("reported_on", "decided_on")
    order = pl.struct("reported_on", "id").rank("dense")
    reports = (
        portfolio["project_update"]
        .filter((pl.col("decision") == "accepted") & pl.col("reported_percent").is_not_null())
        .join(marks.select("project_id").unique(), on="project_id", how="semi")
        .with_columns(day=known, order=order)
        .filter(pl.col("day") <= as_of)
        .sort("project_id", "day", "order")
        # A report accepted after a newer one changes nothing.
        .filter(pl.col("order") == pl.col("order").cum_max().over("project_id"))
    )
    percent = pl.col("reported_percent").cast(pl.Int64)
    gain = percent - percent.shift(1, fill_value=0).over("project_id")
    return reports.select("project_id", "day", parts=gain * (PARTS // 100))
