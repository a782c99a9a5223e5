"""Where the bars and milestones of the day compared with are drawn, below those of the day looked at."""

from dataclasses import dataclass

import polars as pl

from tracker.charts.placing_bar import cut
from tracker.charts.view import TimelineView
from tracker.portfolio.timeline import TimelineFrames
from tracker.portfolio.timeline_then import Earlier


@dataclass(frozen=True)
class PlacedThen:
    """What stood on an earlier day: bars (y, x to x2) and milestones that moved since (y, x, moved_days)."""

    bars: pl.DataFrame
    milestones: pl.DataFrame


def with_then(frames: TimelineFrames, view: TimelineView) -> pl.DataFrame:
    """Return the rows, with light_then, moved_days and then_x2 (the end cut) where a day is compared with."""
    if frames.earlier is None:
        return frames.rows
    then_x2 = cut(pl.col("finish_then_on"), view)
    then = frames.earlier.rows.select("row", "light_then", "moved_days", then_x2=then_x2)
    return frames.rows.join(then, on="row", how="left", maintain_order="left")


def placed_then(earlier: Earlier, rows: pl.DataFrame, view: TimelineView) -> PlacedThen:
    """Place what stood then on rows with heights, cut to the period."""
    heights = rows.select("row", "y")
    begin, end = pl.col("start_then_on"), pl.col("finish_then_on")
    stood = earlier.rows.filter(begin <= view.to_on, end >= view.from_on).join(heights, on="row")
    marks = earlier.milestones.filter(pl.col("then_on").is_between(view.from_on, view.to_on))
    return PlacedThen(
        bars=stood.sort("row").select(
            "y", "start_then_on", "finish_then_on", x=cut(begin, view), x2=cut(end, view)
        ),
        milestones=marks.join(heights, on="row", maintain_order="left").select(
            "y", "name", "moved_days", x="then_on"
        ),
    )
