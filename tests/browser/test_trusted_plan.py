"""A plan that can be trusted, in a real browser: a report moves a day, a question moves nothing."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import (
    OpenPage,
    Server,
    settle,
    start_demo,
    start_server,
    wait_for_draft,
    wait_for_value,
)

pytestmark = pytest.mark.browser
# In the demonstration: a platform in Liling, live, with an overdue key node and a yellow light.
PROJECT = 2
SAID = "县里已发文，九月底前全部开通。"


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def choose(page: Any, label: str, option: str) -> None:
    page.get_by_label(label).first.click()
    page.get_by_role("option", name=option).first.click()
    settle(page)


def report_a_new_day(page: Any) -> None:
    page.get_by_label("进展情况和下一步工作").fill(SAID)
    choose(page, "日期有变化的里程碑", "诉求上报与办理闭环")
    page.keyboard.press("Escape")
    page.get_by_text("现预计").first.wait_for()
    settle(page)
    page.locator('[class*="st-key-update_"][class*="new_on_"] [data-testid="stDateInput"]').click()
    page.keyboard.type("20210830")
    page.keyboard.press("Tab")
    settle(page)
    choose(page, "调整原因", "县方")
    page.get_by_label("变化原因（一句话）").fill("全县推开需要县里再发文")
    page.keyboard.press("Tab")
    settle(page)


def test_a_report_that_a_lead_accepts_moves_the_day_and_keeps_the_old_one(
    demo: Server, open_page: OpenPage
) -> None:
    page = open_page(f"{demo.url}/project?id={PROJECT}&section=updates")
    report_a_new_day(page)
    press(page, "提交更新")
    page.get_by_text("更新已提交，主管审核通过后生效。").first.wait_for()
    page.get_by_role("button", name="审核通过").first.click()
    page.get_by_text("新的日期已成为预计日期").first.wait_for()
    settle(page)
    told = page.get_by_role("listitem").all_inner_texts()
    assert any("2021-07-20 → 2021-08-30" in line for line in told), told


def test_the_report_being_typed_outlasts_the_servers_end(tmp_path: Path, open_page: OpenPage) -> None:
    server = start_demo(tmp_path)
    page = open_page(f"{server.url}/project?id={PROJECT}&section=updates")
    page.get_by_label("进展情况和下一步工作").fill(SAID)
    page.keyboard.press("Tab")
    wait_for_draft(server.home, SAID)
    port = int(server.url.rsplit(":", 1)[1])
    server.process.kill()
    server.process.wait()
    again = start_server(server.home, port)
    page = open_page(f"{again.url}/project?id={PROJECT}&section=updates")
    try:
        wait_for_value(page.get_by_label("进展情况和下一步工作"), SAID)
    finally:
        again.stop()


def test_a_question_shows_the_lights_that_would_change_and_changes_none(
    demo: Server, open_page: OpenPage
) -> None:
    page = open_page(f"{demo.url}/what-if?project={PROJECT}&shift=120&look_on=2021-12-31")
    page.get_by_text("结果不会保存").first.wait_for()
    settle(page)
    assert page.get_by_text(" → ").count() > 0
    page = open_page(f"{demo.url}/project?id={PROJECT}")
    assert page.get_by_role("button", name="黄").count() == 1


def test_a_click_on_a_light_says_what_would_turn_it_green(demo: Server, open_page: OpenPage) -> None:
    page = open_page(f"{demo.url}/project?id={PROJECT}", width=390)
    page.get_by_role("button", name="黄").click()
    page.get_by_text("转绿").first.wait_for()
