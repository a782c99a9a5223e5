"""Every milestone with the plan, forecast and credit in force, prepared once and read for any day.

A milestone has one row per period in which all three stayed the same: the typed plan until the first
approval, then each baseline until the next, each cut again where the forecast moved or a share was stated
as met. Reading a day is then a filter over these rows, without a join.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

_ALWAYS, _NEVER = date(1, 1, 1), date(9999, 12, 31)
_TOUCHED = ("milestone", "baseline", "project")
_FROZEN = ("start_on", "due_on", "weight", "is_key", "is_gate")
_MOVED = ("forecast_change", "milestone_credit")


def plan_rows(facts: Mapping[str, pl.DataFrame], project_ids: pl.Series | None = None) -> pl.DataFrame:
    """Return the rows of all projects, or of the given ones, in no particular order.

    The columns of FACTS["milestone"] and: in_force_from (included), in_force_until (excluded),
    project_opened_on, project_stopped_on, baseline_start_on, baseline_due_on, baseline_weight,
    baseline_is_key and baseline_is_gate (null in the typed plan, and for a milestone the baseline does not
    hold), has_plan (whether the row's plan is an approved one), original_due_on (of baseline 0), due_when_met
    (of the baseline in force on the day it was met), forecast_on, credited_on and credit_percent (each null
    until there is one).
    """
    steps, baselines = facts["milestone"], facts["baseline"]
    frozen, projects = facts["baseline_milestone"], facts["project"]
    if project_ids is not None:
        steps = steps.filter(pl.col("project_id").is_in(project_ids.implode()))
        baselines = baselines.filter(pl.col("project_id").is_in(project_ids.implode()))
        projects = projects.filter(pl.col("id").is_in(project_ids.implode()))
        frozen = frozen.filter(pl.col("baseline_id").is_in(baselines["id"].implode()))
    frozen = frozen.select(
        *("baseline_id", pl.col("milestone_id").alias("id")),
        *(pl.col(name).alias(f"baseline_{name}") for name in _FROZEN),
    )
    opened = projects.select(project_id="id", project_opened_on="opened_on", project_stopped_on="stopped_on")
    periods = _periods(baselines, opened)
    rows = (
        steps.join(opened, on="project_id")
        .join(periods, on="project_id")
        .join(frozen, on=["baseline_id", "id"], how="left")
    )
    originals = rows.filter(pl.col("number") == 0).select("id", original_due_on="baseline_due_on")
    in_force = pl.col("met_on").is_between("in_force_from", "in_force_until", closed="left")
    when_met = rows.filter(in_force).select("id", due_when_met=pl.coalesce("baseline_due_on", "due_on"))
    rows = (
        rows.with_columns(has_plan=pl.col("baseline_id").is_not_null())
        .join(originals, on="id", how="left")
        .join(when_met, on="id", how="left")
        .with_columns(pl.when("has_plan").then("original_due_on"))
        .drop("baseline_id", "number")
    )
    rows = _cut(rows, _forecasts(facts["forecast_change"]))
    return _cut(rows, _credits(facts["milestone_credit"])).rechunk()


def planned_again(facts: Mapping[str, pl.DataFrame], changed: Mapping[str, pl.DataFrame]) -> pl.Series:
    """Return the ids of the projects whose rows other facts than before make different."""
    moved = pl.concat([changed[table]["milestone_id"] for table in _MOVED])
    return pl.concat(
        [
            *(changed[t]["id" if t == "project" else "project_id"].alias("project_id") for t in _TOUCHED),
            facts["milestone"].filter(pl.col("id").is_in(moved.implode()))["project_id"],
        ]
    ).unique()


def _periods(baselines: pl.DataFrame, opened: pl.DataFrame) -> pl.DataFrame:
    """Return project_id, baseline_id, number, in_force_from, in_force_until: typed plan first, no gaps.

    Two baselines of one day leave the earlier without a day in force, so that the newer one wins.
    """
    typed = opened.select(
        "project_id",
        baseline_id=pl.lit(None, pl.Int64),
        number=pl.lit(-1, pl.Int64),
        in_force_from=pl.lit(_ALWAYS),
    )
    approved = baselines.select("project_id", baseline_id="id", number="number", in_force_from="approved_on")
    until = pl.col("in_force_from").shift(-1).over("project_id", order_by="number")
    return pl.concat([typed, approved]).with_columns(in_force_until=until.fill_null(_NEVER))


def _forecasts(changes: pl.DataFrame) -> pl.DataFrame:
    """Return id (of the milestone), from_on, turn, forecast_on: each forecast from the day it was made."""
    return changes.select(turn="id", id="milestone_id", from_on="changed_on", forecast_on="new_on")


def _credits(credit: pl.DataFrame) -> pl.DataFrame:
    """Return id (of the milestone), from_on, turn, credited_on, credit_percent: each stated share."""
    return credit.select(
        "credited_on", turn="id", id="milestone_id", from_on="credited_on", credit_percent="percent"
    )


def _cut(rows: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Cut the rows of milestones that have entries, so that each part lies in one entry's time.

    Before the first entry its values are null. Of two entries of one day the later one in `turn` wins.
    """
    values = [name for name in entries.columns if name not in ("id", "turn", "from_on")]
    nothing = [pl.lit(None, entries.schema[name]).alias(name) for name in values]
    # One project's rows are cut after each edit: what all others have must cost nothing then.
    entries = entries.filter(pl.col("id").is_in(rows["id"].implode()))
    concerned = rows["id"].is_in(entries["id"].implode())
    untouched = rows.filter(~concerned).with_columns(nothing)
    if untouched.height == rows.height:
        return untouched
    first = entries.select("id").unique().with_columns(nothing).with_columns(from_on=pl.lit(_ALWAYS))
    ordered = pl.concat([first, entries.sort("from_on", "turn").drop("turn")], how="diagonal")
    ordered = ordered.with_columns(until_on=pl.col("from_on").shift(-1).over("id").fill_null(_NEVER))
    parts = (
        rows.filter(concerned)
        .join(ordered.filter(pl.col("from_on") < pl.col("until_on")), on="id")
        .with_columns(
            in_force_from=pl.max_horizontal("in_force_from", "from_on"),
            in_force_until=pl.min_horizontal("in_force_until", "until_on"),
        )
        .filter(pl.col("in_force_from") < pl.col("in_force_until"))
        .drop("from_on", "until_on")
    )
    return pl.concat([untouched, parts.select(untouched.columns)])
