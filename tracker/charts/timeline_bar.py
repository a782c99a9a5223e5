"""The bars of a timeline: each project from start to finish, with the share that is done."""

from dataclasses import replace
from typing import Any

import altair as alt

from tracker.charts import shape
from tracker.charts.placing import Placed
from tracker.charts.timeline_canvas import Canvas
from tracker.charts.timeline_word import light_words, project_words, status_words
from tracker.i18n import Words

PICK = "pick"
_RESTING = "datum.state === 'paused' || datum.state === 'stopped'"
_BAR: dict[str, Any] = {"orient": "horizontal", "size": 13, "cornerRadius": 3, "cursor": "pointer"}
_SIDE = alt.Shape(
    "finished_before:N",
    scale=alt.Scale(domain=[True, False], range=[shape.EARLIER, shape.LATER]),
    legend=None,
)


def bar_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw each project from start to finish, pale, and the share that is done, full; a click picks it.

    Paused and stopped projects are grey with a dashed outline; one outside the period is an arrow.
    """
    pick = alt.selection_point(name=PICK, fields=["project_id"])
    ink = canvas.ink
    column, colours = canvas.bar
    fill = alt.Fill(column, scale=colours, legend=None, condition={"test": _RESTING, "value": ink.quiet})
    picked = {"param": PICK, "empty": False, "value": ink.text}
    outline = alt.StrokeValue(None, condition=[picked, {"test": _RESTING, "value": ink.quiet}])
    dash = alt.StrokeDashValue([1, 0], condition={"test": _RESTING, "value": [4, 3]})
    tooltip = _project_tooltip(canvas.words)
    whole = alt.Chart(placed.bars).mark_bar(**_BAR, fillOpacity=0.34, strokeWidth=2)
    done = alt.Chart(placed.bars).mark_bar(**_BAR)
    edge = alt.Chart(placed.beyond).mark_point(filled=True, size=90, opacity=1, cursor="pointer")
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


def worded(placed: Placed, words: Words) -> Placed:
    """Return the placed frames whose bars and ends also hold their texts, so that layers share one frame.

    A frame that several layers share is sent to the browser once.
    """
    bars, beyond = (
        frame.with_columns(project_words(frame, words), light_words(frame, words))
        for frame in (placed.bars, placed.beyond)
    )
    ends = placed.ends.with_columns(status_words(placed.ends, words)).drop("status")
    return replace(placed, bars=bars, beyond=beyond, ends=ends)


def _project_tooltip(words: Words) -> list[alt.Tooltip]:
    _ = words.text
    return [
        alt.Tooltip("name:N", title=_("Project name")),
        alt.Tooltip("county_name:N", title=_("County name")),
        alt.Tooltip("agreement_number:N", title=_("Agreement number")),
        alt.Tooltip("pillar_name:N", title=_("Pillar")),
        alt.Tooltip("lit:N", title=_("Light")),
        alt.Tooltip("said:N", title=_("State")),
        alt.Tooltip("progress:N", title=_("Actual progress")),
        alt.Tooltip("planned:N", title=_("Planned progress")),
        alt.Tooltip("start_on:T", title=_("Start"), format="%Y-%m-%d"),
        alt.Tooltip("finish_on:T", title=_("Finish"), format="%Y-%m-%d"),
        alt.Tooltip("slip_days:Q", title=_("Days against the first plan"), format="+,"),
        alt.Tooltip("slip_current_days:Q", title=_("Days against the current plan"), format="+,"),
        alt.Tooltip("baselines:N", title=_("Times re-baselined")),
    ]
