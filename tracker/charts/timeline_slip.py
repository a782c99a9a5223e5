"""How far a project's end moved: the plans as thin marks below its bar, and the signed days between."""

from typing import Any

import altair as alt

from tracker.charts import shape
from tracker.charts.placing import Placed
from tracker.charts.timeline_canvas import Canvas
from tracker.charts.timeline_then import then_layers
from tracker.charts.timeline_word import signed_days

# Pixels below the middle of the bar, which is 13 high: the first plan, and the one in force under it.
_FIRST, _CURRENT = 10, 14


def ghost_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw the first plan under each bar, and thinner below it the plan in force where it is another.

    Where another day is compared with, the bars and what has moved as they stood then are drawn instead.
    """
    if placed.then:
        return then_layers(placed.then, canvas)
    bars = alt.Chart(placed.bars)
    # Told in each bar's own words, and so silent for those who listen to the chart.
    quiet: dict[str, Any] = {"orient": "horizontal", "aria": False}
    first = bars.mark_bar(**quiet, size=4, cornerRadius=1, yOffset=_FIRST, fill=canvas.ink.ghost)
    current = bars.mark_bar(**quiet, size=2, yOffset=_CURRENT, fill=canvas.ink.muted)
    begin = alt.X("ghost_x:T", axis=canvas.days)
    return [
        first.encode(begin, canvas.y, alt.X2("ghost_x2")).transform_filter("isValid(datum.ghost_x)"),
        current.encode(begin, canvas.y, alt.X2("current_x2")).transform_filter("isValid(datum.current_x2)"),
    ]


def slip_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Connect the end of the plan, or of the bar as it stood then, with the bar's; say the signed days."""
    ink = canvas.ink
    field, begin = ("moved_days", "then_x2") if placed.then else ("slip_days", "ghost_x2")
    moved = f"isValid(datum.{field}) && datum.{field} !== 0"
    slipped = alt.Chart(placed.bars)
    colour = {"test": f"datum.{field} > 0", "value": ink.alarm}
    connector = slipped.mark_rule(strokeDash=[2, 2], strokeWidth=1.5, yOffset=_FIRST, aria=False)
    # At the right edge there is no room beside the bar, so the days stand above its end.
    days = slipped.mark_text(
        text=alt.ExprRef(signed_days(field, canvas.words)),
        align=alt.ExprRef("datum.at_edge ? 'right' : 'left'"),
        dx=alt.ExprRef("datum.at_edge ? 6 : 12"),
        dy=alt.ExprRef("datum.at_edge ? -14 : 0"),
        baseline="middle",
        fontSize=11.5,
    )
    return [
        connector.encode(
            alt.X(f"{begin}:T", axis=canvas.days),
            canvas.y,
            alt.X2("x2"),
            stroke=alt.StrokeValue(ink.muted, condition=colour),
        ).transform_filter(f"{moved} && isValid(datum.{begin})"),
        days.encode(
            alt.X("label_x:T", axis=canvas.days),
            canvas.y,
            color=alt.ColorValue(ink.muted, condition=colour),
        ).transform_filter(moved),
    ]


def conflict_layer(placed: Placed, canvas: Canvas) -> alt.Chart:
    """Mark the end of the term on each project that ends after it."""
    _ = canvas.words.text
    marks = alt.Chart(placed.conflicts).mark_point(
        filled=True,
        shape=shape.OVER_THE_END,
        fill=canvas.ink.text,
        size=150,
        opacity=1,
    )
    return marks.encode(
        canvas.x,
        canvas.y,
        tooltip=[
            alt.Tooltip("name:N", title=_("Project name")),
            alt.Tooltip("x:T", title=_("The term ends"), format="%Y-%m-%d"),
            alt.Tooltip("finish_on:T", title=_("Finish"), format="%Y-%m-%d"),
        ],
    )
