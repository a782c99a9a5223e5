import re
from dataclasses import replace
from pathlib import Path

import pytest
import vl_convert

from tests.charts.sample import VIEW, two_counties
from tracker.charts import picture as module
from tracker.charts.picture import FAMILY, Format, file_name, picture, specification
from tracker.charts.timeline import timeline_chart
from tracker.i18n import words_in

FONTS = Path(module.__file__).parent / "fonts"
CHART = timeline_chart(two_counties(), VIEW, words_in("zh_CN"))


def _letter_png(text: str, family: str = FAMILY) -> bytes:
    """The picture of a text in a family and in nothing else, whatever fonts the machine has."""
    vl_convert.register_font_directory(str(FONTS))
    letters = f'<text x="5" y="30" font-size="24" font-family="{family}">{text}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">{letters}</svg>'
    return bytes(vl_convert.svg_to_png(svg))


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


@pytest.mark.parametrize("letter", "醴埇沚鄠镕，。（）·–％")
def test_the_shipped_font_has_the_letters_of_counties_and_names(letter: str) -> None:
    assert _letter_png(letter) != _letter_png("\U0001f9ff")
    assert _letter_png(letter) != _letter_png(" ")


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
