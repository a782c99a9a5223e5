"""The small charts of the overview: agreements by status, and what falls due in the weeks ahead."""

from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.frame import PADDING, WholeChart, finished, remembered
from tracker.i18n import Words
from tracker.rules.agreement import STATUS_NAMES

_BAR = 20


@remembered
def status_chart(statuses: pl.DataFrame, words: Words, dark: bool = False) -> WholeChart:
    """Draw how many agreements stand in each status (D1), the active first, with the count at each bar.

    `statuses` has the columns status (a D1 name) and count; a status that is not in it is not drawn. A
    click sets the selection "status". Raises: ValueError when there is no agreement.
    """
    if statuses.is_empty():
        raise ValueError("a status chart needs at least one agreement")
    _ = words.text
    ink = palette.ink(dark)
    texts = {str(name): _(wording) for name, wording in STATUS_NAMES.items()}
    drawn = statuses.select("status", "count", said=pl.col("status").replace(texts))
    names = alt.Axis(labelColor=ink.text, labelFontSize=12, labelLimit=150, ticks=False, domain=False)
    y = alt.Y("said:N", sort=list(texts.values())[::-1], title=None, axis=names)
    x = alt.X("count:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    tooltip = [alt.Tooltip("said:N", title=_("Status")), alt.Tooltip("count:Q", title=_("Agreements"))]
    bars = alt.Chart(drawn).mark_bar(size=_BAR - 4, cornerRadiusEnd=3, cursor="pointer")
    numbers = alt.Chart(drawn).mark_text(align="left", dx=5, color=ink.text, fontSize=12)
    pick = alt.selection_point(name="status", fields=["status"])
    return finished(
        [
            bars.encode(x, y, color=_status_colour(ink, dark), tooltip=tooltip).add_params(pick),
            numbers.encode(x, y, alt.Text("count:Q")),
        ],
        words,
        height=(_BAR + 6) * drawn.height,
    )


def _status_colour(ink: palette.Ink, dark: bool) -> Any:
    """Return the condition that colours what is over red and what needs a look amber."""
    amber = palette.pillar_colours(["industry"], dark)[0]
    over = alt.FieldOneOfPredicate(field="status", oneOf=["expired", "terminated"])
    watch = alt.FieldOneOfPredicate(field="status", oneOf=["expiring", "suspended"])
    return (
        alt.when(over)
        .then(alt.value(ink.alarm))
        .when(watch)
        .then(alt.value(amber))
        .otherwise(alt.value(ink.flag))
    )


@remembered
def due_chart(due: pl.DataFrame, words: Words, dark: bool = False) -> WholeChart:
    """Draw the milestones overdue and those due in each month ahead, with the count above each bar.

    `due` has the columns month_on (first day of the month; null for all that is overdue) and count, in the
    order to draw. Raises: ValueError when it is empty.
    """
    if due.is_empty():
        raise ValueError("a chart of what is due needs at least one month")
    _ = words.text
    ink = palette.ink(dark)
    overdue = pl.col("month_on").is_null()
    label = pl.when(overdue).then(pl.lit(_("overdue"))).otherwise(pl.col("month_on").dt.strftime("%Y-%m"))
    drawn = due.select("count", label=label, is_overdue=overdue)
    x = alt.X(
        "label:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelAngle=0, labelColor=ink.text, labelFontSize=12, ticks=False, domainColor=ink.line),
    )
    y = alt.Y("count:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    colour = alt.when("datum.is_overdue").then(alt.value(ink.alarm)).otherwise(alt.value(ink.flag))
    tooltip = [alt.Tooltip("label:N", title=_("Month")), alt.Tooltip("count:Q", title=_("Milestones due"))]
    bars = alt.Chart(drawn).mark_bar(size=34, cornerRadiusEnd=3)
    numbers = alt.Chart(drawn).mark_text(baseline="bottom", dy=-3, color=ink.text, fontSize=13)
    return finished(
        [bars.encode(x, y, color=colour, tooltip=tooltip), numbers.encode(x, y, alt.Text("count:Q"))],
        words,
        height=130,
        padding={**PADDING, "top": 18},
    )
