"""The heat table: regions by pillars, a cell shaded by how far it is behind plan, its lights on it."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.view import ChartView
from tracker.i18n import Words
from tracker.portfolio.region_table import RegionTable
from tracker.rules.light import LIGHT_MARKS, Light

CELL = "cell"
# The edges of D11's test of the plan; what is not behind has a step of its own.
_EDGES = (0.0, 0.10, 0.30)
_ROW = {False: 58, True: 98}
# On a phone a region's name stands above its row, where there is room for all of it.
_NAME = 20
# Lights that stand beside each other in a cell; the rest goes below.
_BESIDE = {False: 3, True: 2}
_LABEL = 182
_SHOWN = (Light.red, Light.yellow, Light.green, Light.grey, Light.blue, Light.stopped)
_PHONE = 340


@remembered
def heat_chart(found: RegionTable, view: ChartView, words: Words) -> WholeChart:
    """Draw the table; a click on a cell sets the selection "cell" to its key and pillar_id.

    Regions without a project have no row. Raises: ValueError when none has one.
    """
    if found.cells.is_empty():
        raise ValueError("a heat table needs a region with a project")
    drawn = heat_frame(found, view, words)
    ink = palette.ink(view.dark)
    x = alt.X(
        "column:O",
        sort=None,
        axis=_axis(
            ink,
            words.text("Pillar"),
            orient="top",
            labelAngle=0,
            limit=80 if view.narrow else 120,
            labelOverlap=False,
            labelFlush=False,
            # The words of a pillar stand under each other: beside each other they would be cut off.
            labelExpr="split(datum.label, ' ')",
            labelLineHeight=12 if view.narrow else 14,
            labelPadding=14 if view.narrow else 18,
        ),
    )
    y = _rows(view, ink, words)
    base = alt.Chart(drawn)
    pick = alt.selection_point(name=CELL, fields=["key", "pillar_id"])
    rim = alt.when("datum.band < 0").then(alt.value(ink.line)).otherwise(alt.value(ink.paper))
    squares = base.mark_rect(strokeWidth=2, cornerRadius=3, cursor="pointer").encode(
        x, y, _shade(view, words), stroke=rim, tooltip=_tooltips(words)
    )
    size = 10 if view.narrow else 12
    lights = base.mark_text(dy=-26 if view.narrow else -16, fontSize=size, cursor="pointer", lineBreak="\n")
    gaps = base.mark_text(dy=26 if view.narrow else 18, fontSize=size, fontWeight="bold", cursor="pointer")
    colour = alt.Color("letters:N", scale=None)
    layers = [
        squares.add_params(pick),
        lights.encode(x, y, alt.Text("lights:N"), colour, tooltip=_tooltips(words)),
        gaps.encode(x, y, alt.Text("told:N"), colour, tooltip=_tooltips(words)),
    ]
    if view.narrow:
        layers.append(_names(base, ink))
    return finished(
        layers,
        words,
        title=heading(view, 0 if view.narrow else _LABEL),
        height=_ROW[view.narrow] * drawn["key"].n_unique(),
        background=ink.paper,
    )


def _rows(view: ChartView, ink: palette.Ink, words: Words) -> alt.Y:
    """Return the regions from the top: named beside their rows, or with room for the name above each."""
    if view.narrow:
        gap = _NAME / _ROW[True]
        room = alt.Scale(paddingInner=gap, paddingOuter=gap / 2, align=1)
        return alt.Y("region:O", sort=None, axis=None, scale=room)
    names = _axis(ink, words.text("Region"), limit=_LABEL - 26, minExtent=_LABEL - 20, maxExtent=_LABEL - 20)
    return alt.Y("region:O", sort=None, axis=names)


def _names(base: alt.Chart, ink: palette.Ink) -> alt.Chart:
    """Write each region's name above its row."""
    letters = base.mark_text(
        align="left", baseline="bottom", dy=-4, fontSize=12, color=ink.text, limit=_PHONE
    )
    top = alt.Y("region:O", sort=None, bandPosition=0)
    return letters.encode(alt.XValue(0), top, alt.Text("region:N")).transform_filter("datum.pillar_id == 0")


def heat_frame(found: RegionTable, view: ChartView, words: Words) -> pl.DataFrame:
    """Return one row per cell: what is written in it and how it is shaded.

    Columns: key, pillar_id (0 for all pillars), region, column, lights (shape and count of each light that
    occurs), told (the gap in points, a star for few; a dash without a plan), band (which shade; -1 without
    a plan), projects, covered, letters (the colour of the text).
    """
    shades = palette.shades(view.dark)
    rows = []
    for cell in found.cells.iter_rows(named=True):
        step = band(cell["gap"])
        rows.append(
            {
                "key": cell["key"],
                "pillar_id": cell["pillar_id"] or 0,
                "region": words.name(cell["label"], cell["label_en"]),
                "column": _column(cell, words),
                "lights": lights_text(cell, _BESIDE[view.narrow]),
                "told": gap_text(cell, words),
                "band": step,
                "projects": cell["projects"],
                "covered": cell["covered"],
                "letters": shades[step][1] if step >= 0 else palette.ink(view.dark).text,
            }
        )
    order = {name: place for place, name in enumerate(_columns(found, words))}
    frame = pl.DataFrame(rows)
    # The first row of all gives the columns their order, so it has to hold them as the pillars stand.
    return (
        frame.with_columns(place=pl.col("column").replace_strict(order, return_dtype=pl.Int64))
        .sort("place", maintain_order=True)
        .drop("place")
    )


def band(gap: float | None) -> int:
    """Return the step of a gap: 0 not behind, 1 up to 10 points, 2 from 10 to 30, 3 over 30; -1 unknown."""
    if gap is None:
        return -1
    points = round(gap, 9)
    if points <= _EDGES[0]:
        return 0
    return 1 if points < _EDGES[1] else 2 if points <= _EDGES[2] else 3


def lights_text(cell: dict[str, Any], beside: int = 6) -> str:
    """Return the lights that occur with their counts, the worst first: ■2 ▲1 ●4; so many on a line."""
    counts = [(LIGHT_MARKS[kind], cell[f"light_{kind.value}"]) for kind in _SHOWN]
    told = [f"{mark}{count}" for mark, count in counts if count]
    return "\n".join(" ".join(told[n : n + beside]) for n in range(0, len(told), beside))


def gap_text(cell: dict[str, Any], words: Words) -> str:
    """Return a gap as signed points, with a star where it rests on few projects; a dash without a plan."""
    if cell["gap"] is None:
        return "–"
    return words.points(cell["gap"]) + ("*" if cell["is_few"] else "")


def _columns(found: RegionTable, words: Words) -> list[str]:
    pillars = found.cells.filter(pl.col("pillar_id").is_not_null()).sort("pillar_id")
    names = [words.name(row["pillar"], row["pillar_en"]) for row in pillars.iter_rows(named=True)]
    return [*dict.fromkeys(names), words.text("All pillars")]


def _column(cell: dict[str, Any], words: Words) -> str:
    whole = cell["pillar_id"] is None
    return words.text("All pillars") if whole else words.name(cell["pillar"], cell["pillar_en"])


def _axis(ink: palette.Ink, title: str, limit: int, **options: Any) -> alt.Axis:
    return alt.Axis(
        title=title,
        titleColor=ink.muted,
        labelColor=ink.text,
        labelFontSize=10 if limit < 100 else 12,
        labelLimit=limit,
        domain=False,
        ticks=False,
        **options,
    )


def _shade(view: ChartView, words: Words) -> alt.Fill:
    names = {
        -1: words.text("no plan"),
        0: words.text("not behind plan"),
        1: words.text("under 10 points behind"),
        2: words.text("10 to 30 points behind"),
        3: words.text("over 30 points behind"),
    }
    ink = palette.ink(view.dark)
    # A rim instead of a shade: on dark paper the lightest shade and grey are too alike.
    colours = [ink.paper, *(colour for colour, _ink in palette.shades(view.dark)[:4])]
    told = {str(step): name for step, name in names.items()}
    legend = alt.Legend(
        orient="bottom",
        title=None,
        labelColor=ink.muted,
        labelExpr=f"{told}[datum.label]",
        symbolType="square",
        symbolStrokeColor=ink.line,
        symbolStrokeWidth=1,
        columns=1 if view.narrow else 3,
        labelLimit=300,
    )
    return alt.Fill("band:O", scale=alt.Scale(domain=list(names), range=colours), legend=legend)


def _tooltips(words: Words) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("region:N", title=words.text("Region")),
        alt.Tooltip("column:N", title=words.text("Pillar")),
        alt.Tooltip("lights:N", title=words.text("Projects by light")),
        alt.Tooltip("told:N", title=words.text("Gap, points")),
        alt.Tooltip("projects:Q", title=words.text("Projects")),
        alt.Tooltip("covered:Q", title=words.text("Projects with a plan")),
    ]


def heat_heading(found: RegionTable, as_of: date, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the finding of a heat table, and as of when and of how many."""
    cells = found.cells.filter(pl.col("pillar_id").is_not_null() & pl.col("gap").is_not_null())
    worst = cells.sort("gap", "key", "pillar_id", descending=[True, False, False]).head(1)
    total, covered = found.total["projects"], found.total["projects_covered"]
    if worst.is_empty():
        title = words.text("No project has an approved plan to be measured by")
    elif worst["gap"].item() <= 0:
        title = words.text("Nothing is behind plan in any region")
    else:
        row = worst.row(0, named=True)
        title = words.text(
            "Furthest behind plan: {region} · {pillar}, {points} points (N = {number})",
            region=words.name(row["label"], row["label_en"]),
            pillar=words.name(row["pillar"], row["pillar_en"]),
            points=words.points(row["gap"]),
            number=row["covered"],
        )
    under = [
        words.text("as of {day}", day=as_of),
        words.text("projects with a plan {n}/{total}", n=words.number(covered), total=words.number(total)),
        words.text("Points: planned minus actual progress. *: fewer than {few} projects", few=found.few),
    ]
    marks = words.text("■ red, ▲ yellow, ● green, ○ no plan or paused, ✓ finished, × stopped")
    return (title,), (" · ".join(under), marks)
