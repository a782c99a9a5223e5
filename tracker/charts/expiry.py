"""The expiry calendar: how many terms end in each month, and how many decisions are due."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.shape import TRIANGLE
from tracker.charts.view import ChartView
from tracker.errors import N_
from tracker.i18n import Words
from tracker.rules.month import month_of, spoken

MONTH = "month"
_DECISIONS, _ENDS = N_("Decisions due"), N_("Terms end")
_HEIGHT, _ROW = 240, 34
_TOLD = {
    "month": N_("Month"),
    "decisions": N_("Decisions due"),
    "ends": N_("Terms end"),
    "renewing": N_("of these, renew themselves"),
    "with_open": N_("of these, with open projects"),
    "missed": N_("of these, decision missed"),
}


@remembered
def expiry_chart(months: pl.DataFrame, view: ChartView, words: Words) -> WholeChart:
    """Draw two bars for each month, decisions hollow and ends filled; turned on a phone.

    `months` are those of `counts_by_month`. A click on a bar sets the selection "month" to 2021-06.
    Raises: ValueError when nothing ends and nothing is to be decided.
    """
    if not months.select(pl.sum_horizontal("decisions", "ends").sum()).item():
        raise ValueError("an expiry calendar needs an end or a decision")
    drawn = _bars(months, words)
    chart = alt.Chart(drawn)
    along, count = _scales(drawn, view, words)
    said = [alt.Tooltip(f"{name}:N", title=words.text(title)) for name, title in _TOLD.items()]
    narrow = view.narrow
    layers = [
        layer.encode(*(([count, *along]) if narrow else ([*along, count])), tooltip=said)
        for layer in (_rectangles(chart, view, words), _numbers(chart, view), _triangles(chart, view))
    ]
    height = _ROW * months.height if narrow else _HEIGHT
    # Turned, the names of the months stand left of where the heading would begin.
    return finished(layers, words, title=heading(view, 62 if narrow else 0), height=height)


def expiry_heading(
    rows: pl.DataFrame, months: pl.DataFrame, about: tuple[str, int, date], words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines; `about` is where, how many agreements are signed, and the day."""
    _ = words.text
    where, signed, as_of = about
    totals = {name: int(months[name].sum()) for name in ("decisions", "ends", "missed", "with_open")}
    told = {name: words.number(value) for name, value in totals.items()}
    last = spoken(months["month_on"].max())  # type: ignore[arg-type]
    title = _(
        "{where}: {ends} terms end by {last}, {with_open} of them with open projects",
        **told,
        where=where,
        last=last,
    )
    due = rows.filter(pl.col("decision") == "due").sort("decision_on")
    if due.height:
        next_on = due["decision_on"][0]
        second = _("{decisions} decisions due, the next on {day}", **told, day=next_on)
    else:
        second = _("No decision is due")
    if totals["missed"]:
        second = _("{said}; {missed} missed their day", said=second, **told)
    rests_on = (
        _("As of {day} · of {signed} agreements signed", day=as_of, signed=words.number(signed)),
        _("A decision is due the days of notice before the end; self-renewals as they stand on the day."),
        _("Filled: terms end; hollow: decisions due; triangle: a decision was missed."),
    )
    return (title, second), rests_on


def _bars(months: pl.DataFrame, words: Words) -> pl.DataFrame:
    written = months.with_columns(month=pl.col("month_on").dt.strftime("%Y-%m")).drop("month_on")
    return pl.concat(
        [
            written.with_columns(kind=pl.lit(words.text(kind)), count=pl.col(column), gone=gone)
            for kind, column, gone in (
                (_DECISIONS, "decisions", pl.lit(0, pl.Int64)),
                (_ENDS, "ends", pl.col("missed")),
            )
        ]
    )


def _scales(drawn: pl.DataFrame, view: ChartView, words: Words) -> tuple[list[Any], alt.X | alt.Y]:
    """Return the months with the two kinds beside each other, and the count."""
    ink = palette.ink(view.dark)
    is_now = f"datum.value === '{spoken(month_of(view.as_of))}'"
    axis = alt.Axis(
        title=words.text("Month"),
        labelAngle=0,
        labelExpr="datum.value" if view.narrow else "split(datum.value, '-')",
        labelColor={"condition": {"test": is_now, "value": ink.text}, "value": ink.muted},
        labelFontWeight={"condition": {"test": is_now, "value": "bold"}, "value": "normal"},
        labelFontSize=11,
        labelOverlap=False,
        titleColor=ink.muted,
        titleFontSize=11,
        titleFontWeight="normal",
        ticks=False,
        domainColor=ink.line,
    )
    order = drawn["month"].unique().sort().to_list()
    kinds = [words.text(_DECISIONS), words.text(_ENDS)]
    band, beside = alt.Scale(domain=order, paddingInner=0.25), alt.Scale(domain=kinds, paddingInner=0.1)
    most = int(drawn["count"].max() or 1)  # type: ignore[arg-type]
    size = alt.Scale(domain=[0, most * 1.12], nice=False)
    if view.narrow:
        rows = [alt.Y("month:O", axis=axis, scale=band), alt.YOffset("kind:N", scale=beside, sort=kinds)]
        return rows, alt.X("count:Q", axis=None, scale=size)
    columns = [alt.X("month:O", axis=axis, scale=band), alt.XOffset("kind:N", scale=beside, sort=kinds)]
    return columns, alt.Y("count:Q", axis=None, scale=size)


def _rectangles(chart: alt.Chart, view: ChartView, words: Words) -> alt.Chart:
    ink = palette.ink(view.dark)
    kinds = alt.Scale(domain=[words.text(_DECISIONS), words.text(_ENDS)], range=[ink.paper, ink.flag])
    legend = alt.Legend(
        orient="top", title=None, labelColor=ink.text, symbolType="square", symbolStrokeColor=ink.flag
    )
    pick = alt.selection_point(name=MONTH, fields=["month"])
    bars = chart.transform_filter("datum.count > 0").mark_bar(
        stroke=ink.flag, strokeWidth=1.5, cursor="pointer", cornerRadiusEnd=2
    )
    return bars.encode(fill=alt.Fill("kind:N", scale=kinds, legend=legend)).add_params(pick)


def _numbers(chart: alt.Chart, view: ChartView) -> alt.Chart:
    beside: dict[str, Any] = {"align": "left", "dx": 4} if view.narrow else {"align": "center", "dy": -8}
    texts = chart.transform_filter("datum.count > 0").mark_text(
        color=palette.ink(view.dark).text, fontSize=11, baseline="middle", cursor="pointer", **beside
    )
    return texts.encode(text=alt.Text("count:Q", format=",d"))


def _triangles(chart: alt.Chart, view: ChartView) -> alt.Chart:
    """Mark the ends whose decision was missed, inside the end of their bar."""
    inside: dict[str, Any] = {"xOffset": -7} if view.narrow else {"yOffset": 8}
    return chart.transform_filter("datum.gone > 0").mark_point(
        shape=TRIANGLE, size=40, filled=True, opacity=1, color=palette.ink(view.dark).paper, **inside
    )
