"""How a timeline's projects stood on an earlier day: their bars, lights and milestones, and what moved."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.light import lights_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.timeline_step import shown_milestones

THEN: dict[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "project_id": pl.Int64,
    "light_then": pl.String,
    "start_then_on": pl.Date,
    "finish_then_on": pl.Date,
    "moved_days": pl.Int64,
}
STEPS_THEN: dict[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "milestone_id": pl.Int64,
    "name": pl.String,
    "then_on": pl.Date,
    "moved_days": pl.Int64,
}


@dataclass(frozen=True)
class Earlier:
    """How the projects of a timeline stood on the day `then_on`, as two frames of THEN and STEPS_THEN.

    rows: one per project that existed then; `start_then_on` and `finish_then_on` are both ends of its bar as
    of then, null without a plan; `moved_days` is how much later it ends now, negative when earlier, null
    where either is unknown.

    milestones: one per milestone that stood on another day then, at `then_on`; it has moved by `moved_days`
    since.
    """

    then_on: date
    rows: pl.DataFrame
    milestones: pl.DataFrame


def earlier(portfolio: Portfolio, then_on: date, rows: pl.DataFrame, steps: pl.DataFrame) -> Earlier:
    """Return how the projects of numbered rows, with these milestones, stood on `then_on`."""
    lights = lights_as_of(portfolio, then_on).select("project_id", light_then="light")
    stood = projects_as_of(portfolio, then_on).select(
        project_id="id",
        start_then_on="start_on",
        finish_then_on=pl.coalesce("effective_finish_on", "finish_on"),
    )
    found = (
        rows.select("row", "project_id", "finish_on")
        .join(stood, on="project_id")
        .join(lights, on="project_id", how="left")
        .with_columns(moved_days=(pl.col("finish_on") - pl.col("finish_then_on")).dt.total_days())
        .sort("row")
    )
    return Earlier(
        then_on,
        found.select(pl.col(name).cast(kind) for name, kind in THEN.items()),
        _steps(shown_milestones(portfolio, then_on, rows), steps),
    )


def part_of(earlier: Earlier, page: range) -> Earlier:
    """Return what stands in the rows of `page`, counted from 0 again."""
    inside, up = pl.col("row").is_between(page.start, page.stop - 1), pl.col("row") - page.start
    rows, steps = (frame.filter(inside).with_columns(row=up) for frame in (earlier.rows, earlier.milestones))
    return Earlier(earlier.then_on, rows, steps)


def _steps(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Keep what moved: a milestone on the same day would only hide the one that stands there now."""
    moved = (
        then.filter(pl.col("state") != "cancelled")
        .join(now.select("milestone_id", now_on="shown_on"), on="milestone_id", maintain_order="left")
        .with_columns(then_on="shown_on", moved_days=(pl.col("now_on") - pl.col("shown_on")).dt.total_days())
        .filter(pl.col("moved_days") != 0)
    )
    return moved.select(pl.col(name).cast(kind) for name, kind in STEPS_THEN.items())
