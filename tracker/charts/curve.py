"""The S-curve: planned at first, planned now, done so far, and expected, with the gap on the day itself."""

from datetime import date
from typing import Literal

import altair as alt
import polars as pl

from tracker.charts import axis, palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.view import ChartView
from tracker.errors import N_
from tracker.i18n import Words
from tracker.portfolio.curve import CURVES, Curve

HEIGHT = {False: 300, True: 260}
CURVE_NAMES = {
    "planned_original": N_("first plan"),
    "planned": N_("plan in force"),
    "actual": N_("actual"),
    "forecast": N_("expected"),
}
_DASHES = ([2, 3], [1, 0], [1, 0], [7, 4])
_WIDTHS = (1.5, 2.0, 3.5, 2.5)
# From here on words above a point, or below it, would stand on those outside the plot.
_NEAR_TOP, _NEAR_BOTTOM, _LIFT = 0.88, 0.14, 20
_Y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1], nice=False))


@remembered
def curve_chart(curve: Curve, view: ChartView, words: Words) -> WholeChart:
    """Draw the curves of a scope. Raises: ValueError when no project has a plan."""
    if curve.is_empty():
        raise ValueError("an S-curve needs a project with an approved plan")
    layers = [
        *_lines(curve, view, words),
        *_day(curve, view, words),
        *_gap(curve, view, words),
        _hover(curve, words),
    ]
    return finished(
        layers,
        words,
        title=heading(view, 40),
        height=HEIGHT[view.narrow],
    )


def gap_points(curve: Curve, as_of: date) -> float:
    """Return planned − actual on the day, in points of a hundred; positive is behind the plan."""
    here = curve.points.row(by_predicate=pl.col("day") == as_of, named=True)
    return float((here["planned"] - here["actual"]) * 100)


def gap_words(points: float, words: Words) -> str:
    """Say a gap: behind, ahead or on plan, in points with one decimal."""
    _ = words.text
    said = words.number(round(abs(points), 1))
    if not round(abs(points), 1):
        return _("on plan")
    if points > 0:
        return _("{points} points behind plan", points=said)
    return _("{points} points ahead of plan", points=said)


def _lines(curve: Curve, view: ChartView, words: Words) -> list[alt.Chart]:
    """Draw each curve as a layer of its own, since a width by the data is not drawn for lines."""
    ink = palette.ink(view.dark)
    names = [words.text(CURVE_NAMES[name]) for name in CURVES]
    legend = alt.Legend(
        orient="top",
        title=None,
        labelColor=ink.text,
        labelFontSize=12,
        symbolType="stroke",
        symbolSize=500,
        offset=24 + _lift(curve, view),
        columns=2 if view.narrow else 4,
    )
    colours = alt.Scale(domain=names, range=[ink.muted, ink.muted, ink.flag, ink.flag])
    dashes = alt.Scale(domain=names, range=list(_DASHES))
    x, y = _days(curve, view), _shares(ink, words)
    layers = []
    for kind, name, width in zip(CURVES, names, _WIDTHS, strict=True):
        drawn = curve.points.select("day", share=kind, kind=pl.lit(name)).drop_nulls("share")
        layers.append(
            alt.Chart(drawn)
            .mark_line(strokeWidth=width, strokeCap="round")
            .encode(
                x,
                y,
                color=alt.Color("kind:N", scale=colours, legend=legend),
                strokeDash=alt.StrokeDash("kind:N", scale=dashes),
            )
        )
    return layers


def _days(curve: Curve, view: ChartView) -> alt.X:
    first, last = curve.points["day"][0], curve.points["day"][-1]
    days = axis.period_axis((last - first).days, palette.ink(view.dark), view.narrow)
    days.orient = "bottom"
    return alt.X("day:T", axis=days, scale=axis.period_scale(first, last))


def _shares(ink: palette.Ink, words: Words) -> alt.Y:
    shares = alt.Axis(
        format="%",
        values=[0, 0.25, 0.5, 0.75, 1],
        labelColor=ink.muted,
        labelFontSize=11,
        gridColor=ink.grid,
        ticks=False,
        domain=False,
    )
    shares = axis.named(shares, words.text("Progress by weight"), ink)
    return alt.Y("share:Q", axis=shares, scale=alt.Scale(domain=[0, 1], nice=False))


def _day(curve: Curve, view: ChartView, words: Words) -> list[alt.Chart]:
    ink = palette.ink(view.dark)
    day = alt.Chart(pl.DataFrame({"day": [view.as_of]}))
    label = day.mark_text(
        text=words.text("As of {day}", day=view.as_of),
        align=_side(curve, view),
        dx=-6 if _side(curve, view) == "right" else 6,
        dy=-6 - _lift(curve, view),
        baseline="bottom",
        color=ink.text,
        fontWeight="bold",
        fontSize=12,
    )
    rule = day.mark_rule(stroke=ink.text, strokeWidth=1.2, strokeDash=[5, 4])
    return [rule.encode(alt.X("day:T")), label.encode(alt.X("day:T"), alt.YValue(0))]


def _beside(curve: Curve, view: ChartView) -> float:
    """The share at which the words about the gap stand: above it on the right of the day, or below it."""
    here = curve.points.row(by_predicate=pl.col("day") == view.as_of, named=True)
    edge = max if _side(curve, view) == "right" else min
    return float(edge(here["planned"], here["actual"]))


def _lift(curve: Curve, view: ChartView) -> int:
    """Pixels by which the day's name gives way upwards to words about a gap that is near the top."""
    is_near = _side(curve, view) == "right" and _beside(curve, view) > _NEAR_TOP
    return _LIFT if is_near else 0


def _side(curve: Curve, view: ChartView) -> Literal["left", "right"]:
    """The side of the day's line on which there is room for words."""
    first, last = curve.points["day"][0], curve.points["day"][-1]
    return "right" if (view.as_of - first).days * 2 > (last - first).days else "left"


def _gap(curve: Curve, view: ChartView, words: Words) -> list[alt.Chart]:
    """Mark planned and actual on the day, and say the gap between them in words.

    Curves rise, so there is room below them on the right of the day, and above them on its left; yet never
    on the words outside the plot.
    """
    ink = palette.ink(view.dark)
    side, beside = _side(curve, view), _beside(curve, view)
    is_above = side == "right" or beside < _NEAR_BOTTOM
    here = curve.points.filter(pl.col("day") == view.as_of).select(
        "day", "planned", share="actual", beside=pl.lit(beside)
    )
    points = gap_points(curve, view.as_of)
    colour = ink.alarm if round(points, 1) > 0 else ink.text
    chart = alt.Chart(here)
    said = chart.mark_text(
        text=gap_words(points, words),
        align=side,
        dx=-10 if side == "right" else 10,
        dy=-16 if is_above else 18,
        color=colour,
        fontSize=13,
        fontWeight="bold",
    )
    return [
        chart.mark_rule(stroke=colour, strokeWidth=3).encode(alt.X("day:T"), _Y, alt.Y2("planned")),
        chart.mark_point(filled=True, size=70, fill=ink.flag, opacity=1).encode(alt.X("day:T"), _Y),
        said.encode(alt.X("day:T"), alt.Y("beside:Q")),
    ]


def _hover(curve: Curve, words: Words) -> alt.Chart:
    """Lay an unseen stripe over each day, which tells all its values."""
    written = {name: _written(curve.points[name], words) for name in CURVES}
    rows = pl.DataFrame([curve.points["day"], *written.values()])
    stripes = alt.Chart(rows).mark_rule(strokeWidth=7, opacity=0)
    return stripes.encode(
        alt.X("day:T"),
        tooltip=[
            alt.Tooltip("day:T", title=words.text("Date"), format="%Y-%m-%d"),
            *(alt.Tooltip(f"{name}:N", title=words.text(CURVE_NAMES[name])) for name in CURVES),
        ],
    )


def _written(shares: pl.Series, words: Words) -> pl.Series:
    return pl.Series(shares.name, [words.percent(share) or "–" for share in shares], dtype=pl.String)
