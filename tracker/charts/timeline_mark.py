"""The symbols on a timeline: milestones on their bars, and flags on the days of signature."""

import altair as alt
import polars as pl

from tracker.charts import shape
from tracker.charts.timeline_canvas import Canvas
from tracker.charts.timeline_word import milestone_words, status_words
from tracker.charts.view import TimelineView


def milestone_layer(milestones: pl.DataFrame, canvas: Canvas) -> alt.Chart:
    """Draw the milestones: the symbol says the state and the landing gate, the size whether it is key."""
    _ = canvas.words.text
    looks = list(shape.MILESTONE_SHAPES)
    said = milestones.with_columns(milestone_words(milestones, canvas.words)).drop("state")
    symbols = alt.Chart(said).mark_point(filled=True, opacity=1, strokeWidth=1.4, cursor="pointer")
    fills, strokes = shape.look_colours(looks, canvas.ink)
    shrink = _crowding(milestones, canvas.view) ** 2
    key, plain = (round(size * shrink) for size in ((170, 90) if canvas.view.narrow else (230, 110)))
    return symbols.encode(
        canvas.x,
        canvas.y,
        shape=alt.Shape("look:N", scale=alt.Scale(domain=looks, range=shape.look_shapes(looks)), legend=None),
        fill=alt.Fill("look:N", scale=alt.Scale(domain=looks, range=fills), legend=None),
        stroke=alt.Stroke("look:N", scale=alt.Scale(domain=looks, range=strokes), legend=None),
        size=alt.SizeValue(plain, condition={"test": "datum.is_key", "value": key}),
        tooltip=[
            alt.Tooltip("name:N", title=_("Milestone")),
            alt.Tooltip("x:T", title=_("Date"), format="%Y-%m-%d"),
            alt.Tooltip("moved:Q", title=_("Days after the due day"), format="+,"),
            alt.Tooltip("said:N", title=_("State")),
        ],
    )


def _crowding(milestones: pl.DataFrame, view: TimelineView) -> float:
    """Return how much smaller symbols are drawn, 0.6 to 1, so that those of one project stay apart."""
    gaps = milestones.sort("y", "x").select(pl.col("x").diff().over("y").dt.total_days())["x"]
    usual = gaps.median()
    pixels = (
        (200 if view.narrow else 640) * (float(usual) if isinstance(usual, float) else 60) / max(1, view.days)
    )
    return min(1.0, max(0.6, pixels / 14))


def flag_layer(flags: pl.DataFrame, canvas: Canvas) -> alt.Chart:
    """Fly a flag over the day of each signature."""
    _ = canvas.words.text
    said = flags.with_columns(status_words(flags, canvas.words)).drop("status")
    poles = alt.Chart(said).mark_point(
        filled=True, shape=shape.FLAG, fill=canvas.ink.flag, size=110, opacity=1
    )
    return poles.encode(
        canvas.x,
        canvas.y,
        tooltip=[
            alt.Tooltip("agreement_number:N", title=_("Agreement number")),
            alt.Tooltip("title:N", title=_("Title")),
            alt.Tooltip("x:T", title=_("Signed on"), format="%Y-%m-%d"),
            alt.Tooltip("said:N", title=_("Status")),
        ],
    )
