"""The names of a timeline's rows: beside the rows in the left padding, or above the bars on a narrow page."""

from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette, shape
from tracker.charts.lettering import wrapped
from tracker.charts.placing import Placed
from tracker.charts.placing_bar import listed
from tracker.charts.timeline_word import light_words
from tracker.charts.view import BY_PILLAR, TimelineView
from tracker.i18n import Words

# Room left of the axis in pixels, narrow or not; the columns of names begin at these places left of the axis.
LABEL_ROOM = {False: 384, True: 6}
_COUNTY, _PROJECT = -384, -252
# The column of lights, and as wide as two of them need where another day is compared with.
_LIGHT = {False: -82, True: -112}
_GREY = "datum.light === 'grey'"
_Y = alt.Y("y:Q", axis=None)


def label_layers(placed: Placed, view: TimelineView, words: Words) -> list[alt.Chart]:
    """Return the layers that name counties and projects and say each project's light with a symbol."""
    labels = _worded(placed.labels, words)
    ink = palette.ink(view.dark)
    draw = _above if view.narrow else _beside
    groups = _group_heads(placed.groups, ink, view, words)
    return [*groups, *draw(labels, placed.counties, ink, view)]


def _group_heads(groups: pl.DataFrame, ink: palette.Ink, view: TimelineView, words: Words) -> list[alt.Chart]:
    if groups.is_empty():
        return []
    count = pl.col("projects").map_elements(words.number, return_dtype=pl.String)
    name = pl.when(pl.col("name") == "").then(pl.lit(words.text("not recorded"))).otherwise("name")
    before, after = words.text("projects: {projects}", projects="{n}").split("{n}")
    heads = groups.select("y", head=name + " · " + pl.lit(before) + count + pl.lit(after))
    x = 0 if view.narrow else _COUNTY
    wide = 300 if view.narrow else 640
    return [_text(heads, "head", x, ink.flag, fontSize=14.5, fontWeight="bold", limit=wide)]


def _worded(labels: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Add `lit` and `under` (the pillar, or the agreement where there is no project)."""
    said = labels.with_columns(light_words(labels, words))
    none = pl.col("state").cast(pl.String) == "no_project"
    said = said.with_columns(pl.col("pillar_name", "agreement_number", "lit").cast(pl.String)).with_columns(
        name=pl.when(none).then(pl.lit(words.text("no project yet"))).otherwise("name"),
        under=pl.when(none).then("agreement_number").otherwise(pl.col("pillar_name").fill_null("")),
    )
    return said.select(
        *("y", "light", "pillar_code"),
        *(listed(name, said) for name in ("name", "under", "lit")),
        *(["light_then"] if "light_then" in said.columns else []),
    )


def _beside(
    labels: pl.DataFrame, counties: pl.DataFrame, ink: palette.Ink, view: TimelineView
) -> list[alt.Chart]:
    several = (counties["province"] != "").any()
    heads = counties.with_columns(*_in_two_lines(counties))
    county = _text(
        heads, "lines", _COUNTY, ink.text, fontSize=13.5, fontWeight="bold", limit=128, lineBreak="\n"
    )
    province = _text(counties, "province", _COUNTY, ink.muted, fontSize=11, limit=124, dy=9)
    column = _LIGHT["light_then" in labels.columns]
    wide = column - _PROJECT - 10
    name = _text(labels, "name", _PROJECT, ink.text, fontSize=12.5, limit=wide, dy=-6)
    # The squares are the key to the bars' colours, so they go with these.
    squares = view.coloured_by == BY_PILLAR
    under = _text(
        labels, "under", _PROJECT + 13 * squares, ink.muted, fontSize=10.5, limit=wide - 13 * squares, dy=9
    )
    light = _text(labels, "lit", column + 13, ink.text, fontSize=12, limit=-16 - column)
    return [
        county,
        *([province] if several else []),
        name,
        *([_pillar_squares(labels, view.dark, x=_PROJECT + 4, yOffset=9)] if squares else []),
        under,
        _light_symbols(labels, view.dark, x=column, yOffset=0),
        light,
    ]


def _above(
    labels: pl.DataFrame, counties: pl.DataFrame, ink: palette.Ink, view: TimelineView
) -> list[alt.Chart]:
    both = pl.concat_str("county", "province", separator=" · ").str.strip_suffix(" · ")
    heads = counties.select(county=both, y=pl.col("top") + 0.32)
    # A light that changed is what one compares for, and the end of a line is cut off first.
    told = ("name", "lit", "under") if "light_then" in labels.columns else ("name", "under", "lit")
    parts = pl.concat_str(pl.col(told).cast(pl.String), separator=" · ").str.strip_suffix(" · ")
    lines = labels.with_columns(name=parts)
    squares = view.coloured_by == BY_PILLAR
    return [
        _text(heads, "county", 0, ink.text, fontSize=14, fontWeight="bold", limit=295),
        _text(lines, "name", 18 + 14 * squares, ink.text, fontSize=12, limit=276 - 14 * squares, dy=-20),
        *([_pillar_squares(lines, view.dark, x=22, yOffset=-20)] if squares else []),
        _light_symbols(lines, view.dark, x=7, yOffset=-20),
    ]


def _in_two_lines(counties: pl.DataFrame) -> list[pl.Series]:
    """Break county names wider than their column, unless the province needs the second line.

    Text is centred on its first line, so whatever has a second one starts higher.
    """
    lines, heights = [], []
    for name, province, y in counties.select("county", "province", "y").rows():
        parts = wrapped((name,), 14.5, 126) if not province else [name]
        lines.append("\n".join([parts[0], " ".join(parts[1:])]) if len(parts) > 1 else name)
        heights.append(y - 0.22 if province or len(parts) > 1 else y)
    return [pl.Series("lines", lines, dtype=pl.String), pl.Series("y", heights, dtype=pl.Float32)]


def _text(frame: pl.DataFrame, column: str, x: float, color: str, **mark: Any) -> alt.Chart:
    text = alt.Chart(frame).mark_text(align="left", baseline="middle", color=color, **mark)
    # The whole text as a plain tooltip, since a long one is cut off where it is drawn.
    whole = "county" if column == "lines" else column
    return text.encode(_Y, alt.XValue(x), alt.Text(f"{column}:N"), alt.Tooltip(f"{whole}:N", title=" "))


def _pillar_squares(labels: pl.DataFrame, dark: bool, **place: float) -> alt.Chart:
    with_pillar = labels.filter(pl.col("pillar_code").is_not_null()).select("y", "pillar_code")
    codes = sorted(with_pillar["pillar_code"].cast(pl.String).unique())
    scale = alt.Scale(domain=codes, range=palette.pillar_colours(codes, dark))
    square = alt.Chart(with_pillar).mark_point(
        shape=shape.SQUARE, filled=True, size=64, opacity=1, yOffset=place["yOffset"]
    )
    return square.encode(_Y, alt.XValue(place["x"]), alt.Fill("pillar_code:N", scale=scale, legend=None))


def _light_symbols(labels: pl.DataFrame, dark: bool, **place: float) -> alt.Chart:
    """Draw each project's light: a shape of its own, in its colour; grey is hollow, as nothing is judged."""
    lit = labels.filter(pl.col("light").is_not_null()).select("y", "light")
    lights = list(shape.LIGHT_SHAPES)
    shapes = alt.Scale(domain=lights, range=list(shape.LIGHT_SHAPES.values()))
    colours = palette.light_colours(dark)
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    paper = palette.ink(dark).paper
    symbol = alt.Chart(lit).mark_point(size=90, opacity=1, strokeWidth=1.2, yOffset=place["yOffset"])
    return symbol.encode(
        _Y,
        alt.XValue(place["x"]),
        alt.Shape("light:N", scale=shapes, legend=None),
        alt.Fill("light:N", scale=scale, legend=None, condition={"test": _GREY, "value": paper}),
        alt.Stroke("light:N", scale=scale, legend=None),
    )
