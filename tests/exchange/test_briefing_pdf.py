"""A paper as PDF: it compiles without a warning whatever people typed, and every page is there."""

import re

import pytest

from tests.exchange.paper_sample import HOSTILE, LONG, a_paper, a_table
from tracker.exchange.briefing_pdf import compiled, to_pdf
from tracker.exchange.paper import Section


def _pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_that_people_typed_is_markup(language: str) -> None:
    content, warnings = compiled(a_paper(language=language))
    assert (content[:5], warnings) == (b"%PDF-", [])


@pytest.mark.parametrize(
    "text", ["#panic()", '#import "x"', "$", "*", "`", "<a>", "@a", "\\", "//", "", "\n"]
)
def test_a_text_of_markup_alone_is_literal(text: str) -> None:
    paper = a_paper(Section(text, (text,), tables=(a_table((text, text), title=text),)), title=text)
    assert compiled(paper)[1] == []


def test_the_definitions_begin_on_a_page_of_their_own() -> None:
    assert _pages(to_pdf(a_paper(Section("要点", ("一句。",))))) == 2


def test_a_long_table_goes_on_over_pages() -> None:
    rows = tuple((f"{LONG} {number}", "1") for number in range(200))
    assert _pages(to_pdf(a_paper(Section("项目", tables=(a_table(*rows),))))) > 4


def test_the_language_of_the_text_is_said() -> None:
    assert b"/Lang" in to_pdf(a_paper())


def test_the_shipped_font_is_in_the_file_and_no_other_one_for_chinese() -> None:
    fonts = set(
        re.findall(rb"/FontName\s*/[A-Z]{6}\+([A-Za-z-]+)", to_pdf(a_paper(Section("要点", ("一句。",)))))
    )
    assert {name.split(b"-")[0] for name in fonts} == {b"TrackerSansSC"}


def test_hostile_text_has_letters_for_every_script() -> None:
    assert "مرحبا" in HOSTILE
    assert compiled(a_paper(Section("x", (HOSTILE,))))[1] == []
