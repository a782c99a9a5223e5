"""A paper as a Word document: real headings, native tables, alternative texts, fonts for both scripts."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from tracker.exchange.legible import CHINESE_FONT, LATIN_FONT, LIGHT_INKS, LONGEST_PROPERTY, clean
from tracker.exchange.paper import Listing, Paper, Picture, Section, Table

_WIDTH, _MOST_HEIGHT = Cm(17.4), Cm(21)
_SIZES = {"Normal": 10, "Title": 22, "Heading 1": 15, "Heading 2": 11, "List Bullet": 10, "Caption": 8.5}
_HEAD_FILL, _LINE = "E3EDF8", "C3CCD5"
_INK, _FLAG, _MUTED = "1B2733", "1F5F8B", "55636F"


def to_docx(paper: Paper) -> bytes:
    """Return the paper as a .docx on A4; its headings make Word's outline, heads of tables repeat."""
    document = Document()
    _dressed(document, paper)
    document.add_paragraph(clean(paper.title), style="Title")
    for line in paper.lines:
        document.add_paragraph(clean(line), style="Caption")
    for section in paper.sections:
        _section(document, section, 8.5)
    document.add_page_break()
    _section(document, paper.definitions, 7.5)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _dressed(document: Any, paper: Paper) -> None:
    """Set page, styles, properties and the footer."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.8)
    for name, size in _SIZES.items():
        _style(document.styles[name], size, paper)
    properties = document.core_properties
    properties.title, properties.author = clean(paper.title)[:LONGEST_PROPERTY], ""
    properties.comments, properties.language = "", "zh-CN" if paper.is_chinese else "en-GB"
    footer = page.footer.paragraphs[0]
    footer.style = document.styles["Caption"]
    footer.add_run(clean(paper.footer) + " · ")
    _page_number(footer)


def _style(style: Any, size: float, paper: Paper) -> None:
    style.font.size = Pt(size)
    style.font.name = LATIN_FONT
    heading = style.name.startswith(("Title", "Heading"))
    style.font.color.rgb = RGBColor.from_string(_FLAG if heading else _INK)
    style.font.bold = heading
    style.font.italic = False
    fonts = style.element.rPr.rFonts
    # A font that the theme names would win over ours.
    for name in [key for key in fonts.attrib if key.lower().endswith("theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), CHINESE_FONT)
    fonts.set(qn("w:cs"), LATIN_FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    space = {"Title": (0, 4), "Heading 1": (16, 6), "Heading 2": (10, 4)}.get(style.name, (0, 4))
    style.paragraph_format.space_before, style.paragraph_format.space_after = map(Pt, space)


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _section(document: Any, section: Section, size: float) -> None:
    document.add_heading(clean(section.heading), 1)
    leads = bool(section.pictures or section.listings or section.tables)
    for sentence in section.sentences:
        # What leads to a picture or a table stands on one page with it.
        document.add_paragraph(clean(sentence)).paragraph_format.keep_with_next = leads
    for picture in section.pictures:
        _picture(document, picture)
    for listing in section.listings:
        _listing(document, listing)
    for table in section.tables:
        _table(document, table, size)


def _picture(document: Any, picture: Picture) -> None:
    width, height = picture.size
    scale = min(_WIDTH / width, _MOST_HEIGHT / height)
    shown = document.add_picture(BytesIO(picture.content), Emu(int(width * scale)))
    shown._inline.docPr.set("descr", clean(picture.told))


def _listing(document: Any, listing: Listing) -> None:
    document.add_heading(clean(listing.title), 2)
    for line in listing.lines:
        document.add_paragraph(clean(line), style="List Bullet")
    if listing.rest:
        document.add_paragraph(clean(listing.rest), style="Caption")


def _table(document: Any, table: Table, size: float) -> None:
    if table.title:
        document.add_heading(clean(table.title), 2)
    drawn = document.add_table(rows=1, cols=len(table.columns))
    drawn.autofit = False
    _ruled(drawn)
    _captioned(drawn, table.title)
    whole = sum(column.width for column in table.columns)
    widths = [int(_WIDTH * column.width / whole) for column in table.columns]
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Emu(width)
    _filled(drawn.rows[0], [c.head for c in table.columns], table, (widths, size))
    _repeated(drawn.rows[0])
    for turn, row in enumerate(table.rows):
        cells = drawn.add_row()
        _filled(cells, row, table, (widths, size), table.lights[turn] if table.lights else "")
        _kept_whole(cells)
    if table.rest:
        document.add_paragraph(clean(table.rest), style="Caption")


def _filled(
    row: Any, texts: Any, table: Table, shape: tuple[list[int], float], light: str | None = None
) -> None:
    """Write a row of texts; `light` colours the first, None makes a head of it."""
    widths, size = shape
    for turn, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Emu(widths[turn])
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if table.columns[turn].is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(clean(text))
        run.font.size = Pt(size)
        if light is None:
            run.font.bold = True
            _shaded(cell)
        elif light and turn == 0:
            run.font.bold = True
            run.font.color.rgb = RGBColor.from_string(LIGHT_INKS[light])


def _shaded(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD_FILL)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _ruled(table: Any) -> None:
    """Draw a thin line below each row, and none beside the columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    # Word refuses a file in which these do not stand in the order of its schema.
    after = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    table._tbl.tblPr.insert_element_before(borders, *after)


def _captioned(table: Any, title: str) -> None:
    """Name the table for those who do not see it."""
    if title:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), clean(title))
        table._tbl.tblPr.append(caption)


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _kept_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
