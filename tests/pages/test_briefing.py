"""Briefing: what the page says is what the documents, the overview and the command line say."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from tests.pages.list_screen import DEMO_DAY, look
from tests.pages.project_screen import told
from tracker.cli.main import main
from tracker.i18n import words_in
from tracker.rules.figure import FIGURE_NAMES
from tracker.rules.rate import RATES
from tracker.services.briefing import find_part, read_briefing
from tracker.services.briefing_file import make_briefing
from tracker.services.desk import Desk
from tracker.services.figures import read_rates, read_region_figures

PAGE = "briefing.py"
EN = words_in("en")


def _cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_document_screen_and_command_line_say_the_same(
    demonstration: Desk, demo_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = find_part(demonstration, "430000")
    brief = read_briefing(demonstration, part, date(2021, 6, 1), date(2021, 6, 30))
    asked = ["--home", str(demo_file.parent), "--as-of", "2021-06-30", "--by", "province", "--json"]
    assert main(["figures", *asked]) == 0
    row = next(r for r in json.loads(capsys.readouterr().out)["figures"] if r["key"] == part.region_id)
    screen = read_region_figures(demonstration, brief.month.as_of, part.region_id)
    assert {name: row[name] for name in brief.figures} == dict(brief.figures)
    assert {name: screen[name] for name in brief.figures} == dict(brief.figures)

    document = Document(BytesIO(make_briefing(demonstration, brief, ["docx"], EN)["docx"]))
    figures = {cells[0]: cells[1] for cells in _cells(document.tables[0])}
    for name in ("agreements_signed", "agreements_landed", "milestones_met", "milestones_overdue"):
        assert figures[FIGURE_NAMES[name]] == f"{row[name]:,}"
    shown = {cells[0]: cells[1] for cells in _cells(document.tables[1])}
    for rate, value in read_rates(demonstration, brief.month.as_of, screen):
        pair = row["rates"][rate.key]
        assert (value.n, value.of) == (pair["n"], pair["of"])
        wanted = "not recorded" if value.n is None else f"{value.n:,}/{value.of:,}"
        assert shown[rate.name].removesuffix("*") == wanted
    assert len(shown) == len(RATES) + 1


def test_a_deck_holds_the_charts_and_the_definitions_last(demonstration: Desk) -> None:
    part = find_part(demonstration, "430000")
    brief = read_briefing(demonstration, part, date(2021, 6, 1), date(2021, 6, 30))
    slides = list(Presentation(BytesIO(make_briefing(demonstration, brief, ["pptx"], EN)["pptx"])).slides)
    pictures = [s for slide in slides for s in slide.shapes if s.shape_type == 13]
    assert len(pictures) == 4
    assert all(s._element.nvPicPr.cNvPr.get("descr") for s in pictures)
    assert slides[-1].shapes.title.text_frame.text == "Definitions"


@pytest.mark.parametrize(("locale", "title"), [("en", "Briefing"), ("zh-CN", "简报")])
def test_an_empty_database_says_how_to_begin(screens: Desk, locale: str, title: str) -> None:
    app = look(PAGE, locale=locale)
    assert app.title[0].value == title
    assert not app.dataframe


@pytest.mark.parametrize(("locale", "title"), [("en", "June 2021"), ("zh-CN", "2021年6月")])
def test_the_last_complete_month_is_told_first(demonstration: Desk, locale: str, title: str) -> None:
    assert title in look(PAGE, DEMO_DAY, locale).subheader[0].value


def test_a_month_in_the_address_is_told(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"month": ["2020-08"]})
    assert app.subheader[0].value.endswith("August 2020")


@pytest.mark.parametrize("typed", ["", "2021-13", "x", "2021-07", "99999-01", "1949-01"])
def test_a_month_edited_by_hand_or_ahead_is_the_usual_one(demonstration: Desk, typed: str) -> None:
    app = look(PAGE, DEMO_DAY | {"month": [typed]})
    assert app.subheader[0].value.endswith("June 2021")


def test_choosing_another_language_tells_it_in_that_one(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY)
    app.session_state["briefing_language"] = "zh_CN"
    app.run()
    assert "2021年6月简报" in app.subheader[0].value
    assert app.title[0].value == "Briefing"


def test_a_region_narrows_it(demonstration: Desk) -> None:
    region = find_part(demonstration, "430000").region_id
    app = look(PAGE, DEMO_DAY | {"region": [str(region)]})
    assert app.subheader[0].value.startswith("Hunan")


@pytest.mark.parametrize("day", ["1950-01-01", "2015-01-01", "2099-12-31"])
def test_a_day_far_away_has_a_briefing_too(demonstration: Desk, day: str) -> None:
    app = look(PAGE, {"as_of": [day]})
    assert app.subheader[0].value
    assert app.dataframe


def test_three_documents_are_offered(demonstration: Desk) -> None:
    names = [button.proto.label for button in look(PAGE, DEMO_DAY).get("download_button")]
    assert names == ["Word", "PDF", "PowerPoint"]


def test_a_look_back_is_told(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"known": [demonstration.today.isoformat()]})
    assert any("As known at" in str(caption.value) for caption in app.caption)


def test_a_county_of_the_region_can_be_chosen(demonstration: Desk) -> None:
    region = find_part(demonstration, "430000").region_id
    county = find_part(demonstration, "430281").region_id
    app = look(PAGE, DEMO_DAY | {"region": [str(region)], "county": [str(county)]})
    assert app.subheader[0].value.startswith("Liling")


def test_a_county_of_another_region_is_left_out(demonstration: Desk) -> None:
    region = find_part(demonstration, "520000").region_id
    county = find_part(demonstration, "430281").region_id
    app = look(PAGE, DEMO_DAY | {"region": [str(region)], "county": [str(county)]})
    assert app.subheader[0].value.startswith("Guizhou")


def test_reasons_are_told_in_full(demonstration: Desk) -> None:
    assert "What would turn it green: " in told(look(PAGE, DEMO_DAY))
