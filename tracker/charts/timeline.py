"""The timeline of a region: terms, projects and milestones of its counties against the calendar, in one view.

All layers share one time axis and one quantitative y in row units, so the chart stretches with its
container; names stand left of the axis, in its padding. Symbols are drawn paths. The layers are a list from
back to front: a further one (a baseline under its bar, a slip at its end) is one more entry.
"""

from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import polars as pl

from tracker.charts import axis, lettering, palette, shape
from tracker.charts.frame import WholeChart, finished, unchecked
from tracker.charts.placing import Placed, place
from tracker.charts.timeline_key import KeyLines, key_layers, key_lines
from tracker.charts.timeline_label import LABEL_ROOM, label_layers
from tracker.charts.timeline_word import milestone_words, project_words, status_words
from tracker.charts.view import TimelineView
from tracker.i18n import Words
from tracker.portfolio.timeline import TimelineFrames

PICK = "pick"
ROW_HEIGHT = {False: 32, True: 46}
# Room above the first row for the as-of label.
HEAD = 0.65
_RESTING = "datum.state === 'paused' || datum.state === 'stopped'"


@dataclass(frozen=True)
class Canvas:
    """What every layer needs beside its frame: the view, the words, the colours and the shared channels.

    `period` is x with the scale in it, for one layer: a scale said twice is merged with a warning.
    """

    view: TimelineView
    words: Words
    ink: palette.Ink
    x: alt.X
    y: alt.Y
    period: alt.X
    pillars: alt.Scale


@unchecked
def timeline_chart(frames: TimelineFrames, view: TimelineView, words: Words) -> WholeChart:
    """Draw the timeline; a click on a bar, a name or a milestone sets the selection "pick" to its project_id.

    A click on anything else picks a null project_id, which a page ignores.

    Raises: ValueError when there is no row to draw.
    """
    placed = place(frames, view)
    key = key_lines(words, view)
    canvas = _canvas(placed, key, view, words)
    layers = [
        *_term_layers(placed, canvas),
        *label_layers(placed, view, words),
        *_bar_layers(placed, canvas),
        *_as_of_layers(placed, canvas),
        _milestone_layer(placed.milestones, canvas),
        _flag_layer(placed.flags, canvas),
        *key_layers(key, placed.depth, view),
    ]
    independent = alt.ScaleResolveMap(fill="independent", stroke="independent", shape="independent")
    return finished(
        layers,
        words,
        title=heading(view),
        height=_height(placed, key, view),
        resolve=alt.Resolve(scale=independent),
    )


def heading(view: TimelineView) -> alt.TitleParams:
    """Return the finding as title and what it rests on as subtitle, starting where the names start."""
    room = 360.0 if view.narrow else 1200.0
    ink = palette.ink(view.dark)
    return alt.TitleParams(
        text=lettering.wrapped(view.title, 15 if view.narrow else 17, room),
        subtitle=lettering.wrapped(view.subtitle, 12, room),
        anchor="start",
        frame="group",
        dx=-LABEL_ROOM[view.narrow],
        fontSize=15 if view.narrow else 17,
        color=ink.text,
        subtitleFontSize=12,
        subtitleColor=ink.muted,
        subtitlePadding=5,
        offset=10,
    )


def _canvas(placed: Placed, key: KeyLines, view: TimelineView, words: Words) -> Canvas:
    ink = palette.ink(view.dark)
    codes = sorted(placed.labels["pillar_code"].cast(pl.String).drop_nulls().unique())
    days = axis.period_axis(view.days, ink, view.narrow)
    rows = alt.Scale(domain=[placed.depth + key.depth, -HEAD], nice=False, zero=False)
    return Canvas(
        view=view,
        words=words,
        ink=ink,
        x=alt.X("x:T", axis=days),
        period=alt.X("x:T", axis=days, scale=axis.period_scale(view.from_on, view.to_on)),
        y=alt.Y("y:Q", scale=rows, axis=None, stack=None),
        pillars=alt.Scale(domain=codes, range=palette.pillar_colours(codes, view.dark)),
    )


def _height(placed: Placed, key: KeyLines, view: TimelineView) -> int:
    return round((placed.depth + key.depth + HEAD) * ROW_HEIGHT[view.narrow])


def _term_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw each term as a pale band; its end is a line, and a band without one runs open with an arrow."""
    ink = canvas.ink
    band = alt.Chart(placed.bands.select("x", "x2", "y", "y2")).mark_rect(fill=ink.band, fillOpacity=0.85)
    end = alt.Chart(placed.ends).mark_rule(stroke=ink.band_edge, strokeWidth=2)
    opening = alt.Chart(placed.opens).mark_point(
        shape=shape.LATER, filled=True, fill=ink.band_edge, size=60, opacity=1, xOffset=7
    )
    # No x of the data: the line also runs under the names.
    tops = pl.concat(
        [placed.counties.select(y="top"), pl.DataFrame({"y": [placed.depth]}, {"y": pl.Float32})]
    )
    edge = alt.Chart(tops).mark_rule(stroke=ink.line, strokeWidth=1)
    room = alt.XValue(-LABEL_ROOM[canvas.view.narrow])
    return [
        band.encode(canvas.period, canvas.y, alt.X2("x2"), alt.Y2("y2")),
        end.encode(canvas.x, canvas.y, alt.Y2("y2")),
        opening.encode(canvas.x, canvas.y),
        edge.encode(canvas.y, room, alt.X2Value("width")),
    ]


def _bar_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw each project from start to finish, pale, and the share that is done, full; a click picks it.

    Paused and stopped projects are grey with a dashed outline; one outside the period is an arrow.
    """
    pick = alt.selection_point(name=PICK, fields=["project_id"])
    bars, beyond = (
        frame.with_columns(project_words(frame, canvas.words)) for frame in (placed.bars, placed.beyond)
    )
    ink = canvas.ink
    fill = alt.Fill(
        "pillar_code:N", scale=canvas.pillars, legend=None, condition={"test": _RESTING, "value": ink.quiet}
    )
    picked = {"param": PICK, "empty": False, "value": ink.text}
    outline = alt.StrokeValue(None, condition=[picked, {"test": _RESTING, "value": ink.quiet}])
    dash = alt.StrokeDashValue([1, 0], condition={"test": _RESTING, "value": [4, 3]})
    tooltip = _project_tooltip(canvas.words)
    whole = alt.Chart(bars).mark_bar(**_BAR, fillOpacity=0.34, strokeWidth=2)
    done = alt.Chart(bars).mark_bar(**_BAR)
    edge = alt.Chart(beyond).mark_point(filled=True, size=90, opacity=1, cursor="pointer")
    return [
        whole.encode(
            canvas.x,
            canvas.y,
            alt.X2("x2"),
            fill,
            outline,
            dash,
            tooltip=tooltip,
        ).add_params(pick),
        done.encode(canvas.x, canvas.y, alt.X2("xp"), fill, tooltip=tooltip),
        edge.encode(canvas.x, canvas.y, _SIDE, fill, tooltip=tooltip),
    ]


_BAR: dict[str, Any] = {"orient": "horizontal", "size": 13, "cornerRadius": 3, "cursor": "pointer"}
_SIDE = alt.Shape(
    "finished_before:N",
    scale=alt.Scale(domain=[True, False], range=[shape.EARLIER, shape.LATER]),
    legend=None,
)


def _project_tooltip(words: Words) -> list[alt.Tooltip]:
    _ = words.text
    return [
        alt.Tooltip("name:N", title=_("Project name")),
        alt.Tooltip("county_name:N", title=_("County name")),
        alt.Tooltip("agreement_number:N", title=_("Agreement number")),
        alt.Tooltip("pillar_name:N", title=_("Pillar")),
        alt.Tooltip("said:N", title=_("State")),
        alt.Tooltip("progress:N", title=_("Actual progress")),
        alt.Tooltip("planned:N", title=_("Planned progress")),
        alt.Tooltip("start_on:T", title=_("Start"), format="%Y-%m-%d"),
        alt.Tooltip("finish_on:T", title=_("Finish"), format="%Y-%m-%d"),
    ]


def _as_of_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw the day judged from as a dashed line with its label above, unless the period leaves it out."""
    view = canvas.view
    if not view.from_on <= view.as_of <= view.to_on:
        return []
    day = pl.DataFrame({"x": [view.as_of], "y": [-0.1], "y2": [placed.depth]})
    share = (view.as_of - view.from_on).days / max(1, view.days)
    align: Literal["left", "center", "right"] = (
        "left" if share < 0.12 else "right" if share > 0.88 else "center"
    )
    line = alt.Chart(day).mark_rule(stroke=canvas.ink.text, strokeWidth=1.5, strokeDash=[5, 4])
    label = alt.Chart(day).mark_text(
        text=canvas.words.text("As of {day}", day=view.as_of),
        color=canvas.ink.text,
        fontWeight="bold",
        fontSize=12,
        align=align,
        baseline="bottom",
    )
    return [line.encode(canvas.x, canvas.y, alt.Y2("y2")), label.encode(canvas.x, canvas.y)]


def _milestone_layer(milestones: pl.DataFrame, canvas: Canvas) -> alt.Chart:
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


def _flag_layer(flags: pl.DataFrame, canvas: Canvas) -> alt.Chart:
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
