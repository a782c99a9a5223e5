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

__all__ = ["AHEAD_DAYS", "first_planned_starts", "planned_starts", "projects_as_of"]

_COUNTS = ("milestones", "met", "overdue", "ahead", "outside_plan", "lapsed", "gates", "gates_met")


def projects_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the projects opened by `as_of`, one row each, by id.

    The columns of FACTS["project"], with planned_start_on as planned in force (see `planned_starts`), and:
    typed_start_on (the one typed now, approved or not), baseline_number and baselines (both the number of
    re-baselines), approved_on (null, like these: no approved plan), paused_from, state (see
    rules.project.ProjectState), start_on, progress_basis, the columns of `progress_as_of` but for has_plan
    and first_start_on, the columns of `courses_as_of`, term_end_on (of its agreement, or of the renewal in
    force; null: open-ended or not signed) and outlives_term (its effective finish is later than that).
    Counts are 0 without milestones.
    """
    return portfolio.once(("projects", as_of), lambda: _projects(portfolio, as_of))


def _projects(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    # A project goes where its agreement goes: archived with it, and not there before it.
    opened = pl.col("opened_on") <= as_of
    terms = terms_as_of(portfolio, as_of).select("agreement_id", "term_end_on")
    baselines = current_baselines(portfolio, as_of).drop("baseline_id")
    figures = progress_as_of(portfolio, as_of).drop("has_plan")
    # Joined one by one: as one lazy query it takes three times as long.
    rows = portfolio["project"].filter(opened).join(terms, on="agreement_id")
    for part in (baselines, figures, courses_as_of(portfolio, as_of)):
        rows = rows.join(part, left_on="id", right_on="project_id", how="left")
    return (
        rows.join(pauses_as_of(portfolio, as_of), on="id", how="left")
        .join(_bases(portfolio), on="template_version_id", how="left")
        .with_columns(typed_start_on="planned_start_on", planned_start_on=_in_force())
        .drop("frozen_start_on")
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


def planned_starts(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return id and planned_start_on of every project: that of the baseline in force, else the typed one.

    A plan approved without a planned start has none, whatever was typed since.
    """
    baselines = current_baselines(portfolio, as_of).select("approved_on", "frozen_start_on", id="project_id")
    rows = portfolio["project"].select("id", "planned_start_on").join(baselines, on="id", how="left")
    return rows.select("id", planned_start_on=_in_force())


def first_planned_starts(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return project_id and first_plan_start_on: the planned start that the first approved plan holds.

    One without it begins with the earliest of its milestones that says when it starts.
    """
    first = portfolio["baseline"].filter((pl.col("number") == 0) & (pl.col("approved_on") <= as_of))
    steps = (
        portfolio["baseline_milestone"]
        .filter(pl.col("start_on").is_not_null())
        .join(first.select("project_id", baseline_id="id"), on="baseline_id")
        .group_by("project_id")
        .agg(first_step_on=pl.col("start_on").min())
    )
    return first.join(steps, on="project_id", how="left").select(
        "project_id", first_plan_start_on=pl.coalesce("planned_start_on", "first_step_on")
    )


def _in_force() -> pl.Expr:
    return pl.when(pl.col("approved_on").is_not_null()).then("frozen_start_on").otherwise("planned_start_on")


def _bases(portfolio: Portfolio) -> pl.DataFrame:
    return portfolio["plan_template_version"].select("progress_basis", template_version_id="id")
