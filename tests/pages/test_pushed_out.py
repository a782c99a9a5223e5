"""Pushed out: of a month or a quarter, in both languages, narrowed, and with nothing to tell."""

import pytest

from tests.pages.list_screen import DEMO_DAY, counted, look, tick
from tests.pages.project_screen import told
from tracker.services.desk import Desk

PAGE = "pushed_out.py"


@pytest.mark.parametrize(("locale", "title"), [("en", "Pushed out"), ("zh-CN", "移出本期")])
def test_a_database_without_plans_has_nothing_pushed_out(screens: Desk, locale: str, title: str) -> None:
    app = look(PAGE, locale=locale)
    assert app.title[0].value == title
    assert len(app.success) == 1


def test_the_month_looked_at_is_shown_first(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY)
    assert app.selectbox(key="filter_period").value == "2021-06"
    rows = app.dataframe[0].value
    assert (rows["expected_on"] > "2021-06-30").all()
    assert rows["stood_on"].between("2021-06-01", "2021-06-30").all()


def test_a_quarter_holds_more_than_its_last_month(demonstration: Desk) -> None:
    assert counted(look(PAGE, DEMO_DAY | {"period": ["2021-Q2"]})) > counted(look(PAGE, DEMO_DAY))


@pytest.mark.parametrize("typed", ["", "2021-13", "x", "2021-Q9", "99999-01", "2021-6"])
def test_a_period_edited_by_hand_is_the_month_looked_at(demonstration: Desk, typed: str) -> None:
    app = look(PAGE, DEMO_DAY | {"period": [typed]})
    assert app.selectbox(key="filter_period").value == "2021-06"


def test_an_older_period_in_the_address_is_kept(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"period": ["2019-03"]})
    assert app.selectbox(key="filter_period").value == "2019-03"


def test_a_period_ahead_has_not_begun(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"period": ["2021-07"]})
    assert "This period has not begun on the day looked at." in told(app)


def test_reasons_are_named_in_chinese(demonstration: Desk) -> None:
    rows = look(PAGE, DEMO_DAY | {"period": ["2021-Q2"]}, "zh-CN").dataframe[0].value
    assert "县方" in set(rows["reason_code"])


def test_a_region_narrows_the_list(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"period": ["2021-Q2"]})
    hunan = next(o for o in app.selectbox(key="filter_region").options if o == "Hunan")
    app.selectbox(key="filter_region").select(hunan).run()
    assert set(app.dataframe[0].value["province"]) == {"Hunan"}


def test_ticking_a_row_opens_its_project(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY)
    app = tick(app, "pushed-out-2021-06_table", 0)
    assert "id" in app.query_params
