"""Names at the ends of a trend's lines: in a column on the right, moved apart so that none covers another."""

from datetime import date

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.placing_bar import listed
from tracker.charts.view import ChartView
from tracker.portfolio.trend import Trend

_SIZE = {False: 12, True: 11}
_APART = {False: 15.0, True: 14.0}
# From the edge of the plot to the elbow of a leader, and to the text.
_ELBOW, _TEXT = 18, 24


def label_layers(trend: Trend, up: tuple[date, date], view: ChartView, height: int) -> list[alt.Chart]:
    """Return the names, with leaders to them from the lines' ends; `up` are the ends of the upward axis."""
    labels = _labels(trend, up, view, height)
    ink = palette.ink(view.dark)
    leaders = alt.Chart(labels)
    level = leaders.mark_rule(
        stroke=ink.line, strokeDash=[2, 3], x2=alt.ExprRef("width"), y2=alt.ExprRef("datum.end")
    )
    bent = leaders.mark_rule(
        strokeWidth=1.6,
        x=alt.ExprRef("width"),
        x2=alt.ExprRef(f"width + {_ELBOW}"),
        y2=alt.ExprRef("datum.at"),
    )
    texts = leaders.mark_text(
        x=alt.ExprRef(f"width + {_TEXT}"),
        y=alt.ExprRef("datum.at"),
        align="left",
        baseline="middle",
        fontSize=_SIZE[view.narrow],
        color=ink.text,
        limit=112 if view.narrow else 216,
    )
    return [
        level.encode(alt.X("reported_on:T"), alt.Y("expected_on:T")),
        bent.encode(alt.Y("expected_on:T"), alt.Color("milestone_id:N", legend=None)),
        texts.encode(alt.Text("said:N"), alt.Tooltip("said:N", title=" ")),
    ]


def _labels(trend: Trend, up: tuple[date, date], view: ChartView, height: int) -> pl.DataFrame:
    """Return each line's end in days and pixels (`end`), its text and the height `at` which this stands."""
    several = trend.milestones["project_id"].n_unique() > 1
    name = pl.concat_str("name", "project_name", separator=" · ") if several else pl.col("name")
    days = pl.col("moved_days")
    # The signed days come first: a long name is cut off at its end.
    signed = (
        pl.when(days > 0)
        .then(pl.lit("+") + days.cast(pl.String))
        .otherwise(pl.when(days < 0).then(pl.lit("−") + days.abs().cast(pl.String)).otherwise(pl.lit("±0")))
    )
    ends = trend.points.group_by("milestone_id", maintain_order=True).last()
    labels = trend.milestones.select("milestone_id", said=signed + "  " + name).join(ends, on="milestone_id")
    low, high = up
    share = (pl.lit(high) - pl.col("expected_on")).dt.total_days() / max(1, (high - low).days)
    labels = labels.with_columns(end=share * height).sort("end", "milestone_id")
    at = apart(labels["end"].to_list(), _APART[view.narrow], height)
    return labels.select(
        "milestone_id", "reported_on", "expected_on", "end", listed("said", labels), at=pl.Series(at)
    )


def apart(places: list[float], gap: float, height: float) -> list[float]:
    """Return sorted places, moved to stand `gap` apart: from 0 on, and up to `height` if there is room."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else max(place, 0.0))
    bottom = max(height, gap * (len(moved) - 1))
    for number in range(len(moved) - 1, -1, -1):
        moved[number] = min(moved[number], bottom)
        bottom = moved[number] - gap
    return moved
