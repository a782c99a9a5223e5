"""The health of projects and agreements as of a day: five sides, and the worst of them."""

from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.health import UNRECORDED, Side, relationship_level, schedule_level
from tracker.rules.light import LEVELS, NONE

_LEVELS = [side.value for side in Side]


def project_health(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return one row per project of `projects_as_of`, by project_id.

    Columns: project_id; schedule, obligations, money, unit_support, relationship and overall, each "green",
    "yellow", "red" or "none" (not recorded, so it does not count); last_met_on (with its county) and
    next_step_late_on (the last meeting's next step, if it is overdue), both null without.
    """
    return portfolio.once(("project_health", as_of), lambda: _of_projects(portfolio, as_of))


def agreement_health(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the same with agreement_id, one row per agreement of `agreements_as_of`, by agreement_id.

    The schedule is the worst of its projects', the relationship that of its counties which was met least
    well; a county that was never met does not count. last_met_on and next_step_late_on are that county's.
    """
    return portfolio.once(("agreement_health", as_of), lambda: _of_agreements(portfolio, as_of))


def _of_projects(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    lights = lights_as_of(portfolio, as_of).select("project_id", schedule=schedule_level())
    rows = (
        projects_as_of(portfolio, as_of)
        .select("division_id", project_id="id")
        .join(lights, on="project_id")
        .join(_relationships(portfolio, as_of), on="division_id", how="left")
        .drop("division_id")
    )
    return _told(rows).sort("project_id")


def _of_agreements(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    lights = lights_as_of(portfolio, as_of).select("project_id", schedule=schedule_level())
    schedules = (
        projects_as_of(portfolio, as_of)
        .select("agreement_id", project_id="id")
        .join(lights, on="project_id")
        .group_by("agreement_id")
        .agg(pl.col("schedule").max())
    )
    relationships = (
        county_parties(portfolio)
        .select("agreement_id", "division_id")
        .join(_relationships(portfolio, as_of), on="division_id")
        .sort("relationship", "last_met_on", "division_id", descending=[True, False, False])
        .unique("agreement_id", keep="first", maintain_order=True)
        .drop("division_id")
    )
    rows = (
        agreements_as_of(portfolio, as_of)
        .select(agreement_id="id")
        .join(schedules, on="agreement_id", how="left")
        .join(relationships, on="agreement_id", how="left")
    )
    return _told(rows).sort("agreement_id")


def _relationships(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return division_id, relationship (level), last_met_on, next_step_late_on of what was ever met with."""
    # Meetings with a county outside the scope count for a joint agreement all the same.
    limits = thresholds_as_of(portfolio, as_of)
    return (
        portfolio.whole["meeting"]
        .filter(pl.col("held_on") <= as_of)
        .sort("held_on", "id")
        .group_by("division_id", maintain_order=True)
        .agg(last_met_on=pl.last("held_on"), next_step_on=pl.last("next_step_on"))
        .with_columns(
            relationship=relationship_level(limits, as_of),
            next_step_late_on=pl.when(pl.col("next_step_on") < as_of).then("next_step_on"),
        )
        .drop("next_step_on")
    )


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the sides nothing is recorded of, and the worst; levels become words."""
    return (
        rows.with_columns(pl.lit(NONE, pl.Int8).alias(side.value) for side in UNRECORDED)
        .with_columns(pl.col(_LEVELS).fill_null(NONE))
        .with_columns(overall=pl.max_horizontal(_LEVELS))
        .with_columns(pl.col(*_LEVELS, "overall").replace_strict(LEVELS, return_dtype=pl.String))
        .select(pl.col("^(project|agreement)_id$"), *_LEVELS, "overall", "last_met_on", "next_step_late_on")
    )
