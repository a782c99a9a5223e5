"""Days on which a project rested: inside a suspension of its own or of its agreement."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio

_ONE_DAY = pl.duration(days=1)


def rested_days(portfolio: Portfolio, projects: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return project_id and rested_days: suspended days after each project's day, up to and on `as_of`.

    `projects` holds project_id, agreement_id and silent_since_on, the day after which days count. A day in
    two suspensions counts once. Projects that never rested are left out.
    """
    return (
        _spans(portfolio, projects)
        .with_columns(
            from_on=pl.max_horizontal("from_on", pl.col("silent_since_on") + _ONE_DAY),
            to_on=pl.min_horizontal("to_on", pl.lit(as_of)),
        )
        .filter(pl.col("from_on") <= pl.col("to_on"))
        .sort("project_id", "from_on")
        .with_columns(covered_on=pl.col("to_on").cum_max().shift(1).over("project_id"))
        .with_columns(from_on=pl.max_horizontal("from_on", pl.col("covered_on") + _ONE_DAY))
        .with_columns(days=((pl.col("to_on") - pl.col("from_on")).dt.total_days() + 1).clip(lower_bound=0))
        .group_by("project_id")
        .agg(rested_days=pl.col("days").sum())
    )


def _spans(portfolio: Portfolio, projects: pl.DataFrame) -> pl.DataFrame:
    """Return each project's suspensions, its agreement's too: project_id, silent_since_on, from_on, to_on."""
    suspensions = portfolio["suspension"].with_columns(to_on=pl.col("to_on").fill_null(date.max))
    columns = ("project_id", "silent_since_on", "from_on", "to_on")
    started = projects.filter(pl.col("silent_since_on").is_not_null())
    parts = []
    for subject in ("project_id", "agreement_id"):
        of_subject = suspensions.filter(pl.col(subject).is_not_null()).select(subject, "from_on", "to_on")
        parts.append(started.join(of_subject, on=subject).select(columns))
    return pl.concat(parts)
