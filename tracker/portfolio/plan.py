"""Every milestone with the plan that is in force, and since when: prepared once, read for any day.

A milestone has one row per plan its project went through: the typed plan until the first approval, then
each baseline until the next. Reading a day is then a filter over these rows, without a join.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

_ALWAYS, _NEVER = date(1, 1, 1), date(9999, 12, 31)


def plan_rows(facts: Mapping[str, pl.DataFrame], project_ids: pl.Series | None = None) -> pl.DataFrame:
    """Return the rows of all projects, or of the given ones, in no particular order.

    The columns of FACTS["milestone"] and: in_force_from (included), in_force_until (excluded),
    project_opened_on, project_stopped_on, baseline_due_on and baseline_weight (null in the typed plan, and
    for a milestone the baseline does not hold), has_plan (whether the row's plan is an approved one),
    original_due_on (of baseline 0), due_when_met (of the baseline in force on the day it was met).
    """
    steps, baselines = facts["milestone"], facts["baseline"]
    frozen, projects = facts["baseline_milestone"], facts["project"]
    if project_ids is not None:
        steps = steps.filter(pl.col("project_id").is_in(project_ids.implode()))
        baselines = baselines.filter(pl.col("project_id").is_in(project_ids.implode()))
        projects = projects.filter(pl.col("id").is_in(project_ids.implode()))
        frozen = frozen.filter(pl.col("baseline_id").is_in(baselines["id"].implode()))
    frozen = frozen.select(
        "baseline_id", id="milestone_id", baseline_due_on="due_on", baseline_weight="weight"
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
    return (
        rows.with_columns(has_plan=pl.col("baseline_id").is_not_null())
        .join(originals, on="id", how="left")
        .join(when_met, on="id", how="left")
        .with_columns(pl.when("has_plan").then("original_due_on"))
        .drop("baseline_id", "number")
        .rechunk()
    )


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
