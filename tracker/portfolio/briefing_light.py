"""The list of lights of a briefing: each project's light now and before, the worst first."""

from datetime import date

import polars as pl

from tracker.portfolio.light import lights_as_of
from tracker.portfolio.lists import project_names
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.rules.light import Light
from tracker.rules.milestone import MilestoneState

# No plan is no good news, so grey stands before green, as on the timeline.
_RANKS = {
    light.value: rank
    for rank, light in enumerate(
        (Light.red, Light.yellow, Light.grey, Light.green, Light.blue, Light.stopped)
    )
}


def light_rows(portfolio: Portfolio, as_of: date, before_on: date, projects: pl.DataFrame) -> pl.DataFrame:
    """Return the lights of the projects whose project_id is named, the worst first.

    The columns of `lights_as_of` and of `project_names`, and: light_before (null: not there then), late and
    late_keys (the names of the overdue milestones, and of the key ones among them, the longest overdue
    first). Among equal lights the longest overdue key milestone comes first, then the farthest behind plan.
    """
    before = lights_as_of(portfolio, before_on).select("project_id", light_before="light")
    behind = pl.when(pl.col("weight_total") > 0).then(pl.col("behind_sum") / pl.col("weight_total"))
    return (
        lights_as_of(portfolio, as_of)
        .join(projects, on="project_id", how="semi")
        .join(before, on="project_id", how="left")
        .join(_late(portfolio, as_of, projects), on="project_id", how="left")
        .join(project_names(portfolio, as_of), on="project_id")
        .with_columns(pl.col("late", "late_keys").fill_null([]))
        .sort(
            pl.col("light").replace_strict(_RANKS, return_dtype=pl.Int64),
            *(pl.col("key_overdue_days").fill_null(0), behind.fill_null(0)),
            *("division_id", "project_id"),
            descending=[False, True, True, False, False],
        )
    )


def _late(portfolio: Portfolio, as_of: date, projects: pl.DataFrame) -> pl.DataFrame:
    # A mark taken off after the approval takes no milestone out of the light's reach.
    key = pl.coalesce("baseline_is_key", "is_key")
    return (
        milestones_as_of(portfolio, as_of)
        .filter(pl.col("state") == MilestoneState.overdue.value)
        .join(projects, on="project_id", how="semi")
        .sort("days_overdue", "position", descending=[True, False])
        .group_by("project_id", maintain_order=True)
        .agg(late="name", late_keys=pl.col("name").filter(key))
    )
