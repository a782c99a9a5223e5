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
from tracker.exchange.slide import BOTTOM, EDGE, NOTE, TOP, WIDTH, write_run

# A table that fits is written large; one that does not is smaller, and goes on over slides.
_SIZES = (14.0, 12.5, 11.0)
# A line's height for each point of its letters; that of Chinese fonts is higher.
_LINE, _CHINESE_LINE, _PADDING, _REST = 1.22 / 72, 1.42 / 72, 0.06, 0.3
_ROOM = BOTTOM - TOP
_INK, _HEAD, _RULE = "1B2733", "E3EDF8", "C3CCD5"
# "No style, no grid": what else a table looks like is written below.
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def height_of(table: Table) -> float:
    """Return about how high a whole table is, in the size it is written in, in inches."""
    return _whole(table, size_of(table))


def size_of(table: Table, room: float = _ROOM) -> float:
    """Return the largest size of letters in which a table fits into `room` inches, or else the smallest."""
    return next((size for size in _SIZES if _whole(table, size) <= room), _SIZES[-1])


def pages_of(table: Table, size: float, room: float = _ROOM) -> list[Table]:
    """Return the table in parts that each fit on a slide, what is left out said on the last one.

    The first one fits into `room` inches.
    """
    head = _height([column.head for column in table.columns], table, size) + (_REST if table.rest else 0)
    parts: list[list[int]] = [[]]
    left = room - head
    for number, row in enumerate(table.rows):
        need = _height(row, table, size)
        if need > left and parts[-1]:
            parts.append([])
            left = _ROOM - NOTE - head
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


def add_table(slide: Any, table: Table, size: float, top: float) -> float:
    """Draw a part of a table from `top` inches down, as a native table, and return where it ends."""
    counts = (len(table.rows) + 1, len(table.columns))
    place = (Inches(EDGE), Inches(top), Inches(WIDTH - 2 * EDGE), Inches(0.3 * counts[0]))
    shape = slide.shapes.add_table(*counts, *place)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", clean(table.title))
    drawn = shape.table
    drawn._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN
    drawn.horz_banding = False
    for column, width in zip(drawn.columns, _widths(table), strict=True):
        column.width = Inches(width)
    heads = [column.head for column in table.columns]
    for turn, texts in enumerate((heads, *table.rows)):
        drawn.rows[turn].height = Inches(_height(texts, table, size))
        light = None if turn == 0 else table.lights[turn - 1] if table.lights else ""
        for column, cell, text in zip(table.columns, drawn.rows[turn].cells, texts, strict=True):
            _fill(cell, clean(text), size, light)
            if column.is_number:
                _to_the_right(cell)
            light = light and ""
    end = top + _whole(table, size)
    if table.rest:
        _say_rest(slide, table.rest, end - _REST)
    return end


def _say_rest(slide: Any, rest: str, top: float) -> None:
    box = slide.shapes.add_textbox(Inches(EDGE), Inches(top), Inches(WIDTH - 2 * EDGE), Inches(_REST))
    run = box.text_frame.paragraphs[0].add_run()
    run.text = clean(rest)
    write_run(run, _SIZES[-1], _INK)


def _fill(cell: Any, text: str, size: float, light: str | None) -> None:
    """Write a cell, a paragraph for each line; `light` colours it, None makes it one of a head."""
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.06)
    frame = cell.text_frame
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        if line:
            run = paragraph.add_run()
            run.text = line
            write_run(run, size, LIGHT_INKS[light] if light else _INK, bold=light != "")
        _end_in(paragraph, size)
    if light is None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(_HEAD)
    _rule_below(cell)


def _end_in(paragraph: Any, size: float) -> None:
    """Say the size of a paragraph's end, which is what an empty cell is as high as."""
    end = paragraph._p.makeelement(qn("a:endParaRPr"), {"sz": str(round(size * 100))})
    paragraph._p.append(end)


def _to_the_right(cell: Any) -> None:
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT


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


def _whole(table: Table, size: float) -> float:
    heads = [column.head for column in table.columns]
    return sum(_height(row, table, size) for row in (heads, *table.rows)) + (_REST if table.rest else 0)


def _height(texts: Sequence[str], table: Table, size: float) -> float:
    """Return about how high a row of texts is, in inches."""
    lines = (
        sum(_lines(line, size, width - 0.12) for line in text.split("\n"))
        for text, width in zip(texts, _widths(table), strict=True)
    )
    line = _CHINESE_LINE if any(map(_is_chinese, texts)) else _LINE
    return max(lines) * line * size + _PADDING


def _lines(text: str, size: float, room: float) -> int:
    """Return about on how many lines a text stands."""
    length = _length(text, size)
    # Chinese punctuation begins no line, so that a line of several may end two characters early.
    lost = 2 * size / 72 if _is_chinese(text) else 0.0
    return 1 if length <= room else ceil(length / (room - lost))


def _is_chinese(text: str) -> bool:
    return any(east_asian_width(char) in "WF" for char in text)


def _length(text: str, size: float) -> float:
    """Return about how long a text is in inches: Chinese characters are square, others half as wide.

    Quotation marks and the like are square beside Chinese, for they are then in its font.
    """
    square = "WFA" if _is_chinese(text) else "WF"
    return size / 72 * sum(1.0 if east_asian_width(char) in square else 0.55 for char in text)
