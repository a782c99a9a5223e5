"""The milestones on a timeline's rows, as they stood on a day."""

from datetime import date

import polars as pl

from tracker.portfolio.milestone import steps_as_of
from tracker.portfolio.model import Portfolio

# Lateness is told beside "met" in figures; a symbol has one state, so here it is one of its own.
MET_LATE = "met_late"
MILESTONES: dict[str, type[pl.DataType]] = {
    "milestone_id": pl.Int64,
    "project_id": pl.Int64,
    "row": pl.Int64,
    "name": pl.String,
    "shown_on": pl.Date,
    "due_on": pl.Date,
    "state": pl.String,
    "is_key": pl.Boolean,
    "is_gate": pl.Boolean,
}


def shown_milestones(portfolio: Portfolio, as_of: date, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the milestones of the projects in numbered rows, with the columns of MILESTONES, row by row."""
    met = pl.col("state") == "met"
    shown = rows.filter(pl.col("project_id").is_not_null()).select("project_id", "row")
    ahead = pl.when(pl.col("forecast_on") >= as_of).then("forecast_on")
    marks = (
        steps_as_of(portfolio, as_of)
        .join(shown.lazy(), on="project_id")
        .with_columns(
            milestone_id="id",
            shown_on=pl.when(met).then("met_on").otherwise(pl.coalesce(ahead, "current_due_on")),
            due_on="current_due_on",
            state=pl.when(met & pl.col("is_late")).then(pl.lit(MET_LATE)).otherwise("state"),
        )
    )
    # Only what is shown is sorted: at the national size the other columns cost most of the time.
    chosen = marks.select("position", *(pl.col(name).cast(kind) for name, kind in MILESTONES.items()))
    return chosen.sort("row", "position", "milestone_id").drop("position").collect()
