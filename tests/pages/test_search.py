"""One box for everything, from any page."""

import pytest

from tests.agreement_samples import logged
from tests.pages.list_screen import look
from tests.pages.project_screen import told
from tracker.services.desk import Desk


def _pages(app: object) -> list[str]:
    return [link.proto.page for link in app.get("page_link")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("locale", "title"), [("en", "Search"), ("zh-CN", "搜索")])
def test_an_empty_search_says_what_can_be_typed(screens: Desk, locale: str, title: str) -> None:
    app = look("search.py", locale=locale)
    assert (app.title[0].value, len(app.info)) == (title, 1)


@pytest.mark.parametrize("text", ["醴陵", "ll", "liling", "430281"])
def test_a_county_and_its_agreement_are_linked(screens: Desk, text: str) -> None:
    logged(screens)
    pages = _pages(look("search.py", {"q": [text]}))
    assert {"county", "agreement"} <= set(pages)


def test_every_kind_is_grouped_with_its_count(demonstration: Desk) -> None:
    app = look("search.py", {"q": ["醴陵"]})
    assert [s.value.split(" (")[0] for s in app.subheader] == [
        "Counties, prefectures and provinces",
        "Agreements",
        "Projects",
    ]


def test_more_than_are_shown_lead_to_the_list(demonstration: Desk) -> None:
    app = look("search.py", {"q": ["示例"]})
    assert "projects" in _pages(app)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", ":red[x]", "$x$", "**x**", "![](http://x)"])
def test_typed_text_is_shown_as_typed(screens: Desk, text: str) -> None:
    app = look("search.py", {"q": [text]})
    shown = "".join(c for c in told(app) if c != "\\")
    assert text in shown
    assert text not in told(app)


def test_nothing_found_says_what_else_can_be_typed(screens: Desk) -> None:
    assert "former names" in told(look("search.py", {"q": ["zzzz"]}))


def test_the_box_at_the_side_leads_here(screens: Desk) -> None:
    app = look("agreements.py")
    app.text_input(key="search_everywhere").set_value("醴陵").run()
    assert (app.title[0].value, app.query_params["q"]) == ("Search", "醴陵")
