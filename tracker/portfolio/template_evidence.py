"""What past projects made from a template did, as of a day: durations, landing, and why forecasts moved."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.milestone import is_cancelled, is_met
from tracker.rules.template_evidence import StepEvidence, TemplateEvidence

_REASON = ("reason", "reason_count", "moves")


def template_evidence(
    portfolio: Portfolio, as_of: date, template_id: int, places: Mapping[int, int]
) -> TemplateEvidence:
    """Return what the projects opened by `as_of` from any edition of a template show.

    `places` maps a step's id, in whichever edition, to its place from 0 among the steps asked about; steps
    that are not in it are left out. A milestone counts unless it was cancelled; stopped projects stay.
    """
    projects = _projects(portfolio, as_of, template_id)
    steps = _steps(portfolio, as_of, projects, places)
    moves = _moves(portfolio, as_of, projects)
    count = max(places.values(), default=-1) + 1
    return TemplateEvidence(
        projects=projects.height,
        landed=int(projects["landed_on"].is_not_null().sum()),
        few_records=thresholds_as_of(portfolio, as_of).few_records,
        **_commonest(moves),
        steps=tuple(
            StepEvidence(
                **_durations(steps.filter(pl.col("place") == place)),
                **_commonest(
                    moves.join(steps.filter(pl.col("place") == place), on="milestone_id", how="semi")
                ),
            )
            for place in range(count)
        ),
    )


def _projects(portfolio: Portfolio, as_of: date, template_id: int) -> pl.DataFrame:
    editions = portfolio["plan_template_version"].filter(pl.col("template_id") == template_id)
    return projects_as_of(portfolio, as_of).join(
        editions.select(template_version_id="id"), on="template_version_id", how="semi"
    )


def _steps(
    portfolio: Portfolio, as_of: date, projects: pl.DataFrame, places: Mapping[int, int]
) -> pl.DataFrame:
    """Return milestone_id, place and days (null: not met) of the projects' uncancelled steps."""
    known = pl.DataFrame(
        {"template_milestone_id": list(places), "place": list(places.values())},
        schema={"template_milestone_id": pl.Int64, "place": pl.Int64},
    )
    days = (pl.col("met_on") - pl.col("anchor_on")).dt.total_days()
    return (
        milestones_as_of(portfolio, as_of)
        .filter(~is_cancelled(as_of))
        .join(projects.select("anchor_on", project_id="id"), on="project_id")
        .join(known, on="template_milestone_id")
        .select("place", milestone_id="id", days=pl.when(is_met(as_of)).then(days))
    )


def _moves(portfolio: Portfolio, as_of: date, projects: pl.DataFrame) -> pl.DataFrame:
    """Return milestone_id and reason_code of each move of a forecast to a later day, or past the due day."""
    steps = portfolio["milestone"].join(projects.select(project_id="id"), on="project_id", how="semi")
    return (
        portfolio["forecast_change"]
        .filter(pl.col("changed_on") <= as_of)
        .join(steps.select("due_on", milestone_id="id"), on="milestone_id")
        .filter(pl.col("new_on") > pl.coalesce("old_on", "due_on"))
        .select("milestone_id", "reason_code")
    )


def _commonest(moves: pl.DataFrame) -> dict[str, Any]:
    """Return the most common reason with its count, of how many moves; of two as common the first by name."""
    counted = moves.group_by("reason_code").len().sort("len", "reason_code", descending=[True, False])
    if counted.is_empty():
        return dict(zip(_REASON, ("", 0, 0), strict=True))
    return dict(zip(_REASON, (*counted.row(0), moves.height), strict=True))


def _durations(steps: pl.DataFrame) -> dict[str, Any]:
    days = steps["days"].drop_nulls()
    return {
        "projects": steps.height,
        "met": len(days),
        "median_days": _quantile(days, 0.5),
        "low_days": _quantile(days, 0.25),
        "high_days": _quantile(days, 0.75),
    }


def _quantile(days: pl.Series, share: float) -> float | None:
    """The value below which a share lies, on the line between the two nearest; Excel's QUARTILE.INC."""
    return days.quantile(share, interpolation="linear")
