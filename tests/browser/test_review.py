"""The executives' review in a real browser: from the map to a project by one address, also on a phone."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import OpenPage, Server, settle
from tests.browser.test_timeline import address, chart_texts, click_a_bar, hunan

pytestmark = pytest.mark.browser
# Every review page by its place in the address.
PAGES = (
    "",
    "timeline",
    "regions",
    "landing",
    "calendar",
    "pushed-out",
    "what-if",
    "then",
    "briefing",
    "event?id=1",
)
MAIN_WIDTH = "document.querySelector('[data-testid=stMain]').scrollWidth"


def drag_on_the_strip(page: Any) -> None:
    strip = page.locator(".st-key-strip svg.marks").bounding_box()
    across, down = strip["x"] + strip["width"] / 2, strip["y"] + strip["height"] / 3
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 150, down, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="全部时段").wait_for()
    settle(page)


def type_day_of_month(page: Any, day: int) -> None:
    """Type another day of the month looked at; it is taken once the whole field is left."""
    page.locator(".st-key-filter_as_of [role=spinbutton]").last.click()
    page.keyboard.type(f"{day:02}")
    page.locator("h1").first.click()
    page.wait_for_url(re.compile(rf"as_of=\d{{4}}-\d\d-{day:02}"), timeout=10_000)
    settle(page)


def test_a_region_a_period_a_bar_and_a_day_make_one_address(demo: Server, open_page: OpenPage) -> None:
    first = open_page(f"{demo.url}/timeline?region={hunan(demo.home)}", width=1440)
    chart_texts(first)
    drag_on_the_strip(first)
    click_a_bar(first)
    type_day_of_month(first, 15)
    texts = chart_texts(first)
    second = open_page(first.url, width=1440)
    assert {"region", "from", "to", "project", "as_of"} <= address(first).keys()
    assert chart_texts(second) == texts
    assert second.get_by_text("打开项目").is_visible()


def test_a_tile_opens_its_region(demo: Server, open_page: OpenPage) -> None:
    page = open_page(f"{demo.url}/", width=1440)
    tile = page.locator("svg text", has_text="湖南").first
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(f"region={hunan(demo.home)}$"))


@pytest.mark.parametrize(("locale", "dark"), [("zh-CN", True), ("en-US", False)])
def test_every_review_page_fits_a_phone(demo: Server, open_page: OpenPage, locale: str, dark: bool) -> None:
    page = open_page(f"{demo.url}/", locale=locale, dark=dark, phone=True)
    widths = {}
    for place in PAGES:
        page.goto(f"{demo.url}/{place}")
        settle(page)
        page.wait_for_timeout(400)
        widths[place] = page.evaluate(MAIN_WIDTH)
    assert {place: width for place, width in widths.items() if width > 390} == {}


def test_on_a_phone_all_filters_but_the_first_wait_behind_one_button(
    demo: Server, open_page: OpenPage
) -> None:
    page = open_page(f"{demo.url}/", phone=True)
    shown = [page.locator(f".st-key-filter_{name}").count() for name in ("region", "pillar", "event")]
    page.get_by_role("button", name="更多筛选").click()
    page.locator(".st-key-filter_pillar").wait_for()
    assert shown == [1, 0, 0]


@pytest.mark.parametrize(("kind", "begins"), [("Word", b"PK"), ("PDF", b"%PDF"), ("PowerPoint", b"PK")])
def test_a_briefing_is_a_real_file(
    demo: Server, open_page: OpenPage, tmp_path: Path, kind: str, begins: bytes
) -> None:
    page = open_page(f"{demo.url}/briefing?region={hunan(demo.home)}&month=2021-06")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=kind, exact=True).click()
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    content = target.read_bytes()
    assert content.startswith(begins)
    assert len(content) > 20_000


def test_a_saved_view_opens_by_its_link_in_a_second_window(demo: Server, open_page: OpenPage) -> None:
    first = open_page(f"{demo.url}/agreements?status=active&as_of=2021-05-31&agreements_sort=-signed_on")
    first.locator(".st-key-views button").first.click()
    first.get_by_label("将当前所见保存为").fill("履行中")
    first.get_by_role("button", name="保存视图").click()
    first.get_by_text("视图已保存。").wait_for()
    settle(first)
    second = open_page(f"{demo.url}/agreements?view=1")
    names = [p.locator(".st-key-views button").first.inner_text() for p in (first, second)]
    assert ["履行中" in name for name in names] == [True, True]
    assert counted(first) == counted(second)


def counted(page: Any) -> str:
    return str(page.get_by_text(" 条").first.inner_text())
