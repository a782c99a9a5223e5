"""The day looked at, from page to page: it is kept until another is chosen, and a new window shows today."""

from datetime import date

from streamlit.testing.v1 import AppTest

from tests.pages.list_screen import look
from tracker.services.desk import Desk

CHOSEN = date(2020, 12, 31)


def _go_by_sidebar(app: AppTest, page: str) -> AppTest:
    app.query_params.clear()
    return app.switch_page(page).run()


def _day(app: AppTest) -> date:
    day: date = app.date_input(key="filter_as_of").value
    return day


def test_the_sidebar_keeps_the_day_looked_at(demonstration: Desk) -> None:
    app = look("agreements.py", {"as_of": [CHOSEN.isoformat()]})
    assert _day(_go_by_sidebar(app, "projects.py")) == CHOSEN


def test_a_page_without_a_day_on_the_way_loses_nothing(demonstration: Desk) -> None:
    app = _go_by_sidebar(look("agreements.py", {"as_of": [CHOSEN.isoformat()]}), "plan_templates.py")
    assert _day(_go_by_sidebar(app, "projects.py")) == CHOSEN


def test_links_of_a_page_come_to_by_the_sidebar_name_its_day(demonstration: Desk) -> None:
    app = _go_by_sidebar(look("agreements.py", {"as_of": [CHOSEN.isoformat()]}), "overview.py")
    assert all(f"as_of={CHOSEN}" in link.proto.query_string for link in app.get("page_link"))


def test_today_can_be_chosen_again(demonstration: Desk) -> None:
    start = _day(look("projects.py"))
    app = _go_by_sidebar(look("agreements.py", {"as_of": [CHOSEN.isoformat()]}), "projects.py")
    app.date_input(key="filter_as_of").set_value(start).run()
    assert (_day(app), _day(_go_by_sidebar(app, "agreements.py"))) == (start, start)


def test_a_new_window_shows_today(demonstration: Desk) -> None:
    look("agreements.py", {"as_of": [CHOSEN.isoformat()]})
    assert _day(look("agreements.py")) != CHOSEN
