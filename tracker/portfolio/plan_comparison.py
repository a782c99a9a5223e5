"""Two plans of one project from the facts: any of its baselines, or the plan as typed."""

from datetime import date

import polars as pl

from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.rules.plan import FROZEN
from tracker.rules.plan_comparison import StartComparison, compared, start_slip_days

_PLAN = ("milestone_id", *FROZEN)


def plan_lines(portfolio: Portfolio, project_id: int, number: int | None) -> pl.DataFrame | None:
    """Return what baseline `number` of a project froze; with None what is typed and not cancelled.

    The columns are those of `rules.plan_comparison.PLAN_SCHEMA`; None where there is no such baseline.
    """
    if number is None:
        typed = portfolio["milestone"].filter(
            pl.col("project_id") == project_id, pl.col("cancelled_on").is_null()
        )
        return typed.rename({"id": "milestone_id"}).select(_PLAN)
    baseline = portfolio["baseline"].filter(pl.col("project_id") == project_id, pl.col("number") == number)
    if baseline.is_empty():
        return None
    frozen = portfolio["baseline_milestone"].join(
        baseline.select(baseline_id="id"), on="baseline_id", how="semi"
    )
    return frozen.select(_PLAN)


def compared_starts(
    portfolio: Portfolio, project_id: int, numbers: tuple[int | None, int | None], as_of: date
) -> StartComparison:
    """Return the planned starts of two plans of a project, None as a number for what is typed."""
    of_project = portfolio["baseline"].filter(pl.col("project_id") == project_id)
    frozen = dict(of_project.select("number", "planned_start_on").iter_rows())
    typed = portfolio["project"].filter(pl.col("id") == project_id)
    before, after = (
        typed["planned_start_on"].item() if number is None else frozen.get(number) for number in numbers
    )
    standing = projects_as_of(portfolio, as_of).filter(pl.col("id") == project_id).to_dicts()
    if not standing or standing[0]["approved_on"] is None:
        return StartComparison(before, after, None, None)
    started_on, current_on = standing[0]["started_on"], standing[0]["planned_start_on"]
    slips = (start_slip_days(day, started_on, current_on, as_of) for day in (frozen.get(0), current_on))
    return StartComparison(before, after, *slips)


def comparison_rows(
    portfolio: Portfolio, before: pl.DataFrame, after: pl.DataFrame, as_of: date
) -> pl.DataFrame:
    """Return the milestones of two plans of one project in the plan's order.

    The columns of `rules.plan_comparison.compared` and: name, and of D7 as of the day effective_finish_on,
    slip_original_days and slip_current_days, null for a milestone that was not there on it.
    """
    names = portfolio["milestone"].select("name", "position", milestone_id="id")
    slips = milestones_as_of(portfolio, as_of).select(
        "effective_finish_on", "slip_original_days", "slip_current_days", milestone_id="id"
    )
    return (
        compared(before, after)
        .join(names, on="milestone_id", how="left")
        .join(slips, on="milestone_id", how="left")
        .sort("position", "milestone_id")
        .drop("position")
    )
