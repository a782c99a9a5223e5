"""The timeline in a real browser: the summit found on it, a bar clicked, a view shared by its address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from db.engine import Database
from tests.browser.conftest import OpenPage, Server, settle
from tests.browser.test_log_summit import COUNTIES, make_event, name_partner, pick_counties, press_save
from tests.conftest import division_id

pytestmark = pytest.mark.browser


def hunan(home: Path) -> int:
    database = Database(f"sqlite:///{home / 'tracker.db'}")
    found = division_id(database, "430000")
    database.close()
    return found


def chart_texts(page: Any, key: str = "timeline") -> list[str]:
    chart = page.locator(f".st-key-{key} svg")
    chart.first.wait_for()
    return [text.strip() for text in chart.locator("text").all_text_contents()]


def address(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def click_a_bar(page: Any) -> None:
    """Click the first project's bar, where no milestone lies over it."""
    bars = page.locator(".st-key-timeline svg path[aria-roledescription='bar']")
    bars.first.wait_for()
    box = bars.first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 2)
    page.get_by_role("button", name="关闭").wait_for()
    settle(page)


def test_the_summit_just_logged_stands_on_hunans_timeline(server: Server, open_page: OpenPage) -> None:
    page = open_page(f"{server.url}/log")
    pick_counties(page)
    make_event(page)
    name_partner(page)
    press_save(page)
    page.get_by_role("link", name="时间线").click()
    settle(page)
    page.locator(".st-key-filter_region input").click()
    page.keyboard.type("湖南")
    page.get_by_role("option", name="湖南省", exact=True).click()
    settle(page)
    texts = chart_texts(page)
    assert [name in texts for name in COUNTIES] == [True] * 3
    assert any(text.startswith("湖南省：3 个县已签约") for text in texts)


def test_a_clicked_bar_opens_its_project_beside_the_chart(demo: Server, open_page: OpenPage) -> None:
    page = open_page(f"{demo.url}/timeline?region={hunan(demo.home)}", width=1440)
    chart_texts(page)
    click_a_bar(page)
    assert "project" in address(page)
    assert page.get_by_text("打开项目").is_visible()
    page.get_by_role("button", name="关闭").click()
    page.get_by_role("button", name="关闭").wait_for(state="detached")
    settle(page)
    assert "project" not in address(page)


def test_an_address_reopens_the_same_view_in_a_second_window(demo: Server, open_page: OpenPage) -> None:
    query = f"region={hunan(demo.home)}&as_of=2020-12-31&from=2020-07-01&to=2021-12-31"
    first, second = (open_page(f"{demo.url}/timeline?{query}") for _ in range(2))
    texts = chart_texts(first)
    assert texts == chart_texts(second)
    assert "截至 2020-12-31" in texts


def test_a_period_dragged_on_the_strip_goes_into_the_address(demo: Server, open_page: OpenPage) -> None:
    page = open_page(f"{demo.url}/timeline?region={hunan(demo.home)}", width=1440)
    chart_texts(page)
    strip = page.locator(".st-key-strip svg.marks").bounding_box()
    across, down = strip["x"] + strip["width"] / 2, strip["y"] + strip["height"] / 3
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 150, down, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="全部时段").wait_for()
    assert {"from", "to"} <= address(page).keys()


@pytest.mark.parametrize(
    "edited", ["as_of=yesterday", "page=99", "project=999999", "from=2022-01-01&to=2020-01-01"]
)
def test_a_hand_edited_address_still_shows_a_timeline(demo: Server, open_page: OpenPage, edited: str) -> None:
    page = open_page(f"{demo.url}/timeline?region={hunan(demo.home)}&{edited}")
    assert "醴陵市" in chart_texts(page)


def test_a_picture_of_the_chart_can_be_taken_along(demo: Server, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(f"{demo.url}/timeline?region={hunan(demo.home)}")
    chart_texts(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG", exact=True).click()
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    assert (target.name, target.read_bytes()[:4]) == ("timeline-2021-06-30.png", b"\x89PNG")


def test_a_picture_speaks_the_language_of_the_screen(
    demo: Server, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(f"{demo.url}/timeline?region={hunan(demo.home)}&group=pillar")
    chart_texts(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    download.value.save_as(tmp_path / "timeline.svg")
    drawn = (tmp_path / "timeline.svg").read_text(encoding="utf-8")
    assert [text in drawn for text in ("截至 2021-06-30", "协议期", "科学决策 · ", "续签决定截止日")] == [
        True
    ] * 4


def test_a_ticked_row_of_the_table_opens_its_project_beside_the_chart(
    demo: Server, open_page: OpenPage
) -> None:
    page = open_page(f"{demo.url}/timeline?region={hunan(demo.home)}", width=1440)
    chart_texts(page)
    page.get_by_text("以表格显示").click()
    table = page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    settle(page)
    box = table.bounding_box()
    # The first row's tick, below the names of the columns.
    page.mouse.click(box["x"] + 16, box["y"] + 52)
    page.get_by_role("button", name="关闭").wait_for()
    assert "project" in address(page)


@pytest.mark.parametrize("view", ["group=owner", "scale=month", "then=2021-03-31", "group=odd&then=tomorrow"])
def test_every_view_fits_a_phone(demo: Server, open_page: OpenPage, view: str) -> None:
    page = open_page(f"{demo.url}/timeline?{view}", width=390)
    chart_texts(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


@pytest.mark.parametrize(("locale", "dark"), [("zh-CN", True), ("en-US", False)])
def test_the_timeline_fits_a_phone(demo: Server, open_page: OpenPage, locale: str, dark: bool) -> None:
    page = open_page(f"{demo.url}/timeline", locale=locale, width=390, dark=dark)
    chart_texts(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
