"""Tables on slides: as many rows as fit below each other, numbers to the right, lights in their inks."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from tracker.exchange.legible import LIGHT_INKS, clean
from tracker.exchange.paper import Table
from tracker.exchange.slide import BOTTOM, EDGE, TOP, WIDTH, write_run

_SIZE = 11.0
_LINE, _PADDING = _SIZE * 1.22 / 72, 0.09
_ROOM = BOTTOM - TOP - 1.1
_INK, _HEAD, _RULE = "1B2733", "E3EDF8", "C3CCD5"
# "No style, no grid": what else a table looks like is written below.
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def pages_of(table: Table) -> list[Table]:
    """Return the table in parts that each fit on a slide, what is left out said on the last one."""
    parts: list[list[int]] = [[]]
    left = _ROOM - _height([column.head for column in table.columns], table)
    for number, row in enumerate(table.rows):
        need = _height(row, table)
        if need > left and parts[-1]:
            parts.append([])
            left = _ROOM - _height([column.head for column in table.columns], table)
        parts[-1].append(number)
        left -= need
    pages = [
        replace(
            table,
            rows=tuple(table.rows[n] for n in part),
            lights=tuple(table.lights[n] for n in part) if table.lights else (),
            rest="",
        )
        for part in parts
    ]
    return [*pages[:-1], replace(pages[-1], rest=table.rest)]


def add_table(slide: Any, table: Table, top: float) -> None:
    """Draw a part of a table from `top` inches down, as a native table with its heads marked as such."""
    size = (len(table.rows) + 1, len(table.columns))
    place = (Inches(EDGE), Inches(top), Inches(WIDTH - 2 * EDGE), Inches(0.3 * size[0]))
    shape = slide.shapes.add_table(*size, *place)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(table.title))
    drawn = shape.table
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN
    drawn.horz_banding = False
    for column, width in zip(drawn.columns, _widths(table), strict=True):
        column.width = Inches(width)
    _fill(drawn.rows[0], [column.head for column in table.columns], table, None)
    for turn, row in enumerate(table.rows):
        _fill(drawn.rows[turn + 1], row, table, table.lights[turn] if table.lights else "")
    if table.rest:
        box = slide.shapes.add_textbox(
            Inches(EDGE), Inches(BOTTOM - 0.3), Inches(WIDTH - 2 * EDGE), Inches(0.3)
        )
        run = box.text_frame.paragraphs[0].add_run()
        run.text = clean(table.rest)
        write_run(run, _SIZE, _INK)


def _fill(row: Any, texts: Sequence[str], table: Table, light: str | None) -> None:
    """Write a row; `light` colours the first cell, None makes a head of it."""
    row.height = Inches(_height(texts, table))
    for turn, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.margin_top = cell.margin_bottom = Inches(0.03)
        cell.margin_left = cell.margin_right = Inches(0.06)
        lit = light if turn == 0 else ""
        for number, line in enumerate(clean(text).split("\n")):
            frame = cell.text_frame
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if table.columns[turn].is_number:
                paragraph.alignment = PP_ALIGN.RIGHT
            run = paragraph.add_run()
            run.text = line
            write_run(run, _SIZE, LIGHT_INKS[lit] if lit else _INK, bold=light is None or bool(lit))
        if light is None:
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string(_HEAD)
        _rule_below(cell)


def _rule_below(cell: Any) -> None:
    properties = cell._tc.get_or_add_tcPr()
    rule = properties.makeelement(qn("a:lnB"), {"w": str(Pt(0.75))})
    solid = rule.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": _RULE}))
    rule.append(solid)
    # Lines stand before fills in the format's schema.
    properties.insert(0, rule)


def _widths(table: Table) -> list[float]:
    whole = sum(column.width for column in table.columns)
    return [(WIDTH - 2 * EDGE) * column.width / whole for column in table.columns]


def _height(texts: Sequence[str], table: Table) -> float:
    """Return about how high a row of texts is, in inches."""
    lines = (
        sum(max(1, ceil(_length(line) / (width - 0.12))) for line in text.split("\n"))
        for text, width in zip(texts, _widths(table), strict=True)
    )
    return max(lines) * _LINE + _PADDING


def _length(text: str) -> float:
    """Return about how long a text is in inches: Chinese characters are square, others half as wide."""
    return _SIZE / 72 * sum(1.0 if east_asian_width(char) in "WF" else 0.55 for char in text)
