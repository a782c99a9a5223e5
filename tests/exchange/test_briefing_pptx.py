"""A paper as a deck: slides in order, native tables that fit, literal texts, and words for pictures."""

from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches

from tests.exchange.paper_sample import HOSTILE, LONG, a_paper, a_table
from tracker.exchange.briefing_pptx import to_pptx
from tracker.exchange.paper import Column, Listing, Paper, Section, Table
from tracker.exchange.slide_table import pages_of, size_of


def _slides(paper: Paper | None = None) -> list[Any]:
    return list(Presentation(BytesIO(to_pptx(paper or a_paper()))).slides)


def _texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _tables(slides: list[Any]) -> list[Any]:
    return [shape.table for slide in slides for shape in slide.shapes if shape.has_table]


def test_each_slide_has_its_heading_in_order() -> None:
    titles = [slide.shapes.title.text_frame.text for slide in _slides()]
    assert titles == ["湖南省2021年6月简报", "亮灯情况", "亮灯情况", "亮灯情况", "指标定义"]


def test_a_slide_is_as_wide_as_a_screen() -> None:
    deck = Presentation(BytesIO(to_pptx(a_paper())))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)


def test_what_people_typed_stands_as_typed() -> None:
    slides = _slides()
    assert HOSTILE in _texts(slides[1])
    assert _tables(slides)[0].cell(1, 0).text_frame.text == HOSTILE


def test_numbers_stand_to_the_right() -> None:
    table = _tables(_slides())[0]
    sides = {row.cells[1].text_frame.paragraphs[0].alignment for row in table.rows}
    assert sides == {PP_ALIGN.RIGHT}


def test_a_picture_has_its_words_and_stays_on_the_slide() -> None:
    (picture,) = [s for slide in _slides() for s in slide.shapes if s.shape_type == 13]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "湖南省：12 个项目"
    assert picture.top + picture.height <= Inches(7.0)
    assert picture.left + picture.width <= Inches(13.333)


def test_every_run_names_a_font_for_chinese() -> None:
    runs = [
        r
        for table in _tables(_slides())
        for cell in table.iter_cells()
        for p in cell.text_frame.paragraphs
        for r in p.runs
    ]
    fonts = {r._r.rPr.find(qn("a:ea")).get("typeface") for r in runs}
    assert fonts == {"Microsoft YaHei"}


def test_an_empty_cell_is_no_higher_than_one_with_letters() -> None:
    table = Table("", (Column("数据项"), Column("总数", is_number=True)), (("已签协议", ""),))
    cells = _tables(_slides(a_paper(Section("主要指标", tables=(table,)))))[0].rows[1].cells
    ends = [cell.text_frame.paragraphs[0]._p.find(qn("a:endParaRPr")).get("sz") for cell in cells]
    assert ends == ["1400", "1400"]


def test_a_row_has_room_for_chinese_quotation_marks_and_early_line_ends() -> None:
    # 41 squares of 14 points are 7.97 inches; a quarter of the slide, less two squares, has 2.55: four lines.
    heads = tuple(Column(name) for name in "甲乙丙丁")
    told = "完成“项目实施协议签署”、“服务中心场地与运营团队到位”，或报批基线调整，共一项。"
    table = Table("", heads, ((told, "", "", ""),))
    (row,) = list(_tables(_slides(a_paper(Section("亮灯情况", tables=(table,)))))[0].rows)[1:]
    assert row.height / Inches(1) == pytest.approx(4 * 1.42 * 14 / 72 + 0.06, abs=0.01)


def test_listings_are_told_line_by_line() -> None:
    slides = _slides(a_paper(Section("变化", listings=(Listing("新签约：2", ("一。", "二。")),))))
    body = slides[1].placeholders[1].text_frame
    assert [p.text for p in body.paragraphs] == ["新签约：2", "一。", "二。"]


def test_a_long_list_goes_on_over_slides() -> None:
    lines = tuple(f"第 {number} 句。" for number in range(30))
    slides = _slides(a_paper(Section("变化", listings=(Listing("新签约：30", lines),))))
    assert [slide.shapes.title.text_frame.text for slide in slides].count("变化") == 3


def test_a_table_is_cut_into_slides_that_hold_it() -> None:
    rows = tuple((LONG * (1 + number % 4), str(number)) for number in range(40))
    table = a_table(*rows, rest="另有 3 项", lights=("red",) * 40)
    pages = pages_of(table, size_of(table))
    assert [row for page in pages for row in page.rows] == list(rows)
    assert [page.rest for page in pages] == [""] * (len(pages) - 1) + ["另有 3 项"]
    assert {len(page.rows) == len(page.lights) for page in pages} == {True}


def test_no_table_runs_off_its_slide() -> None:
    rows = tuple((LONG * (1 + number % 4), str(number)) for number in range(40))
    for slide in _slides(a_paper(Section("项目", ("一句。",), tables=(a_table(*rows),)))):
        for shape in (s for s in slide.shapes if s.has_table):
            assert shape.top + sum(row.height for row in shape.table.rows) <= Inches(7.0)


def test_a_row_higher_than_a_slide_has_one_of_its_own() -> None:
    table = a_table(("短", "1"), (LONG * 60, "2"), ("短", "3"))
    pages = pages_of(table, size_of(table))
    assert [len(page.rows) for page in pages] == [1, 1, 1]


def test_a_table_without_rows_is_one_page() -> None:
    assert [page.rows for page in pages_of(a_table(), 11)] == [()]


def test_the_parts_of_a_table_are_written_in_one_size() -> None:
    rows = tuple((LONG * 3, str(number)) for number in range(17))
    tables = _tables(_slides(a_paper(Section("项目", tables=(a_table(*rows),)))))[:-1]
    cells = [cell for table in tables for cell in table.iter_cells()]
    assert len(tables) > 1
    assert len({cell.text_frame.paragraphs[0].runs[0].font.size for cell in cells}) == 1
