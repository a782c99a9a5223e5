"""Compare two plans of a project: any of its baselines, or the plan as typed."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.errors import NotFound
from tracker.portfolio.plan_comparison import compared_starts, comparison_rows, plan_lines
from tracker.portfolio.project import projects_as_of
from tracker.rules.plan_comparison import ComparisonTotals, StartComparison, totals
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_project
from tracker.services.reading import portfolio_for


@dataclass(frozen=True)
class PlanComparison:
    """Two plans side by side, and the project's slip (D7) as of the day asked for.

    `rows` are those of `portfolio.plan_comparison.comparison_rows`. Slips are signed calendar days, negative
    is early, None without an approved plan or where the project was not there; `rebaselines` counts the
    approvals after the first by that day.
    """

    rows: pl.DataFrame
    totals: ComparisonTotals
    start: StartComparison
    slip_original_days: int | None
    slip_current_days: int | None
    rebaselines: int


def compare_plans(
    desk: Desk, project_id: int, before: int | None, after: int | None, as_of: date
) -> PlanComparison:
    """Return plan `before` beside plan `after`: the number of a baseline each, None for the typed plan.

    Raises: NotFound if there is no such project or baseline, NotAllowed, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    portfolio = portfolio_for(desk)
    older, newer = (plan_lines(portfolio, project_id, number) for number in (before, after))
    if older is None or newer is None:
        raise NotFound
    rows = comparison_rows(portfolio, older, newer, as_of)
    standing = projects_as_of(portfolio, as_of).filter(pl.col("id") == project_id).to_dicts()
    found = standing[0] if standing else {}
    return PlanComparison(
        rows=rows,
        totals=totals(rows),
        start=compared_starts(portfolio, project_id, (before, after), as_of),
        slip_original_days=found.get("slip_original_days"),
        slip_current_days=found.get("slip_current_days"),
        rebaselines=found.get("baselines") or 0,
    )
