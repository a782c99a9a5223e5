import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
import vl_convert

from tests.charts.sample import VIEW, two_counties
from tracker.charts import picture as module
from tracker.charts.picture import FAMILY, Format, file_name, picture, specification
from tracker.charts.timeline import timeline_chart
from tracker.i18n import words_in
from tracker.rules.light import LIGHT_MARKS

FONTS = Path(module.__file__).parent / "fonts"
CHART = timeline_chart(two_counties(), VIEW, words_in("zh_CN"))


def _fonts_of(text: str) -> set[bytes]:
    """The fonts a picture of a text takes: another than ours, or none, where ours lacks a letter."""
    vl_convert.register_font_directory(str(FONTS))
    letters = f'<text x="5" y="30" font-size="24" font-family="{FAMILY}">{text}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">{letters}</svg>'
    return set(re.findall(rb"/FontName\s*/(?:[A-Z]{6}\+)?([\w-]+)", bytes(vl_convert.svg_to_pdf(svg))))


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_chart_becomes_a_picture(kind: Format, start: bytes) -> None:
    assert picture(CHART, kind).startswith(start)


def test_a_picture_is_as_wide_as_asked() -> None:
    svg = picture(CHART, "svg", 1000).decode()
    width = re.search(r'<svg[^>]* width="([\d.]+)"', svg)
    assert width is not None
    assert float(width[1]) == 1000


def test_a_png_has_twice_the_resolution() -> None:
    assert int.from_bytes(picture(CHART, "png", 1000)[16:20]) == 2000


def test_an_svg_holds_its_chinese_as_text() -> None:
    svg = picture(CHART, "svg").decode()
    assert "醴陵市" in svg
    assert FAMILY in svg


def test_a_pdf_carries_the_shipped_font() -> None:
    assert b"TrackerSansSC" in picture(CHART, "pdf")


@pytest.mark.parametrize("letter", ["醴埇沚鄠镕", "，。（）·–％", *LIGHT_MARKS.values()])
def test_the_shipped_font_has_the_letters_of_counties_and_names_and_the_marks(letter: str) -> None:
    assert _fonts_of(letter) == {b"TrackerSansSC-Regular"}


def test_the_shipped_font_has_every_letter_of_the_chinese_words() -> None:
    files = (FONTS.parents[2] / "locales" / "zh_CN").glob("*.po")
    letters = {letter for file in files for letter in file.read_text(encoding="utf-8") if letter > " "}
    assert len(letters) > 500
    assert _fonts_of(escape("".join(sorted(letters)))) == {b"TrackerSansSC-Regular"}


def test_both_weights_ship_with_their_licence() -> None:
    assert {file.name for file in FONTS.iterdir()} == {
        "OFL.txt",
        "TrackerSansSC-Bold.otf",
        "TrackerSansSC-Regular.otf",
    }
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 6_000_000


def test_a_picture_stands_on_white() -> None:
    assert specification(CHART, 800)["background"] == "#FFFFFF"


def test_drawing_a_picture_leaves_the_chart_as_it_was() -> None:
    before = specification(CHART, 800)
    picture(CHART, "svg")
    assert specification(CHART, 800) == before


def test_a_narrow_picture_can_be_drawn() -> None:
    narrow = timeline_chart(two_counties(), replace(VIEW, narrow=True), words_in("en"))
    assert picture(narrow, "png", 390).startswith(b"\x89PNG")


def test_a_file_name_says_as_of_when() -> None:
    assert file_name("timeline-430000", VIEW.as_of, "png") == "timeline-430000-2021-06-30.png"
