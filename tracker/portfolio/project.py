"""Projects as of a day: their state, progress (D8–D10), slip (D7), landing (D5) and term."""

from datetime import date

import polars as pl

from db.vocabulary import ProgressBasis
from tracker.portfolio.course import courses_as_of
from tracker.portfolio.milestone import current_baselines
from tracker.portfolio.model import Portfolio
from tracker.portfolio.progress import AHEAD_DAYS, pauses_as_of, progress_as_of
from tracker.portfolio.term import terms_as_of
from tracker.rules.project import state

__all__ = ["AHEAD_DAYS", "projects_as_of"]

_COUNTS = ("milestones", "met", "overdue", "ahead", "outside_plan", "lapsed", "gates", "gates_met")


def projects_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the projects opened by `as_of`, one row each, by id.

    The columns of FACTS["project"] and: baseline_number and baselines (both the number of re-baselines),
    approved_on (null, like these: no approved plan), paused_from, state (see rules.project.ProjectState),
    start_on, progress_basis, the columns of `progress_as_of` but for has_plan and first_start_on, the columns
    of `courses_as_of`, term_end_on (of its agreement, or of the renewal in force; null: open-ended or not
    signed) and outlives_term (its effective finish is later than that). Counts are 0 without milestones.
    """
    return portfolio.once(("projects", as_of), lambda: _projects(portfolio, as_of))


def _projects(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    # A project goes where its agreement goes: archived with it, and not there before it.
    opened = pl.col("opened_on") <= as_of
    terms = terms_as_of(portfolio, as_of).select("agreement_id", "term_end_on")
    baselines = current_baselines(portfolio, as_of).select("project_id", "baseline_number", "approved_on")
    figures = progress_as_of(portfolio, as_of).drop("has_plan")
    # Joined one by one: as one lazy query it takes three times as long.
    rows = portfolio["project"].filter(opened).join(terms, on="agreement_id")
    for part in (baselines, figures, courses_as_of(portfolio, as_of)):
        rows = rows.join(part, left_on="id", right_on="project_id", how="left")
    return (
        rows.join(pauses_as_of(portfolio, as_of), on="id", how="left")
        .join(_bases(portfolio), on="template_version_id", how="left")
        .with_columns(
            pl.col(_COUNTS).fill_null(0).cast(pl.Int64),
            pl.col("progress_basis").fill_null(ProgressBasis.milestones.value),
            state=state(as_of),
            baselines="baseline_number",
            start_on=pl.coalesce("started_on", "planned_start_on", "first_start_on"),
            outlives_term=(pl.col("effective_finish_on") > pl.col("term_end_on")).fill_null(value=False),
        )
        .drop("first_start_on")
        .sort("id")
    )


def _bases(portfolio: Portfolio) -> pl.DataFrame:
    return portfolio["plan_template_version"].select("progress_basis", template_version_id="id")
