"""Projects whose work would outlive the agreement it rests on."""

from datetime import date

import polars as pl

from tracker.portfolio.lists import project_names
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.rules.project import ProjectState

_OVER = (ProjectState.stopped.value, ProjectState.accepted.value)


def term_conflicts(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the projects whose effective finish lies after the end of the term, the furthest over first.

    The term is that of the agreement, or of its renewal in force. Stopped and accepted projects are left
    out: no work of theirs is to come.

    Columns: those of `project_names`, effective_finish_on, term_end_on and days_over.
    """
    days = (pl.col("effective_finish_on") - pl.col("term_end_on")).dt.total_days()
    return (
        projects_as_of(portfolio, as_of)
        .filter(pl.col("outlives_term") & ~pl.col("state").is_in(_OVER))
        .select("effective_finish_on", "term_end_on", project_id="id", days_over=days)
        .join(project_names(portfolio, as_of), on="project_id")
        .sort("days_over", "project_id", descending=[True, False])
    )
