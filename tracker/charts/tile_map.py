"""The tile map: every province as a square in its place, shaded by one measure, its n/N written on it."""

from typing import Any

import altair as alt
import polars as pl

from tracker.charts import lettering, palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.view import ChartView
from tracker.i18n import Words
from tracker.portfolio.tile_map import LIT, TileMap
from tracker.rules.light import LIGHT_MARKS, LIGHT_NAMES, Light
from tracker.rules.tile_measure import MEASURE_NAMES, TileMeasure

TILE = "tile"
_GAP = 0.07
_SIDE = {False: 60, True: 46}
_SIZE = {False: 11.5, True: 10.0}
_ROOM = {False: 62.0, True: 37.0}
# Of the bar of lights, in tiles from the top.
_BAR = (0.78, 0.9)
# Two letters where an English name has no room. Source: ISO 3166-2:CN, by the first digits of the code.
_CODES = (
    "11BJ12TJ13HE14SX15NM21LN22JL23HL31SH32JS33ZJ34AH35FJ36JX37SD41HA42HB43HN44GD45GX46HI50CQ51SC52GZ53YN"
    "54XZ61SN62GS63QH64NX65XJ71TW81HK82MO"
)
_LETTERS = {_CODES[n : n + 2]: _CODES[n + 2 : n + 4] for n in range(0, len(_CODES), 4)}


@remembered
def tile_chart(found: TileMap, view: ChartView, words: Words) -> WholeChart:
    """Draw the map; a click on a tile sets the selection "tile" to its division_id.

    Tiles where nothing is recorded are blank; those of few records have a star. Raises: ValueError when all
    are blank.
    """
    if found.is_empty():
        raise ValueError("a tile map needs a province with a record")
    ink = palette.ink(view.dark)
    drawn = tile_frame(found, view, words)
    mix = found.measure is TileMeasure.lights
    squares = _squares(drawn, found, view, words)
    layers = [
        squares,
        *([_light_bars(found, view, words)] if mix else []),
        _letters(drawn, "said", 0.3, _SIZE[view.narrow], "bold"),
        _letters(drawn, "counted", 0.55 if mix else 0.64, _SIZE[view.narrow] - 0.5, "normal"),
    ]
    rows = drawn["y"].max()
    return finished(
        layers,
        words,
        title=heading(view, room=520.0),
        height=_SIDE[view.narrow] * (int(rows if isinstance(rows, float) else 7) + 1),
        background=ink.paper,
    )


def tile_frame(found: TileMap, view: ChartView, words: Words) -> pl.DataFrame:
    """Return one row per tile: what is written on it and how it is shaded.

    Columns: division_id, x, x2, y, y2 (tiles from the top left), name (in full), said (as much of it as
    there is room for), counted (n/N, a star for few; empty for a blank tile), value (what the shade shows;
    null for a blank tile), share, n, of, letters (the colour of the text).
    """
    most = _most(found)
    shades = palette.shades(view.dark)
    ink = palette.ink(view.dark)
    rows = []
    for tile in found.tiles.iter_rows(named=True):
        value = value_of(tile, found.measure)
        step = None if value is None else min(len(shades) - 1, int(value / most * len(shades)))
        shaded = step is not None and found.measure is not TileMeasure.lights
        rows.append(
            {
                "division_id": tile["division_id"],
                "x": tile["column"] + 0.0,
                "y": tile["row"] + 0.0,
                "x2": tile["column"] + 1 - _GAP,
                "y2": tile["row"] + 1 - _GAP,
                "name": words.name(tile["name"], tile["name_en"]),
                "said": _short(tile, view, words),
                "counted": _counted(tile, found.measure, _ROOM[view.narrow]),
                "value": None if found.measure is TileMeasure.lights else value,
                "told": "" if value is None else _told(tile, words),
                "letters": shades[step][1] if shaded and step is not None else _quiet(ink, value),
            }
        )
    return pl.DataFrame(rows, schema_overrides={"value": pl.Float64})


def value_of(tile: dict[str, Any], measure: TileMeasure) -> float | None:
    """Return what shades a tile: signings as a number, all else as a share; None where N is nothing."""
    if not tile["of"] or tile["n"] is None:
        return None
    return float(tile["n"]) if measure is TileMeasure.signed else tile["n"] / tile["of"]


def _most(found: TileMap) -> float:
    values = [value_of(tile, found.measure) for tile in found.tiles.iter_rows(named=True)]
    return max((value for value in values if value), default=1.0)


def _quiet(ink: palette.Ink, value: float | None) -> str:
    return ink.muted if value is None else ink.text


def _short(tile: dict[str, Any], view: ChartView, words: Words) -> str:
    if words.is_chinese:
        return str(tile["short_name"] or tile["name"])
    name = str(tile["name_en"])
    fits = lettering.width_of(name, _SIZE[view.narrow]) <= _ROOM[view.narrow] - 4
    return name if fits else _LETTERS.get(tile["code"][:2], name)


def _counted(tile: dict[str, Any], measure: TileMeasure, room: float) -> str:
    if not tile["of"]:
        return ""
    star = "*" if tile["is_few"] else ""
    mark = LIGHT_MARKS[Light.red] if measure is TileMeasure.lights else ""
    whole = f"{mark}{tile['n']}/{tile['of']}{star}"
    if lettering.width_of(whole, 10) <= room:
        return whole
    return f"{mark}{tile['n']}/\n{tile['of']}{star}"


def _told(tile: dict[str, Any], words: Words) -> str:
    return f"{words.ratio(tile['n'], tile['of'])} · {words.percent(tile['n'] / tile['of'])}"


def _squares(drawn: pl.DataFrame, found: TileMap, view: ChartView, words: Words) -> alt.Chart:
    ink = palette.ink(view.dark)
    pick = alt.selection_point(name=TILE, fields=["division_id"])
    tooltip = [
        alt.Tooltip("name:N", title=words.text("Province")),
        alt.Tooltip("told:N", title=words.text(MEASURE_NAMES[found.measure])),
    ]
    squares = alt.Chart(drawn).mark_rect(
        cornerRadius=4, stroke=ink.line, strokeWidth=1, cursor="pointer", invalid=None
    )
    fill = alt.FillValue(ink.paper)
    x, y = _places(drawn)
    encoded = squares.encode(x, alt.X2("x2"), y, alt.Y2("y2"), fill, tooltip=tooltip)
    if found.measure is not TileMeasure.lights:
        encoded = squares.encode(x, alt.X2("x2"), y, alt.Y2("y2"), _shade(found, view, ink), tooltip=tooltip)
    return encoded.add_params(pick)


def _places(drawn: pl.DataFrame) -> tuple[alt.X, alt.Y]:
    """Return both scales, the same for every part of a tile."""
    columns = [float(drawn["x"].min()), float(drawn["x2"].max())]  # type: ignore[arg-type]
    rows = [float(drawn["y"].min()), float(drawn["y2"].max())]  # type: ignore[arg-type]
    return (
        alt.X("x:Q", axis=None, scale=alt.Scale(domain=columns, nice=False, zero=False)),
        alt.Y("y:Q", axis=None, scale=alt.Scale(domain=rows, nice=False, zero=False, reverse=True)),
    )


def _shade(found: TileMap, view: ChartView, ink: palette.Ink) -> alt.Fill:
    """Return the shades with their key; a tile without a value keeps the colour of the paper."""
    counts = found.measure is TileMeasure.signed
    scale = alt.Scale(
        type="quantize",
        domain=[0, _most(found)],
        nice=False,
        range=[colour for colour, _ink in palette.shades(view.dark)],
    )
    legend = alt.Legend(
        orient="bottom",
        title=None,
        format=",.0f" if counts else ".0%",
        labelColor=ink.muted,
        symbolType="square",
        symbolSize=160,
        symbolStrokeColor=ink.line,
        columns=3 if view.narrow else 5,
    )
    return alt.Fill(
        "value:Q",
        scale=scale,
        legend=legend,
        condition={"test": "!isValid(datum.value)", "value": ink.paper},
    )


def _letters(drawn: pl.DataFrame, column: str, down: float, size: float, weight: Any) -> alt.Chart:
    middle = drawn.with_columns(x=(pl.col("x") + pl.col("x2")) / 2, y=pl.col("y") + down * (1 - _GAP))
    texts = alt.Chart(middle).mark_text(
        baseline="middle",
        fontSize=size,
        fontWeight=weight,
        lineBreak="\n",
        lineHeight=size + 1,
        cursor="pointer",
    )
    return texts.encode(
        alt.X("x:Q"),
        alt.Y("y:Q"),
        alt.Text(f"{column}:N"),
        color=alt.Color("letters:N", scale=None),
        tooltip=alt.value(None),
    )


def _light_bars(found: TileMap, view: ChartView, words: Words) -> alt.Chart:
    """Draw each province's lights as parts of one bar, the worst first."""
    lights = [Light(name.removeprefix("light_")) for name in LIT]
    said = {kind: f"{LIGHT_MARKS[kind]} {words.text(LIGHT_NAMES[kind])}" for kind in lights}
    rows = []
    for tile in found.tiles.filter(pl.col("of") > 0).iter_rows(named=True):
        begin = tile["column"] + _GAP
        for name, kind in zip(LIT, lights, strict=True):
            end = begin + tile[name] / tile["of"] * (1 - 3 * _GAP)
            if tile[name]:
                row = {"x": begin, "x2": end, "y": tile["row"] + _BAR[0], "y2": tile["row"] + _BAR[1]}
                rows.append(
                    {**row, "light": said[kind], "count": tile[name], "division_id": tile["division_id"]}
                )
            begin = end
    colours = palette.light_colours(view.dark)
    ink = palette.ink(view.dark)
    scale = alt.Scale(domain=list(said.values()), range=[colours[kind.value] for kind in lights])
    legend = alt.Legend(
        orient="bottom",
        title=None,
        labelColor=ink.muted,
        symbolType="square",
        columns=3 if view.narrow else 5,
    )
    tooltip = [
        alt.Tooltip("light:N", title=words.text("Light")),
        alt.Tooltip("count:Q", title=words.text("Projects")),
    ]
    bars = alt.Chart(pl.DataFrame(rows)).mark_rect()
    colour = alt.Fill("light:N", scale=scale, legend=legend)
    return bars.encode(alt.X("x:Q"), alt.X2("x2"), alt.Y("y:Q"), alt.Y2("y2"), colour, tooltip=tooltip)
