"""Two plans of one project in one picture: the older one as thin grey ghosts, the newer one as marks.

A connector leads from the day a milestone was due to the day it is due, with the signed days between them.
Names stand above their row, inside the plot, so that the picture is as good on a phone's width.
"""

from datetime import date, timedelta

import altair as alt
import polars as pl

from tracker.charts import axis, lettering, palette, shape
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.view import TimelineView
from tracker.i18n import Words
from tracker.rules.plan_comparison import DIFFERENCE_NAMES, PlanDifference

_ROW = 44
_FEWEST_DAYS = 30
# Row units: the line of a row lies below the name that stands above it.
_LINE, _NAME = 0.68, 0.22
_NAME_SIZE, _NAME_ROOM = 12, {False: 900, True: 300}
_LOOKS = ["diamond", "gate", "gone"]


@remembered
def plan_comparison_chart(rows: pl.DataFrame, view: TimelineView, words: Words) -> WholeChart:
    """Draw the milestones of two plans, one row each in the order of `rows`, over the whole time they take.

    `rows` has the columns of `rules.plan_comparison.compared` and name. Those without a due day on either
    side are left out. Of `view` count title, subtitle, dark and narrow; see `comparison_period` for its days.
    Raises: ValueError when there is nothing to draw.
    """
    drawn = _drawn(rows, words)
    if drawn.is_empty():
        raise ValueError("a comparison needs at least one milestone with a due day")
    ink = palette.ink(view.dark)
    days = axis.period_axis(view.days, ink, view.narrow)
    period = alt.X("x:T", axis=days, scale=axis.period_scale(view.from_on, view.to_on))
    x = alt.X("x:T", axis=days)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[drawn.height, 0], nice=False, zero=False))
    tooltip = _tooltip(words)
    return finished(
        [
            _grid(drawn, ink).encode(y),
            *_ghosts(drawn, ink, x, y),
            _span(drawn, ink).encode(x, y, alt.X2("x2")),
            _connectors(drawn, ink).encode(x, y, alt.X2("x2"), _direction(ink, "stroke")),
            _marks(drawn, ink).encode(period, y, *_mark_channels(ink), tooltip=tooltip),
            _labels(drawn).encode(x, y, alt.Text("said:N"), _direction(ink, "fill")),
            _names(drawn, ink, view).encode(y, alt.Text("name:N"), tooltip=tooltip),
        ],
        words,
        title=_heading(view, ink),
        height=_ROW * drawn.height,
        resolve=alt.Resolve(scale=alt.ScaleResolveMap(shape="independent")),
    )


def comparison_period(rows: pl.DataFrame, *, narrow: bool) -> tuple[date, date]:
    """Return the days a picture of `rows` spans, with room at its ends for the signed days.

    Raises: ValueError when no milestone has a day.
    """
    columns = [f"{day}_{side}" for day in ("start_on", "due_on") for side in ("before", "after")]
    known: list[date] = pl.concat([rows[name].rename("day") for name in columns]).drop_nulls().to_list()
    if not known:
        raise ValueError("a comparison needs at least one milestone with a due day")
    first, last = min(known), max(known)
    room = timedelta(days=max(_FEWEST_DAYS, (last - first).days) * (25 if narrow else 10) // 100 + 5)
    # The calendar that is kept ends in 2199, and so far ahead nobody misses the room.
    return max(first - room, date(1900, 1, 1)), min(last + room, date(2200, 12, 31))


def signed(days: int) -> str:
    """Return days moved with their sign, a real minus for fewer."""
    return f"{days:+d}".replace("-", "−") if days else "0"


def _drawn(rows: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Add to each row with a day its height, what became of it in words, its label and its look."""
    _ = words.text
    differences = {str(name): _(wording) for name, wording in DIFFERENCE_NAMES.items()}
    came_or_went = pl.col("difference").is_in([PlanDifference.added.value, PlanDifference.removed.value])
    told = pl.col("difference").replace(differences)
    moved = pl.col("due_days").map_elements(
        lambda days: _("{days} d", days=signed(days)), return_dtype=pl.String
    )
    dated = rows.filter(pl.any_horizontal(pl.col("due_on_before", "due_on_after").is_not_null()))
    return dated.with_row_index("row").with_columns(
        y=pl.col("row") + _LINE,
        told=told,
        said=pl.when(came_or_went).then(told).when(pl.col("due_days") != 0).then(moved),
        sign=pl.col("due_days").fill_null(0).sign(),
        look=pl.when(pl.col("due_on_after").is_null())
        .then(pl.lit("gone"))
        .when(pl.col("is_gate_after"))
        .then(pl.lit("gate"))
        .otherwise(pl.lit("diamond")),
    )


def _grid(drawn: pl.DataFrame, ink: palette.Ink) -> alt.Chart:
    edges = drawn.select(y=pl.col("row").cast(pl.Float64))
    return alt.Chart(edges).mark_rule(stroke=ink.grid, strokeWidth=1)


def _ghosts(drawn: pl.DataFrame, ink: palette.Ink, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The older plan: a thin grey bar from start to due day, and a tick at the due day."""
    older = drawn.filter(pl.col("due_on_before").is_not_null())
    bars = older.select("y", x=pl.coalesce("start_on_before", "due_on_before"), x2="due_on_before")
    ticks = older.select("y", x="due_on_before")
    return [
        alt.Chart(bars)
        .mark_bar(orient="horizontal", size=5, fill=ink.line, yOffset=6)
        .encode(x, y, alt.X2("x2")),
        alt.Chart(ticks).mark_tick(orient="vertical", size=20, thickness=3, color=ink.quiet).encode(x, y),
    ]


def _span(drawn: pl.DataFrame, ink: palette.Ink) -> alt.Chart:
    """The newer plan's time from start to due day."""
    known = drawn.filter(pl.col("due_on_after").is_not_null() & pl.col("start_on_after").is_not_null())
    spans = known.select("y", x="start_on_after", x2="due_on_after")
    return alt.Chart(spans).mark_bar(orient="horizontal", size=5, fill=ink.band_edge, yOffset=-4)


def _connectors(drawn: pl.DataFrame, ink: palette.Ink) -> alt.Chart:
    moved = drawn.filter(pl.col("due_days") != 0)
    lines = moved.select("y", "sign", x="due_on_before", x2="due_on_after")
    return alt.Chart(lines).mark_rule(strokeWidth=2)


def _direction(ink: palette.Ink, channel: str) -> alt.Stroke | alt.Fill:
    """Later in the colour of alarm, earlier in that of a flag; the label's sign says it without colour."""
    scale = alt.Scale(domain=[-1, 0, 1], range=[ink.flag, ink.muted, ink.alarm])
    made = alt.Stroke if channel == "stroke" else alt.Fill
    return made("sign:O", scale=scale, legend=None)


def _marks(drawn: pl.DataFrame, ink: palette.Ink) -> alt.Chart:
    marks = drawn.with_columns(x=pl.coalesce("due_on_after", "due_on_before")).drop("sign")
    return alt.Chart(marks).mark_point(filled=True, opacity=1, strokeWidth=1.4, stroke=ink.paper)


def _mark_channels(ink: palette.Ink) -> tuple[alt.Shape, alt.FillValue, alt.SizeValue]:
    """A diamond, or a shield for a landing gate, where it is due now; a cross where it was removed."""
    paths = [shape.DIAMOND, shape.SHIELD, shape.CROSS]
    return (
        alt.Shape("look:N", scale=alt.Scale(domain=_LOOKS, range=paths), legend=None),
        alt.FillValue(ink.text, condition={"test": "datum.look === 'gone'", "value": ink.quiet}),
        alt.SizeValue(110, condition={"test": "datum.is_key_after", "value": 200}),
    )


def _labels(drawn: pl.DataFrame) -> alt.Chart:
    """The signed days, to the right of both plans' days, where no bar lies under them."""
    told = drawn.filter(pl.col("said").is_not_null())
    placed = told.select("y", "sign", "said", x=pl.max_horizontal("due_on_before", "due_on_after"))
    return alt.Chart(placed).mark_text(
        align="left",
        dx=11,
        baseline="middle",
        fontSize=12,
        fontWeight="bold",
    )


def _names(drawn: pl.DataFrame, ink: palette.Ink, view: TimelineView) -> alt.Chart:
    names = drawn.with_columns(y=pl.col("row") + _NAME).drop("sign")
    # Pixels, not days: an encoding of x would join the time axis that all layers share.
    return alt.Chart(names).mark_text(
        x=0,
        align="left",
        baseline="middle",
        fontSize=_NAME_SIZE,
        color=ink.text,
        limit=_NAME_ROOM[view.narrow],
    )


def _tooltip(words: Words) -> list[alt.Tooltip]:
    _ = words.text
    return [
        alt.Tooltip("name:N", title=_("Milestone")),
        alt.Tooltip("told:N", title=_("Difference")),
        alt.Tooltip("due_on_before:T", title=_("Due in the older plan"), format="%Y-%m-%d"),
        alt.Tooltip("due_on_after:T", title=_("Due in the newer plan"), format="%Y-%m-%d"),
        alt.Tooltip("due_days:Q", title=_("Days moved")),
        alt.Tooltip("weight_before:Q", title=_("Weight in the older plan")),
        alt.Tooltip("weight_after:Q", title=_("Weight in the newer plan")),
    ]


def _heading(view: TimelineView, ink: palette.Ink) -> alt.TitleParams:
    room = 280.0 if view.narrow else 1200.0
    return alt.TitleParams(
        text=lettering.wrapped(view.title, 15, room),
        subtitle=lettering.wrapped(view.subtitle, 12, room),
        anchor="start",
        frame="group",
        fontSize=15,
        color=ink.text,
        subtitleFontSize=12,
        subtitleColor=ink.muted,
        subtitlePadding=5,
        offset=10,
    )
