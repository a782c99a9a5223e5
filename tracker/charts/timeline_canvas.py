"""What the layers of a timeline share: the view, the words, the colours and the two axes."""

from dataclasses import dataclass

import altair as alt
import polars as pl

from tracker.charts import axis, palette
from tracker.charts.placing import Placed
from tracker.charts.view import BY_LIGHT, TimelineView
from tracker.i18n import Words

ROW_HEIGHT = {False: 32, True: 46}
# Room above the first row for the as-of label, in row units.
HEAD = 0.65


@dataclass(frozen=True)
class Canvas:
    """What every layer needs beside its frame.

    `days` is the axis of x, for layers that draw other columns on it; `period` is x with the scale in it, for
    one layer: a scale said twice is merged with a warning. `bar` is the column and the colours of the bars:
    the lights, or the pillars.
    """

    view: TimelineView
    words: Words
    ink: palette.Ink
    days: alt.Axis
    x: alt.X
    y: alt.Y
    period: alt.X
    bar: tuple[str, alt.Scale]


def canvas_of(placed: Placed, key_depth: float, view: TimelineView, words: Words) -> Canvas:
    """Return the canvas of placed frames with a key of `key_depth` row units below them."""
    ink = palette.ink(view.dark)
    days = axis.period_axis(view.days, ink, view.narrow, view.scale)
    rows = alt.Scale(domain=[placed.depth + key_depth, -HEAD], nice=False, zero=False)
    return Canvas(
        view=view,
        words=words,
        ink=ink,
        days=days,
        x=alt.X("x:T", axis=days),
        period=alt.X("x:T", axis=days, scale=axis.period_scale(view.from_on, view.to_on)),
        y=alt.Y("y:Q", scale=rows, axis=None, stack=None),
        bar=_bar_colours(placed, view),
    )


def _bar_colours(placed: Placed, view: TimelineView) -> tuple[str, alt.Scale]:
    if view.coloured_by == BY_LIGHT:
        return "light:N", light_scale(view.dark)
    codes = sorted(placed.labels["pillar_code"].cast(pl.String).drop_nulls().unique())
    return "pillar_code:N", alt.Scale(domain=codes, range=palette.pillar_colours(codes, view.dark))


def light_scale(dark: bool) -> alt.Scale:
    """Return the colours of the lights as a scale."""
    colours = palette.light_colours(dark)
    return alt.Scale(domain=list(colours), range=list(colours.values()))
