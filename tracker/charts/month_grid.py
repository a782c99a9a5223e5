"""Counts in a grid: a row for each region or person, a column for each month, marks for what is late.

What a cell counts is written on it, and its shade says the same. A triangle with a number is overdue, a
diamond with a number is key, a tick says that all is met: none of them needs a colour.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import polars as pl

from tracker.charts import lettering, palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.shape import DIAMOND, TICK, TRIANGLE
from tracker.charts.view import ChartView
from tracker.i18n import Words

CELL = "cell"
# A row's height by whether its marks stand below each other; its name's width by whether the page is narrow.
_ROW = {False: 40, True: 54}
_NAME = {False: 150, True: 84}
_SMALL = 10.0
# What fits beside each other in a cell: so many columns on a desk, and numbers up to this.
_COLUMNS, _NUMBER = 16, 99


@dataclass(frozen=True)
class Grid:
    """A grid ready to draw.

    cells: key (of the row, as text), row (its name as written), column (one of `columns`), count, late, keys,
    is_late, is_done (all of it met), value (what the shade shows; null for a plain cell) and those that
    `told` names for the tooltip, each with its words. `rows` are in order from the top, `columns` from the
    left: those in `named` are written as that, all others broken at the hyphen, and `now` in bold. `titles`
    say what the columns and the rows are.
    """

    cells: pl.DataFrame
    rows: Sequence[str]
    columns: Sequence[str]
    now: str
    titles: tuple[str, str]
    told: dict[str, str]
    named: dict[str, str] = field(default_factory=dict)


@remembered
def grid_chart(grid: Grid, view: ChartView, words: Words) -> WholeChart:
    """Draw the grid; a click on a cell sets the selection "cell" to its key and column.

    Raises: ValueError when there is no cell to draw.
    """
    if grid.cells.is_empty():
        raise ValueError("a grid needs at least one cell")
    chart = alt.Chart(_lettered(grid.cells, view))
    x, y = _axes(grid, view)
    said = [alt.Tooltip(f"{name}:N", title=title) for name, title in grid.told.items()]
    tall = _is_tall(grid, view)
    layers = [_squares(chart, view), _texts(chart, "count", ("0", _down(tall, 0)), 13), *_marks(chart, tall)]
    return finished(
        [layer.encode(x, y, tooltip=said) for layer in layers],
        words,
        title=heading(view, _NAME[view.narrow]),
        height=_ROW[tall] * len(grid.rows),
    )


def _is_tall(grid: Grid, view: ChartView) -> bool:
    """Return whether the overdue and the key ones need a line each: a phone, many columns, large numbers."""
    largest = grid.cells.select(pl.max_horizontal(pl.col("late").max(), pl.col("keys").max())).item() or 0
    return view.narrow or len(grid.columns) > _COLUMNS or largest > _NUMBER


def _lettered(cells: pl.DataFrame, view: ChartView) -> pl.DataFrame:
    """Add `shade` and `letters`: the colour of the cell, and that of what is written on it."""
    ink, shades = palette.ink(view.dark), palette.shades(view.dark)
    most = cells.select(pl.col("value").max()).item() or 1
    step = (pl.col("value") * len(shades) / most).ceil().cast(pl.Int64).clip(1, len(shades)) - 1
    fills, inks = (dict(enumerate(colours)) for colours in zip(*shades, strict=True))
    shaded = pl.col("value") > 0
    return cells.with_columns(
        shade=pl.when(shaded).then(step.replace_strict(fills, default=None)).otherwise(pl.lit(ink.paper)),
        letters=pl.when(shaded).then(step.replace_strict(inks, default=None)).otherwise(pl.lit(ink.text)),
    )


def _axes(grid: Grid, view: ChartView) -> tuple[alt.X, alt.Y]:
    ink, room = palette.ink(view.dark), _NAME[view.narrow]
    is_now = f"datum.value === '{grid.now}'"
    shared: dict[str, Any] = {
        "ticks": False,
        "domain": False,
        # The first name would else begin at its cell's middle instead of standing above or beside it.
        "labelFlush": False,
        "labelFontSize": 9.5 if view.narrow else 11,
        "titleColor": ink.muted,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    }
    across = alt.Axis(
        title=grid.titles[0],
        orient="top",
        labelAngle=0,
        labelExpr=f"{json.dumps(grid.named, ensure_ascii=False)}[datum.value] || split(datum.value, '-')",
        labelColor={"condition": {"test": is_now, "value": ink.text}, "value": ink.muted},
        labelFontWeight={"condition": {"test": is_now, "value": "bold"}, "value": "normal"},
        labelOverlap=False,
        # Of two lines the first stands where one alone would; the second needs its room below.
        labelPadding=17,
        **shared,
    )
    down = alt.Axis(
        title=grid.titles[1],
        titleAngle=0,
        titleAlign="left",
        titleBaseline="bottom",
        titleX=-room,
        titleY=-8,
        labelColor=ink.text,
        labelLimit=room - 8,
        minExtent=room,
        maxExtent=room,
        **shared,
    )
    columns = alt.Scale(domain=list(grid.columns), paddingInner=0.06, paddingOuter=0)
    rows = alt.Scale(domain=list(grid.rows), paddingInner=0.08, paddingOuter=0)
    return alt.X("column:O", axis=across, scale=columns), alt.Y("row:O", axis=down, scale=rows)


def _squares(chart: alt.Chart, view: ChartView) -> alt.Chart:
    ink = palette.ink(view.dark)
    pick = alt.selection_point(name=CELL, fields=["key", "column"])
    edge: Any = {"condition": {"test": "datum.is_late", "value": ink.alarm}, "value": ink.line}
    squares = chart.mark_rect(cornerRadius=3, strokeWidth=1.2, cursor="pointer")
    return squares.encode(fill=alt.Fill("shade:N", scale=None), stroke=alt.StrokeValue(**edge)).add_params(
        pick
    )


def _down(tall: bool, line: int) -> float:
    """Return how far below a cell's middle its first, second or third line stands."""
    return (-16.0, 1.0, 16.0)[line] if tall else (-8.0, 9.0, 9.0)[line]


def _marks(chart: alt.Chart, tall: bool) -> list[alt.Chart]:
    """Draw a triangle and the number of the overdue, a diamond and that of the key ones, a tick when done."""
    first, second = ("-10", "-10") if tall else ("7 - bandwidth('x') / 2", "4")
    late, done, keys = (
        chart.transform_filter(t) for t in ("datum.late > 0", "datum.is_done", "datum.keys > 0")
    )
    return [
        _symbols(late, TRIANGLE, (first, _down(tall, 1))),
        _texts(late, "late", (f"{first} + 6", _down(tall, 1)), _SMALL),
        _symbols(done, TICK, (first, _down(tall, 1))),
        _symbols(keys, DIAMOND, (second, _down(tall, 2))),
        _texts(keys, "keys", (f"{second} + 6", _down(tall, 2)), _SMALL),
    ]


def _symbols(chart: alt.Chart, path: str, place: tuple[str, float]) -> alt.Chart:
    across, down = place
    marks = chart.mark_point(
        shape=path,
        size=20,
        opacity=1,
        filled=True,
        xOffset=alt.ExprRef(across),
        yOffset=down,
        cursor="pointer",
    )
    return marks.encode(fill=alt.Fill("letters:N", scale=None))


def _texts(chart: alt.Chart, column: str, place: tuple[str, float], size: float) -> alt.Chart:
    """Write a column's number: the count in the middle and bold, any other to the right of its place."""
    across, down = place
    is_count = column == "count"
    texts = chart.mark_text(
        dx=alt.ExprRef(across),
        dy=down,
        align="center" if is_count else "left",
        baseline="middle",
        fontSize=size,
        fontWeight="bold" if is_count else "normal",
        cursor="pointer",
    )
    return texts.encode(text=alt.Text(f"{column}:Q", format=",d"), color=alt.Color("letters:N", scale=None))


def told_apart(names: Sequence[str], narrow: bool) -> list[str]:
    """Return the names cut to the room beside a grid, each still different from those before it."""
    written: list[str] = []
    for name in names:
        said = _cut(name, _NAME[narrow] - 12)
        again = next(n for n in range(1, len(names) + 1) if _numbered(said, n) not in written)
        written.append(_numbered(said, again))
    return written


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _cut(name: str, room: float) -> str:
    if lettering.width_of(name, 11) <= room:
        return name
    last = next(
        n for n in range(len(name), 0, -1) if lettering.width_of(name[:n] + "…", 11) <= room or n == 1
    )
    return name[:last] + "…"
