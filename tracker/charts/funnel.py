"""The funnel from first contact to going live: a bar for each stage, each measured by its own N."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.view import ChartView
from tracker.i18n import Words
from tracker.rules.funnel import STAGE_NAMES, UNIT_NAMES, Unit

_ROW = 46


@remembered
def funnel_chart(stages: pl.DataFrame, view: ChartView, words: Words) -> WholeChart:
    """Draw the stages of `portfolio.funnel`, each bar as long as its share, on a track of the whole.

    A stage of which nothing is recorded has no track and says so. Raises: ValueError when there is no stage.
    """
    if stages.is_empty():
        raise ValueError("a funnel needs its stages")
    ink = palette.ink(view.dark)
    drawn = funnel_frame(stages, words)
    y = alt.Y("place:Q", axis=None, scale=_rows(drawn.height))
    share = alt.Axis(
        title=words.text("Share of each stage's own N"),
        titleColor=ink.muted,
        titleFontWeight="normal",
        format="%",
        values=[0, 0.25, 0.5, 0.75, 1],
        labelColor=ink.muted,
        ticks=False,
        domain=False,
        grid=False,
    )
    x = alt.X("zero:Q", axis=share, scale=alt.Scale(domain=[0, 1], nice=False))
    measured = drawn.filter(pl.col("whole") > 0)
    bar = alt.Chart(measured)
    tooltip = [
        alt.Tooltip("said:N", title=words.text("Stage")),
        alt.Tooltip("told:N", title=words.text("n of N")),
    ]
    tracks = bar.mark_bar(size=14, cornerRadius=3, color=ink.grid).encode(
        x, alt.X2("whole"), y, tooltip=tooltip
    )
    shares = bar.mark_bar(size=14, cornerRadius=3, color=ink.flag).encode(
        x, alt.X2("share"), y, tooltip=tooltip
    )
    return finished(
        [tracks, shares, *_texts(drawn, view)],
        words,
        title=heading(view, room=270.0),
        height=_ROW * drawn.height,
    )


def funnel_frame(stages: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Return one row per stage from the top: place, said (stage and unit), told (n/N), zero, share, whole.

    `share` is 0 where it is unknown, and `whole` 1 where the stage has an N, else 0.
    """
    names = [
        (STAGE_NAMES[name], UNIT_NAMES[Unit(unit)]) for name, unit in stages.select("stage", "unit").rows()
    ]
    rows = [
        {
            "place": number + 0.5,
            "said": words.text(names[number][0]),
            "unit": words.text(names[number][1]),
            "told": told(stage, words),
            "zero": 0.0,
            "share": stage["share"] or 0.0,
            "whole": 1.0 if stage["of"] else 0.0,
        }
        for number, stage in enumerate(stages.iter_rows(named=True))
    ]
    return pl.DataFrame(rows)


def told(stage: dict[str, Any], words: Words) -> str:
    """Return n/N and share of a stage: a star for few, a dash where N is 0, or that nothing is recorded."""
    if stage["of"] is None or stage["n"] is None:
        return words.text("not recorded")
    if not stage["of"]:
        return "–"
    star = "*" if stage["is_few"] else ""
    counts = words.ratio(stage["n"], stage["of"]) + star
    return f"{counts} · {words.percent(stage['share'])}"


def funnel_heading(
    stages: pl.DataFrame, where: str, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines: how many signed agreements landed, and how to read the bars."""
    _ = words.text
    by_stage = {stage["stage"]: stage for stage in stages.iter_rows(named=True)}
    landed = by_stage["landed"]
    if landed["of"]:
        finding = _(
            "{where}: {n} of {total} signed agreements have landed",
            where=where,
            n=words.number(landed["n"]),
            total=words.number(landed["of"]),
        )
    else:
        finding = _("{where}: from first contact to going live", where=where)
    reading = _("Each stage divides by its own N, and may exceed the one before it; * few cases.")
    return (finding,), (_("As of {day}", day=as_of), reading)


def _rows(count: int) -> alt.Scale:
    return alt.Scale(domain=[0, count], nice=False, zero=False, reverse=True)


def _texts(drawn: pl.DataFrame, view: ChartView) -> list[alt.Chart]:
    """Write the stage and what it counts above its bar at the left, n/N at the right."""
    ink = palette.ink(view.dark)
    above = drawn.with_columns(
        label=pl.col("said") + " · " + pl.col("unit"), one=pl.lit(1.0), place=pl.col("place") - 0.36
    )
    y = alt.Y("place:Q")
    words = alt.Chart(above)
    left = words.mark_text(align="left", fontSize=13, color=ink.text)
    right = words.mark_text(align="right", fontSize=13, fontWeight="bold", color=ink.text)
    return [
        left.encode(alt.X("zero:Q"), y, alt.Text("label:N")),
        right.encode(alt.X("one:Q"), y, alt.Text("told:N")),
    ]
