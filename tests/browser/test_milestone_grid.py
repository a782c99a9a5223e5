"""The grid of milestones in real Chromium: typed into like a spreadsheet, saved once, two windows at once."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.engine import Database
from db.models import Milestone
from db.opening import open_database
from db.queries.forecast import forecast_changes_of
from db.queries.project import milestones_of
from tests.browser.conftest import Server, settle, start_server
from tests.services.planning import a_row, an_opened_project
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones
from tracker.settings import Settings

pytestmark = pytest.mark.browser

# Where the grid's canvas draws its cells: the row markers, №, name, start, due, forecast, weight.
_HEADER, _ROW = 35, 35
_COLUMNS = {"name": 150, "due_on": 405, "forecast_on": 500, "weight": 580}

_EDITOR_DELAY_MS = 300
_OPEN_CELL = "#portal textarea:focus, #portal input:focus"

OpenPage = Callable[..., Any]


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[tuple[Server, Database]]:
    """The app with a project 1 of two milestones in it, and the database it works on."""
    database = open_database(f"sqlite:///{tmp_path}/tracker.db")
    desk = Desk(LOCAL_ADMINISTRATOR, database, Settings(home=tmp_path))
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row("启动会"), a_row("上线", due_on=date(2020, 12, 1))], seen={})
    server = start_server(tmp_path)
    yield server, database
    server.stop()
    database.close()


def _stored(database: Database) -> list[Milestone]:
    with database.reading() as session:
        return milestones_of(session, 1)


def _type(page: Any, row: int, column: str, text: str, *, leave: bool = True) -> None:
    """Go to a cell, type over what is in it, and leave it by Enter unless the next click shall."""
    opened = page.locator(_OPEN_CELL)
    for _attempt in range(10):
        # Enter leaves the cell below selected, and a click on a selected cell would open it already.
        page.keyboard.press("Escape")
        _click(page, row, column)
        page.wait_for_timeout(150)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if opened.count():
            break
    _type_into_open_cell(page, text, leave=leave)


def _type_into_open_cell(page: Any, text: str, *, leave: bool = True) -> None:
    typing = page.locator(_OPEN_CELL)
    typing.fill(text)
    # The editor takes a change over in its next frame.
    page.wait_for_timeout(200)
    if leave:
        page.keyboard.press("Enter")
        page.wait_for_timeout(_EDITOR_DELAY_MS)
        settle(page)
        page.get_by_role("button", name="放弃修改").wait_for()


def _click(page: Any, row: int, column: str) -> None:
    grid = page.locator('[data-testid="stDataFrame"]').first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    page.mouse.click(box["x"] + _COLUMNS[column], box["y"] + _HEADER + _ROW * row + _ROW // 2)


def _save(page: Any) -> None:
    _press(page, "保存里程碑")
    page.get_by_text("已保存。").wait_for()


def _press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).click()
    settle(page)


def test_typed_cells_are_saved_with_one_click(planned: tuple[Server, Database], open_page: OpenPage) -> None:
    server, database = planned
    page = open_page(f"{server.url}/project?id=1")
    _type(page, 0, "name", "动员大会")
    _type(page, 0, "weight", "25")
    _type(page, 1, "weight", "40")
    _save(page)
    assert [(m.name, m.weight) for m in _stored(database)] == [("动员大会", 25), ("上线", 40)]


def test_a_cell_that_is_left_by_the_click_on_save_is_saved_too(
    planned: tuple[Server, Database], open_page: OpenPage
) -> None:
    server, database = planned
    page = open_page(f"{server.url}/project?id=1")
    _type(page, 0, "weight", "25")
    _type(page, 1, "weight", "40", leave=False)
    _save(page)
    assert [m.weight for m in _stored(database)] == [25, 40]


def test_the_empty_row_below_takes_a_new_milestone(
    planned: tuple[Server, Database], open_page: OpenPage
) -> None:
    server, database = planned
    page = open_page(f"{server.url}/project?id=1")
    _click(page, 2, "name")
    _type_into_open_cell(page, "验收")
    _save(page)
    assert [m.name for m in _stored(database)] == ["启动会", "上线", "验收"]


def test_rows_copied_from_a_spreadsheet_are_pasted(
    planned: tuple[Server, Database], open_page: OpenPage
) -> None:
    server, database = planned
    page = open_page(f"{server.url}/project?id=1")
    _press(page, "粘贴多行")
    page.get_by_role("textbox", name="行", exact=True).fill("验收\t2020年12月1日\t2021/1/1\t5")
    _press(page, "添加这些行")
    page.keyboard.press("Escape")
    _save(page)
    assert (_stored(database)[2].name, _stored(database)[2].due_on) == ("验收", date(2021, 1, 1))


def test_the_second_of_two_windows_sees_both_values_and_chooses(
    planned: tuple[Server, Database], open_page: OpenPage
) -> None:
    server, database = planned
    first, second = (open_page(f"{server.url}/project?id=1") for _ in range(2))
    _type(first, 0, "weight", "30")
    _type(second, 0, "weight", "60")
    _type(second, 1, "weight", "40")
    _save(first)
    _press(second, "保存里程碑")
    second.get_by_text("已保存：30").wait_for()
    second.get_by_text("您填写：60").wait_for()
    _press(second, "保存所选的值")
    second.get_by_text("已保存。").wait_for()
    assert [m.weight for m in _stored(database)] == [60, 40]


def test_what_was_typed_outlasts_a_visit_to_another_page(
    planned: tuple[Server, Database], open_page: OpenPage
) -> None:
    server, database = planned
    page = open_page(f"{server.url}/project?id=1")
    _type(page, 0, "weight", "25")
    page.get_by_role("link", name="计划模板").click()
    settle(page)
    page.go_back()
    settle(page)
    _save(page)
    assert _stored(database)[0].weight == 25


def test_a_typed_forecast_asks_why_and_is_saved_with_the_reason(
    planned: tuple[Server, Database], open_page: OpenPage
) -> None:
    server, database = planned
    page = open_page(f"{server.url}/project?id=1")
    _type(page, 0, "forecast_on", "2190-06-01")
    page.locator(".st-key-grid_1_why_reason_code input").click()
    page.keyboard.type("县方")
    page.get_by_role("option", name="县方").click()
    settle(page)
    page.get_by_label("一句话说明情况").fill("县里换届")
    _save(page)
    with database.reading() as session:
        [move] = forecast_changes_of(session, [1])
    assert (move.new_on, move.reason_code, move.note) == (date(2190, 6, 1), "county", "县里换届")
