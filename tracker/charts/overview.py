"""The small charts of the overview: agreements by status, and what falls due in the months ahead."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.view import ChartView
from tracker.i18n import Words
from tracker.rules.agreement import STATUS_NAMES, Status

_BAR = 20
# The two stand beside each other on a desk.
_ROOM = 400.0
# The same for every language and every choice of statuses, so that title and bars keep their places.
_NAMES = 146


@remembered
def status_chart(statuses: pl.DataFrame, view: ChartView, words: Words) -> WholeChart:
    """Draw how many agreements stand in each status (D1), the active first, with the count at each bar.

    `statuses` has the columns status (a D1 name) and count; a status that is not in it is not drawn. A
    click sets the selection "status". Raises: ValueError when there is no agreement.
    """
    if statuses.is_empty():
        raise ValueError("a status chart needs at least one agreement")
    _ = words.text
    ink = palette.ink(view.dark)
    texts = {str(name): _(wording) for name, wording in STATUS_NAMES.items()}
    drawn = statuses.select("status", "count", said=pl.col("status").replace(texts))
    names = alt.Axis(
        labelColor=ink.text,
        labelFontSize=12,
        minExtent=_NAMES,
        maxExtent=_NAMES,
        labelLimit=_NAMES - 4,
        ticks=False,
        domain=False,
    )
    y = alt.Y("said:N", sort=list(texts.values())[::-1], title=None, axis=names)
    x = alt.X("count:Q", axis=_counts(_("Agreements"), ink), scale=alt.Scale(nice=False, zero=True))
    tooltip = [alt.Tooltip("said:N", title=_("Status")), alt.Tooltip("count:Q", title=_("Agreements"))]
    bars = alt.Chart(drawn).mark_bar(size=_BAR - 4, cornerRadiusEnd=3, cursor="pointer")
    numbers = alt.Chart(drawn).mark_text(align="left", dx=5, color=ink.text, fontSize=12)
    pick = alt.selection_point(name="status", fields=["status"])
    return finished(
        [
            bars.encode(x, y, color=_status_colour(ink, view.dark), tooltip=tooltip).add_params(pick),
            numbers.encode(x, y, alt.Text("count:Q")),
        ],
        words,
        title=heading(view, left=_NAMES, room=_ROOM),
        height=(_BAR + 6) * drawn.height,
    )


def status_heading(
    statuses: pl.DataFrame, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the finding of the statuses (how many are active, and how many end or ended), and as of when."""
    counts = dict(statuses.select("status", "count").rows())
    finding = words.text(
        "Agreements: {n} of {total} active, {expiring} expiring, {expired} expired",
        n=words.number(counts.get(Status.active.value, 0)),
        total=words.number(sum(counts.values())),
        expiring=words.number(counts.get(Status.expiring.value, 0)),
        expired=words.number(counts.get(Status.expired.value, 0)),
    )
    return (finding,), (words.text("As of {day}", day=as_of),)


def due_heading(due: pl.DataFrame, as_of: date, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the finding of what is due (how many are overdue, and due in the 90 days), and as of when."""
    counts = dict(due.select("month_on", "count").rows())
    overdue = counts.get(None, 0)
    finding = words.text(
        "Milestones: {overdue} overdue, {number} due in the next 90 days",
        overdue=words.number(overdue),
        number=words.number(sum(counts.values()) - overdue),
    )
    return (finding,), (words.text("As of {day}", day=as_of),)


def _counts(title: str, ink: palette.Ink) -> alt.Axis:
    """Return an axis that only says what is counted: the counts stand at the bars."""
    return alt.Axis(
        title=title,
        titleColor=ink.muted,
        titleFontWeight="normal",
        labels=False,
        ticks=False,
        domain=False,
        grid=False,
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
def due_chart(due: pl.DataFrame, view: ChartView, words: Words) -> WholeChart:
    """Draw the milestones overdue and those due in each month ahead, with the count above each bar.

    `due` has the columns month_on (first day of the month; null for all that is overdue) and count, in the
    order to draw. Raises: ValueError when it is empty.
    """
    if due.is_empty():
        raise ValueError("a chart of what is due needs at least one month")
    _ = words.text
    ink = palette.ink(view.dark)
    overdue = pl.col("month_on").is_null()
    label = pl.when(overdue).then(pl.lit(_("overdue"))).otherwise(pl.col("month_on").dt.strftime("%Y-%m"))
    drawn = due.select("count", label=label, is_overdue=overdue)
    x = alt.X(
        "label:N",
        sort=None,
        title=_("Month in which they are due"),
        axis=alt.Axis(
            labelAngle=0,
            labelColor=ink.text,
            labelFontSize=12,
            ticks=False,
            domainColor=ink.line,
            titleColor=ink.muted,
            titleFontWeight="normal",
        ),
    )
    y = alt.Y("count:Q", axis=_counts(_("Milestones"), ink), scale=alt.Scale(zero=True, nice=False))
    colour = alt.when("datum.is_overdue").then(alt.value(ink.alarm)).otherwise(alt.value(ink.flag))
    tooltip = [alt.Tooltip("label:N", title=_("Month")), alt.Tooltip("count:Q", title=_("Milestones due"))]
    bars = alt.Chart(drawn).mark_bar(size=34, cornerRadiusEnd=3)
    numbers = alt.Chart(drawn).mark_text(baseline="bottom", dy=-3, color=ink.text, fontSize=13)
    return finished(
        [bars.encode(x, y, color=colour, tooltip=tooltip), numbers.encode(x, y, alt.Text("count:Q"))],
        words,
        title=heading(view, room=_ROOM),
        height=130,
    )
