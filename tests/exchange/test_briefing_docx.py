"""A paper as a Word document: what stands in it, literally, and what makes it readable elsewhere."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from tests.exchange.paper_sample import HOSTILE, LONG, a_paper, a_table
from tracker.exchange.briefing_docx import to_docx
from tracker.exchange.paper import Paper, Section


def _opened(paper: Paper | None = None) -> Any:
    return Document(BytesIO(to_docx(paper or a_paper())))


def test_headings_make_the_outline() -> None:
    outline = [
        (p.style.name, p.text) for p in _opened().paragraphs if p.style.name.startswith(("Heading", "Title"))
    ]
    assert outline[:2] == [("Title", "湖南省2021年6月简报"), ("Heading 1", "亮灯情况")]
    assert ("Heading 1", "指标定义") in outline


def test_what_people_typed_stands_as_typed() -> None:
    texts = [p.text for p in _opened().paragraphs]
    assert texts.count(HOSTILE) == 2
    assert _opened().tables[0].cell(1, 0).text == HOSTILE


def test_numbers_stand_to_the_right_in_native_tables() -> None:
    table = _opened().tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["名称", "数"],
        [HOSTILE, "1,234"],
        [LONG, "-5"],
    ]
    sides = {row.cells[1].paragraphs[0].alignment for row in table.rows}
    assert sides == {WD_ALIGN_PARAGRAPH.RIGHT}


def test_a_tables_head_repeats_on_the_next_page() -> None:
    head = _opened().tables[0].rows[0]._tr
    assert head.find(f".//{qn('w:tblHeader')}") is not None


def test_a_table_is_named_for_those_who_do_not_see_it() -> None:
    properties = _opened().tables[0]._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "项目"


def test_a_light_is_coloured_in_its_ink() -> None:
    run = _opened().tables[0].cell(1, 0).paragraphs[0].runs[0]
    assert str(run.font.color.rgb) == "B3261E"


def test_a_picture_has_its_words() -> None:
    (shown,) = _opened().inline_shapes
    assert shown._inline.docPr.get("descr") == "湖南省：12 个项目"


@pytest.mark.parametrize("name", ["Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "Caption"])
def test_every_style_names_a_font_for_chinese(name: str) -> None:
    fonts = _opened().styles[name].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    assert not [key for key in fonts.attrib if key.lower().endswith("theme")]


def test_the_definitions_begin_on_a_page_of_their_own() -> None:
    paragraphs = _opened().paragraphs
    at = next(n for n, p in enumerate(paragraphs) if p.text == "指标定义")
    assert paragraphs[at - 1]._p.find(f".//{qn('w:br')}").get(qn("w:type")) == "page"


def test_what_is_left_out_is_said_below_the_table() -> None:
    assert "此处列出前 2 项" in [p.text for p in _opened().paragraphs]


def test_characters_that_no_office_file_can_hold_are_left_out() -> None:
    told = _opened(a_paper(Section("a\x00b", ("c\x0bd\ud800",), tables=(a_table(("e\x1ff", "1")),))))
    assert [p.text for p in told.paragraphs if p.text in ("ab", "cd")] == ["ab", "cd"]
    assert told.tables[0].cell(1, 0).text == "ef"


def test_a_title_longer_than_the_format_allows_is_cut_in_the_properties_alone() -> None:
    told = _opened(a_paper(title=LONG * 9))
    assert len(told.core_properties.title) == 255
    assert told.paragraphs[0].text == LONG * 9
