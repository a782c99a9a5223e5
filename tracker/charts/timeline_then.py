"""The day compared with on a timeline: each bar as it stood then, and the milestones that moved since."""

from typing import Any

import altair as alt

from tracker.charts import shape
from tracker.charts.placing_then import PlacedThen
from tracker.charts.timeline_canvas import Canvas

# Pixels below the middle of the bar of today, which is 13 high.
_BELOW = 11


def then_layers(then: PlacedThen, canvas: Canvas) -> list[alt.Chart]:
    """Draw the bars of then as pale ghosts below each row, with hollow marks where milestones stood."""
    _, ink = canvas.words.text, canvas.ink
    quiet: dict[str, Any] = {"orient": "horizontal", "size": 6, "cornerRadius": 2, "yOffset": _BELOW}
    stood = alt.Chart(then.bars).mark_bar(**quiet, fill=ink.ghost, fillOpacity=0.75)
    marks = alt.Chart(then.milestones).mark_point(
        shape=shape.DIAMOND,
        filled=True,
        fill=ink.paper,
        stroke=ink.muted,
        strokeWidth=1.2,
        opacity=1,
        size=55,
        yOffset=_BELOW,
    )
    return [
        stood.encode(
            canvas.x,
            canvas.y,
            alt.X2("x2"),
            tooltip=[
                alt.Tooltip("start_then_on:T", title=_("Start then"), format="%Y-%m-%d"),
                alt.Tooltip("finish_then_on:T", title=_("Finish then"), format="%Y-%m-%d"),
            ],
        ),
        marks.encode(
            canvas.x,
            canvas.y,
            tooltip=[
                alt.Tooltip("name:N", title=_("Milestone")),
                alt.Tooltip("x:T", title=_("Stood on, then"), format="%Y-%m-%d"),
                alt.Tooltip("moved_days:Q", title=_("Days moved since then"), format="+,"),
            ],
        ),
    ]
