"""The strip beside a timeline: milestones by month over the whole span, and a brush that picks a period."""

from datetime import date

import altair as alt
import polars as pl

from tracker.charts import axis, palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.lettering import wrapped
from tracker.charts.timeline_label import LABEL_ROOM
from tracker.charts.view import TimelineView
from tracker.errors import N_
from tracker.i18n import Words

PERIOD = "period"
HEIGHT = 56
GROUPS = {"met": N_("met"), "overdue": N_("overdue"), "open": N_("still open")}
_GROUP_OF = {"met": "met", "met_late": "met", "overdue": "overdue"}


def strip_frame(milestones: pl.DataFrame) -> pl.DataFrame:
    """Count the uncancelled milestones of a timeline by the month they were met or are due, and group.

    Columns: month_on (first day of the month), group (met, overdue or open), count; in calendar order.
    """
    kept = milestones.filter(pl.col("state") != "cancelled")
    group = pl.col("state").replace_strict(_GROUP_OF, default="open", return_dtype=pl.String)
    day = pl.when(group == "met").then("shown_on").otherwise(pl.coalesce("due_on", "shown_on"))
    counted = kept.group_by(month_on=day.dt.truncate("1mo"), group=group).agg(count=pl.len())
    return counted.sort("month_on", "group")


@remembered
def year_strip_chart(months: pl.DataFrame, view: TimelineView, words: Words) -> WholeChart:
    """Draw the strip; dragging over it sets the selection "period" to both ends of x, in milliseconds.

    `months` is a `strip_frame`. The view's own period is shaded, its as-of day a dashed line. Overdue stands
    at the bottom, where lengths compare best, then open, then met.

    Raises: ValueError when there is no milestone.
    """
    if months.is_empty():
        raise ValueError("a year strip needs at least one milestone")
    ink = palette.ink(view.dark)
    brush = alt.selection_interval(name=PERIOD, encodings=["x"])
    x = alt.X("month_on:T", axis=_axis(months, view, ink))
    bars = alt.Chart(_drawn(months, words)).mark_rect(stroke=ink.paper, strokeWidth=0.5)
    counts = bars.encode(
        x,
        alt.X2("month_to"),
        alt.Y("low:Q", axis=None, scale=alt.Scale(nice=False, zero=True)),
        alt.Y2("high"),
        _colour(words, ink),
        tooltip=[
            alt.Tooltip("month_on:T", title=words.text("Month"), format="%Y-%m"),
            alt.Tooltip("said:N", title=words.text("State")),
            alt.Tooltip("count:Q", title=words.text("Milestones due")),
        ],
    ).add_params(brush)
    period = pl.DataFrame({"month_on": [view.from_on], "x2": [view.to_on]})
    shade = alt.Chart(period).mark_rect(fill=ink.band, stroke=ink.band_edge)
    day = alt.Chart(pl.DataFrame({"month_on": [view.as_of]})).mark_rule(stroke=ink.text, strokeDash=[5, 4])
    layers = [shade.encode(x, alt.X2("x2")), counts, day.encode(x), *_beside(view, words, ink)]
    return finished(layers, words, height=HEIGHT)


def _beside(view: TimelineView, words: Words, ink: palette.Ink) -> list[alt.Chart]:
    """Say what to do in the room that the timeline below has for its names, so that both share one axis."""
    if view.narrow:
        return []
    lines = wrapped((words.text("Milestones by month; drag to choose the period shown below"),), 12, 340)
    said = alt.Chart(pl.DataFrame({"y": [0]})).mark_text(
        text=lines,
        align="left",
        baseline="top",
        color=ink.muted,
        fontSize=12,
        x=-LABEL_ROOM[False],
        y=8,
    )
    return [said]


def picked_period(selection: dict[str, list[float]]) -> tuple[date, date] | None:
    """Return the days a brush covers, both included, from what the chart element reports; None without one.

    The chart reports instants; a day begins at its viewer's midnight, which is up to twelve hours from
    London's on most of the globe, so the nearest London midnight names the day that was meant.
    """
    ends = selection.get("month_on")
    if not ends:
        return None
    first, last = (date.fromordinal(_EPOCH + round(end / _DAY)) for end in sorted(ends))
    return first, last


_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400_000


def _drawn(months: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Stack the groups of each month: `low` to `high` is a group's part of the column."""
    texts = {group: words.text(wording) for group, wording in GROUPS.items()}
    order = pl.col("group").replace_strict({"overdue": 0, "open": 1, "met": 2}, return_dtype=pl.Int8)
    high = pl.col("count").cum_sum().over("month_on")
    return months.sort("month_on", order).select(
        "month_on",
        "count",
        month_to=pl.col("month_on").dt.offset_by("1mo"),
        low=high - pl.col("count"),
        high=high,
        said=pl.col("group").replace(texts),
    )


def _axis(months: pl.DataFrame, view: TimelineView, ink: palette.Ink) -> alt.Axis:
    first, last = months["month_on"].min(), months["month_on"].max()
    days = (last - first).days if isinstance(first, date) and isinstance(last, date) else 0
    return axis.period_axis(days + 31, ink, view.narrow)


def _colour(words: Words, ink: palette.Ink) -> alt.Color:
    said = [words.text(wording) for wording in GROUPS.values()]
    legend = alt.Legend(orient="bottom", title=None, labelColor=ink.muted, symbolType="square", offset=4)
    return alt.Color(
        "said:N", scale=alt.Scale(domain=said, range=[ink.muted, ink.alarm, ink.line]), legend=legend
    )
