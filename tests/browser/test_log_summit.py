"""The main job in a real browser, in Chinese: log the summit's three agreements with the mouse."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from db.engine import Database
from db.models import Agreement, Party, SigningEvent
from tests.agreement_samples import PARTNER
from tests.browser.conftest import OpenPage, Server, settle, start_server, wait_for_draft, wait_for_value

pytestmark = pytest.mark.browser
COUNTIES = ("醴陵市", "南县", "桂东县")
EVENT = "湖南数字乡村峰会"


def pick_counties(page: Any, typed: str = "醴陵市, 南县、桂东县") -> None:
    page.locator(".st-key-log1_division_ids_typed input").fill(typed)
    page.get_by_role("button", name="全部添加").click()
    page.locator(".st-key-log1_division_ids_chips").wait_for()
    settle(page)


def make_event(page: Any) -> None:
    page.get_by_role("button", name="新建活动").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill(EVENT)
    dialog.locator('[data-testid="stDateInput"]').click()
    page.keyboard.type("20200717")
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="保存").click()
    dialog.wait_for(state="detached")
    settle(page)


def name_partner(page: Any) -> None:
    page.locator(".st-key-log1_partners input").click()
    page.keyboard.type(PARTNER)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)


def press_save(page: Any, *, times: int = 1) -> None:
    button = page.get_by_role("button", name="保存", exact=True)
    button.click(click_count=times, delay=20)
    page.get_by_text("已登记。").first.wait_for()
    settle(page)


def stored(server: Server) -> list[tuple[str, str, str | None]]:
    """Number, title and event of each agreement, read after the app has stopped."""
    database = Database(f"sqlite:///{server.home / 'tracker.db'}")
    with database.reading() as session:
        rows = session.exec(
            select(Agreement.number, Agreement.title, SigningEvent.name)
            .join(SigningEvent, isouter=True)
            .order_by(Agreement.number)
        ).all()
        days = set(session.exec(select(Party.signed_on)))
    database.close()
    assert {str(day) for day in days} <= {"2020-07-17"}
    return [tuple(row) for row in rows]


def test_the_three_agreements_of_the_summit_are_logged_in_chinese(
    server: Server, open_page: OpenPage
) -> None:
    page = open_page(f"{server.url}/log")
    pick_counties(page)
    make_event(page)
    name_partner(page)
    press_save(page)
    assert [page.get_by_text(f"{name}与{PARTNER}框架协议").count() > 0 for name in COUNTIES] == [True] * 3
    server.stop()
    assert stored(server) == [
        ("430281-2020-F-001", f"醴陵市与{PARTNER}框架协议", EVENT),
        ("430921-2020-F-001", f"南县与{PARTNER}框架协议", EVENT),
        ("431027-2020-F-001", f"桂东县与{PARTNER}框架协议", EVENT),
    ]


def test_a_double_click_on_save_logs_once(server: Server, open_page: OpenPage) -> None:
    page = open_page(f"{server.url}/log")
    pick_counties(page)
    make_event(page)
    name_partner(page)
    press_save(page, times=2)
    page.wait_for_timeout(1500)
    server.stop()
    assert len(stored(server)) == 3


def test_a_draft_survives_the_servers_restart(tmp_path: Path, open_page: OpenPage) -> None:
    first = start_server(tmp_path)
    page = open_page(f"{first.url}/log")
    pick_counties(page)
    title = page.locator(".st-key-log1_title input")
    title.fill("数字乡村合作")
    title.press("Tab")
    wait_for_draft(tmp_path, "数字乡村合作")
    first.stop()
    second = start_server(tmp_path)
    try:
        again = open_page(f"{second.url}/log")
        wait_for_value(again.locator(".st-key-log1_title input"), "数字乡村合作")
        chips = again.locator(".st-key-log1_division_ids_chips").inner_text()
        assert [name in chips for name in COUNTIES] == [True] * 3
    finally:
        second.stop()


@pytest.mark.parametrize(("locale", "dark"), [("zh-CN", False), ("en-US", True)])
def test_the_form_fits_a_phone(server: Server, open_page: OpenPage, locale: str, dark: bool) -> None:
    page = open_page(f"{server.url}/log", locale=locale, width=390, dark=dark)
    too_wide = page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stMain] *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.offsetParent).length"
    )
    assert too_wide == 0
