"""The timeline of a region: terms, projects and milestones of its counties against the calendar, in one view.

All layers share one time axis and one quantitative y in row units, so the chart stretches with its
container; names stand left of the axis, in its padding. Symbols are drawn paths. The layers are a list from
back to front.
"""

from typing import Literal

import altair as alt
import polars as pl

from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.placing import Placed, place
from tracker.charts.timeline_bar import bar_layers, worded
from tracker.charts.timeline_canvas import HEAD, ROW_HEIGHT, Canvas, canvas_of
from tracker.charts.timeline_key import KeyLines, key_layers, key_lines
from tracker.charts.timeline_label import LABEL_ROOM, label_layers
from tracker.charts.timeline_mark import flag_layer, milestone_layer
from tracker.charts.timeline_slip import conflict_layer, ghost_layers, slip_layers
from tracker.charts.timeline_term import decision_layers, term_layers
from tracker.charts.view import TimelineView
from tracker.i18n import Words
from tracker.portfolio.timeline import TimelineFrames


@remembered
def timeline_chart(frames: TimelineFrames, view: TimelineView, words: Words) -> WholeChart:
    """Draw the timeline; a click on a bar, a name or a milestone sets the selection "pick" to its project_id.

    A click on anything else picks a null project_id, which a page ignores.

    Raises: ValueError when there is no row to draw.
    """
    placed = worded(place(frames, view), words)
    key = key_lines(words, view, placed)
    canvas = canvas_of(placed, key.depth, view, words)
    layers = [
        *term_layers(placed, canvas),
        *label_layers(placed, view, words),
        *ghost_layers(placed, canvas),
        *bar_layers(placed, canvas),
        *_as_of_layers(placed, canvas),
        *slip_layers(placed, canvas),
        milestone_layer(placed.milestones, canvas),
        conflict_layer(placed, canvas),
        *decision_layers(placed, canvas),
        flag_layer(placed.flags, canvas),
        *key_layers(key, placed.depth, view),
    ]
    independent = alt.ScaleResolveMap(fill="independent", stroke="independent", shape="independent")
    return finished(
        layers,
        words,
        title=heading(view, LABEL_ROOM[view.narrow], view.room),
        height=_height(placed, key, view),
        resolve=alt.Resolve(scale=independent),
    )


def _height(placed: Placed, key: KeyLines, view: TimelineView) -> int:
    return round((placed.depth + key.depth + HEAD) * ROW_HEIGHT[view.narrow])


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
