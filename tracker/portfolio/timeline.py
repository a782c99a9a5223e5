"""The timeline's frames: one row per project, the terms behind them and the milestones on them."""

from dataclasses import dataclass

import polars as pl

PROJECT_STATES = ("not_started", "under_way", "finished", "paused", "stopped", "no_project")
MILESTONE_STATES = (
    "cancelled",
    "met",
    "met_late",
    "partially_met",
    "overdue",
    "blocked",
    "slipping",
    "due_soon",
    "scheduled",
)

ROWS: dict[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "project_id": pl.Int64,
    "project_name": pl.String,
    "county_id": pl.Int64,
    "county_name": pl.String,
    "province_name": pl.String,
    "agreement_id": pl.Int64,
    "agreement_number": pl.String,
    "pillar_code": pl.String,
    "pillar_name": pl.String,
    "state": pl.String,
    "progress": pl.Float64,
    "planned": pl.Float64,
    "start_on": pl.Date,
    "finish_on": pl.Date,
}
BANDS: dict[str, type[pl.DataType]] = {
    "agreement_id": pl.Int64,
    "agreement_number": pl.String,
    "title": pl.String,
    "status": pl.String,
    "signed_on": pl.Date,
    "effective_on": pl.Date,
    "end_on": pl.Date,
    "row_from": pl.Int64,
    "row_to": pl.Int64,
}
MILESTONES: dict[str, type[pl.DataType]] = {
    "milestone_id": pl.Int64,
    "project_id": pl.Int64,
    "row": pl.Int64,
    "name": pl.String,
    "shown_on": pl.Date,
    "state": pl.String,
    "is_key": pl.Boolean,
    "is_gate": pl.Boolean,
}


@dataclass(frozen=True)
class TimelineFrames:
    """What a timeline shows, as three tidy frames with the columns of ROWS, BANDS and MILESTONES.

    rows: one per project, and one per agreement without a project (state "no_project", project columns
    null). `row` counts from 0, top to bottom, without gaps; the rows of a county are neighbours, and so are
    those of an agreement within it. `progress` (D8) and `planned` (D9) are shares of one, null when blank.
    `start_on` and `finish_on` are both ends of the bar, null without a plan.

    bands: one per agreement and county, from row `row_from` to row `row_to`, both included. `end_on` null
    means open-ended; `signed_on` and `effective_on` are null before a signature. `status` is the D1 name.

    milestones: one per milestone of a shown project; `shown_on` is the day it was met, otherwise its due
    day; `state` is one of MILESTONE_STATES (D6).
    """

    rows: pl.DataFrame
    bands: pl.DataFrame
    milestones: pl.DataFrame

    def is_empty(self) -> bool:
        """Whether there is nothing to draw, so that the page says so in words instead."""
        return self.rows.is_empty()


def no_frames() -> TimelineFrames:
    """Return frames with every column and no row."""
    return TimelineFrames(
        pl.DataFrame(schema=ROWS), pl.DataFrame(schema=BANDS), pl.DataFrame(schema=MILESTONES)
    )
