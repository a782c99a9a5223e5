"""The milestone trend chart: report days across, expected days up, one line per milestone.

A level line keeps its day, a rising one is put off, and on the diagonal the day expected is the day itself:
a line that meets it with a full diamond is met there. Below it lies what is overdue.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt
import polars as pl

from tracker.charts import axis, palette, shape
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.trend_label import label_layers
from tracker.charts.view import ChartView
from tracker.i18n import Words
from tracker.portfolio.trend import Trend

HEIGHT = {False: 400, True: 360}
_DASHES = ([1, 0], [6, 3], [2, 2])


@dataclass(frozen=True)
class Plot:
    """Both scales of the chart: report days `x_from` to `x_to`, expected days `y_from` to `y_to`."""

    x_from: date
    x_to: date
    y_from: date
    y_to: date


@remembered
def trend_chart(trend: Trend, view: ChartView, words: Words) -> WholeChart:
    """Draw a line for each milestone. Raises: ValueError when there is none."""
    if trend.is_empty():
        raise ValueError("a trend chart needs a milestone with an approved plan")
    plot = plot_of(trend, view.as_of)
    height = max(HEIGHT[view.narrow], 16 * trend.milestones.height)
    layers = [
        *_diagonal(plot, view, words),
        _lines(trend, plot, view),
        *label_layers(trend, (plot.y_from, plot.y_to), view, height),
        *_points(trend, view, words),
    ]
    scales = alt.ScaleResolveMap(shape="independent", fill="independent")
    return finished(
        layers,
        words,
        title=heading(view, 52),
        height=height,
        resolve=alt.Resolve(scale=scales),
    )


def plot_of(trend: Trend, as_of: date) -> Plot:
    """Return the scales that hold every point, the same month never squeezed to nothing."""
    days = [*trend.points["reported_on"], as_of]
    expected = [*trend.points["expected_on"], *days]
    first, last = min(days), max(days)
    # A plan approved today has no past: some days before it make a picture of its points.
    first = min(first, last - timedelta(days=14))
    return Plot(first, last, min(expected), max([*expected, last + timedelta(days=14)]))


def _axes(plot: Plot, view: ChartView, words: Words) -> tuple[alt.X, alt.Y]:
    ink = palette.ink(view.dark)
    across = axis.period_axis((plot.x_to - plot.x_from).days * 2, ink, view.narrow)
    up = axis.period_axis((plot.y_to - plot.y_from).days * 2, ink, narrow=False)
    across.orient, up.orient = "bottom", "left"
    across = axis.named(across, words.text("Reported on"), ink)
    up = axis.named(up, words.text("Expected on"), ink)
    return (
        alt.X("reported_on:T", axis=across, scale=axis.period_scale(plot.x_from, plot.x_to)),
        alt.Y("expected_on:T", axis=up, scale=axis.period_scale(plot.y_from, plot.y_to)),
    )


def _diagonal(plot: Plot, view: ChartView, words: Words) -> list[alt.Chart]:
    """Draw the days on which expected and reported are one, and name what lies below."""
    ink = palette.ink(view.dark)
    ends = [max(plot.x_from, plot.y_from), min(plot.x_to, plot.y_to)]
    line = alt.Chart(pl.DataFrame({"reported_on": ends, "expected_on": ends}))
    x, y = _axes(plot, view, words)
    corner = alt.Chart(pl.DataFrame({"reported_on": [plot.x_to], "expected_on": [plot.y_from]}))
    below = corner.mark_text(
        text=words.text("below the line: overdue"),
        align="right",
        baseline="bottom",
        dx=-6,
        dy=-6,
        fontSize=11,
        color=ink.muted,
    )
    drawn = [
        line.mark_line(stroke=ink.band_edge, strokeWidth=1.5, strokeDash=[5, 4]).encode(x, y),
        below.encode(alt.X("reported_on:T"), alt.Y("expected_on:T")),
    ]
    return drawn[:1] if view.narrow else drawn


def _lines(trend: Trend, plot: Plot, view: ChartView) -> alt.Chart:
    ids = trend.milestones["milestone_id"].to_list()
    hues = palette.line_colours(view.dark)
    colours = [hues[number % len(hues)] for number in range(len(ids))]
    dashes = [_DASHES[number // len(hues) % len(_DASHES)] for number in range(len(ids))]
    lines = alt.Chart(trend.points).mark_line(strokeWidth=2.2, strokeJoin="round")
    return lines.encode(
        alt.X("reported_on:T"),
        alt.Y("expected_on:T"),
        color=alt.Color("milestone_id:N", scale=alt.Scale(domain=ids, range=colours), legend=None),
        strokeDash=alt.StrokeDash("milestone_id:N", scale=alt.Scale(domain=ids, range=dashes), legend=None),
    )


def _points(trend: Trend, view: ChartView, words: Words) -> list[alt.Chart]:
    """Draw a diamond at each end, full when met, and a place to point at on each report day."""
    _ = words.text
    ink = palette.ink(view.dark)
    names = trend.milestones.select("milestone_id", "name", "project_name", "met_on")
    change = (pl.col("expected_on") - pl.col("expected_on").shift(1)).dt.total_days().over("milestone_id")
    whole = (pl.col("expected_on") - pl.col("expected_on").first()).dt.total_days().over("milestone_id")
    told = trend.points.with_columns(change=change.fill_null(0), whole=whole).join(names, on="milestone_id")
    ends = told.group_by("milestone_id").last()
    met = alt.FillValue(ink.paper, condition={"test": "isValid(datum.met_on)", "value": ink.text})
    diamonds = alt.Chart(ends).mark_point(shape=shape.DIAMOND, size=80, opacity=1, stroke=ink.text)
    places = alt.Chart(told).mark_point(size=160, opacity=0, filled=True)
    x, y = alt.X("reported_on:T"), alt.Y("expected_on:T")
    tooltip = [
        alt.Tooltip("name:N", title=_("Milestone")),
        alt.Tooltip("project_name:N", title=_("Project")),
        alt.Tooltip("reported_on:T", title=_("Reported on"), format="%Y-%m-%d"),
        alt.Tooltip("expected_on:T", title=_("Expected on"), format="%Y-%m-%d"),
        alt.Tooltip("change:Q", title=_("Days moved since the report before"), format="+,"),
        alt.Tooltip("whole:Q", title=_("Days moved since the first report"), format="+,"),
    ]
    return [diamonds.encode(x, y, fill=met), places.encode(x, y, tooltip=tooltip)]
