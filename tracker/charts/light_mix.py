"""How many projects stand at each light (D11), and how many did on the day compared with."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette, shape
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.timeline_word import LIGHT_WORDS
from tracker.charts.view import ChartView
from tracker.i18n import Words

_ROW = 34
_PAPER = ("grey",)
_COUNT, _LIGHT = "light_{}", "light"


def light_mix(row: Mapping[str, Any], before: Mapping[str, Any]) -> pl.DataFrame:
    """Return light, count, before and change of two rows of figures, the worst light first."""
    lights = palette.LIGHTS
    return pl.DataFrame(
        {
            _LIGHT: list(lights),
            "count": [row[_COUNT.format(light)] for light in lights],
            "before": [before[_COUNT.format(light)] for light in lights],
        },
        schema={_LIGHT: pl.String, "count": pl.Int64, "before": pl.Int64},
    ).with_columns(change=pl.col("count") - pl.col("before"))


@remembered
def light_mix_chart(mix: pl.DataFrame, view: ChartView, words: Words) -> WholeChart:
    """Draw a bar for each light with its shape, its count and the change; a tick marks the count before.

    `mix` is what `light_mix` returns. Raises: ValueError when no project was there on either day.
    """
    if not mix.select(pl.sum_horizontal("count", "before").sum()).item():
        raise ValueError("a light mix needs at least one project")
    ink = palette.ink(view.dark)
    drawn = mix.with_columns(
        pl.Series("said", [words.text(LIGHT_WORDS[light]) for light in mix[_LIGHT]]),
        pl.Series("told", [_told(row, words) for row in mix.iter_rows(named=True)]),
        end=pl.max_horizontal("count", "before"),
    )
    names = alt.Axis(
        labelColor=ink.text, labelFontSize=13, labelPadding=30, ticks=False, domain=False, title=None
    )
    y = alt.Y("said:N", sort=None, axis=names)
    most = drawn.select(pl.col("end").max()).item()
    x = alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, most], nice=False, zero=True))
    chart = alt.Chart(drawn)
    bars = chart.mark_bar(size=_ROW - 12, cornerRadiusEnd=3).encode(x, y, color=_colours(view.dark))
    ticks = chart.mark_tick(size=_ROW - 6, thickness=2.5, color=ink.text)
    texts = chart.mark_text(align="left", dx=8, color=ink.text, fontSize=13)
    return finished(
        [
            bars,
            ticks.encode(alt.X("before:Q"), y),
            texts.encode(alt.X("end:Q"), y, alt.Text("told:N")),
            _shapes(chart, y, view),
        ],
        words,
        height=_ROW * drawn.height,
        padding={"left": 8, "right": 90, "top": 8, "bottom": 8},
        title=heading(view, 90),
        resolve=alt.Resolve(scale=alt.ScaleResolveMap(fill="independent", shape="independent")),
    )


def _told(row: Mapping[str, Any], words: Words) -> str:
    """Write a count with its change: 12 (+3)."""
    change = f" ({row['change']:+,})" if row["change"] else ""
    return words.number(row["count"]) + change


def _colours(dark: bool) -> alt.Color:
    colours = palette.light_colours(dark)
    scale = alt.Scale(domain=list(palette.LIGHTS), range=[colours[name] for name in palette.LIGHTS])
    return alt.Color("light:N", scale=scale, legend=None)


def _shapes(chart: alt.Chart, y: alt.Y, view: ChartView) -> alt.Chart:
    """Draw each light's shape beside its name; grey is a circle too, so it is a hollow one."""
    lights, paper = list(palette.LIGHTS), palette.ink(view.dark).paper
    colours = palette.light_colours(view.dark)
    fills = [paper if name in _PAPER else colours[name] for name in lights]
    paths = [shape.LIGHT_SHAPES[name] for name in lights]
    marks = chart.mark_point(size=150, opacity=1, strokeWidth=2)
    return marks.encode(
        alt.XValue(-16),
        y,
        shape=alt.Shape("light:N", scale=alt.Scale(domain=lights, range=paths), legend=None),
        fill=alt.Fill("light:N", scale=alt.Scale(domain=lights, range=fills), legend=None),
        stroke=alt.Stroke(
            "light:N",
            scale=alt.Scale(domain=lights, range=[colours[name] for name in lights]),
            legend=None,
        ),
    )
