"""The names of a timeline's rows: beside the rows in the left padding, or above the bars on a narrow page."""

from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette, shape
from tracker.charts.lettering import wrapped
from tracker.charts.placing import Placed, listed
from tracker.charts.timeline_word import project_words
from tracker.charts.view import TimelineView
from tracker.i18n import Words

# Room left of the axis in pixels, narrow or not; the columns of names begin at these places left of the axis.
LABEL_ROOM = {False: 384, True: 6}
_COUNTY, _PROJECT, _STATE = -384, -252, -82
_Y = alt.Y("y:Q", axis=None)


def label_layers(placed: Placed, view: TimelineView, words: Words) -> list[alt.Chart]:
    """Return the layers that name counties and projects and say each project's state with a symbol."""
    labels = _worded(placed.labels, words)
    ink = palette.ink(view.dark)
    draw = _above if view.narrow else _beside
    return draw(labels, placed.counties, ink, view.dark)


def _worded(labels: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Add `said`, `under` (the pillar, or the agreement where there is no project) and the whole line."""
    said = labels.with_columns(project_words(labels, words))
    none = pl.col("state").cast(pl.String) == "no_project"
    said = said.with_columns(pl.col("pillar_name", "agreement_number", "said").cast(pl.String)).with_columns(
        name=pl.when(none).then(pl.lit(words.text("no project yet"))).otherwise("name"),
        under=pl.when(none).then("agreement_number").otherwise(pl.col("pillar_name").fill_null("")),
        said=pl.when(none).then(pl.lit("")).otherwise("said"),
    )
    return said.select(
        "y", "state", "pillar_code", *(listed(name, said) for name in ("name", "under", "said"))
    )


def _beside(labels: pl.DataFrame, counties: pl.DataFrame, ink: palette.Ink, dark: bool) -> list[alt.Chart]:
    several = (counties["province"] != "").any()
    heads = counties.with_columns(*_in_two_lines(counties))
    county = _text(
        heads, "lines", _COUNTY, ink.text, fontSize=13.5, fontWeight="bold", limit=128, lineBreak="\n"
    )
    province = _text(counties, "province", _COUNTY, ink.muted, fontSize=11, limit=124, dy=9)
    name = _text(labels, "name", _PROJECT, ink.text, fontSize=12.5, limit=160, dy=-6)
    under = _text(labels, "under", _PROJECT + 13, ink.muted, fontSize=10.5, limit=146, dy=9)
    state = _text(labels, "said", _STATE + 13, ink.text, fontSize=12, limit=66)
    return [
        county,
        *([province] if several else []),
        name,
        _pillar_squares(labels, dark, x=_PROJECT + 4, yOffset=9),
        under,
        _state_symbols(labels, ink, x=_STATE, yOffset=0),
        state,
    ]


def _above(labels: pl.DataFrame, counties: pl.DataFrame, ink: palette.Ink, dark: bool) -> list[alt.Chart]:
    both = pl.concat_str("county", "province", separator=" · ").str.strip_suffix(" · ")
    heads = counties.select(county=both, y=pl.col("top") + 0.32)
    parts = pl.concat_str(pl.col("name", "under", "said").cast(pl.String), separator=" · ").str.strip_suffix(
        " · "
    )
    lines = labels.with_columns(name=parts)
    return [
        _text(heads, "county", 0, ink.text, fontSize=14, fontWeight="bold", limit=295),
        _text(lines, "name", 32, ink.text, fontSize=12, limit=262, dy=-20),
        _pillar_squares(lines, dark, x=22, yOffset=-20),
        _state_symbols(lines, ink, x=7, yOffset=-20),
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


def _state_symbols(labels: pl.DataFrame, ink: palette.Ink, **place: float) -> alt.Chart:
    states = list(shape.PROJECT_SHAPES)
    symbols = alt.Scale(domain=states, range=[shape.PROJECT_SHAPES[state] for state in states])
    filled = alt.FillValue(ink.text, condition={"test": "datum.state === 'not_started'", "value": None})
    symbol = alt.Chart(labels).mark_point(
        size=90, opacity=1, stroke=ink.text, strokeWidth=1, yOffset=place["yOffset"]
    )
    return symbol.encode(
        _Y, alt.XValue(place["x"]), alt.Shape("state:N", scale=symbols, legend=None), fill=filled
    )
