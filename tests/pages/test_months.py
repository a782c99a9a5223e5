"""Closed months and what later corrections restate, on the screen, in both languages."""

from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from db.models import Milestone
from tests.conftest import division_id
from tests.pages.list_screen import look
from tests.pages.project_screen import a_planned_project, told
from tests.services.earlier import date_back
from tracker.services.desk import Desk
from tracker.services.month import close_month, read_months

JUNE = date(2021, 6, 1)


def _meet(desk: Desk) -> None:
    with desk.transaction(reason="补录验收单") as work:
        milestone = work.get(Milestone, 1)
        milestone.met_on = date(2020, 8, 30)
        work.save(milestone, "milestone.met")


@pytest.fixture
def restated(screens: Desk) -> Desk:
    """A month that was closed before a milestone of it was recorded as met."""
    a_planned_project(screens)
    close_month(screens, JUNE)
    _meet(screens)
    return screens


def _texts(app: AppTest) -> str:
    return "\n".join(str(frame.value.to_dict("records")) for frame in app.dataframe)


def test_an_empty_database_says_what_closing_is_for(screens: Desk) -> None:
    assert "No month is closed yet" in told(look("months.py"))


def test_a_month_is_closed_on_the_page(screens: Desk) -> None:
    a_planned_project(screens)
    app = look("months.py")
    app.selectbox[0].set_value(JUNE)
    next(b for b in app.button if b.label == "Close the month").click().run()
    assert not app.exception
    assert [month.month_on for month in read_months(screens).closed] == [JUNE]
    assert "**2021-06** was closed" in told(app)


def test_a_month_closed_in_another_window_is_said(screens: Desk) -> None:
    a_planned_project(screens)
    app = look("months.py")
    app.selectbox[0].set_value(JUNE)
    close_month(screens, JUNE)
    next(b for b in app.button if b.label == "Close the month").click().run()
    assert "was closed on" in "\n".join(e.value for e in app.error)


def test_an_uncorrected_month_is_not_restated(screens: Desk) -> None:
    a_planned_project(screens)
    close_month(screens, JUNE)
    assert "No figure is restated" in told(look("months.py"))


def test_a_restated_figure_stands_beside_what_was_kept(restated: Desk) -> None:
    assert "'Milestones met', 'kept': '0', 'now': '1', 'change': '+1'" in _texts(look("months.py"))


def test_the_lines_say_who_changed_what_and_why(restated: Desk) -> None:
    texts = _texts(look("months.py"))
    assert "2020-08-30" in texts
    assert "补录验收单" in texts


def test_a_chinese_browser_reads_it_in_chinese(restated: Desk) -> None:
    app = look("months.py", locale="zh-CN")
    assert (app.title[0].value, "重述的数据" in [s.value for s in app.subheader]) == ("月度关账", True)


def test_a_province_can_be_looked_at_by_itself(restated: Desk) -> None:
    hunan = division_id(restated.database, "430000")
    assert "'Milestones met', 'kept': '0'" in _texts(look("months.py", {"region": [str(hunan)]}))


def test_then_and_now_asks_for_a_moment(screens: Desk) -> None:
    assert "Choose an earlier moment in the sidebar" in told(look("restatement.py"))


def test_then_and_now_lists_the_figures_that_differ(screens: Desk) -> None:
    a_planned_project(screens)
    date_back(screens.database, datetime(2021, 6, 30, tzinfo=UTC))
    _meet(screens)
    app = look("restatement.py", {"known": ["2021-07-01"], "as_of": ["2021-06-30"]})
    assert "'Milestones met', 'then': '0', 'now': '1'" in _texts(app)


def test_then_and_now_says_that_nothing_differs(screens: Desk) -> None:
    a_planned_project(screens)
    app = look("restatement.py", {"known": [screens.today.isoformat()]})
    assert "Nothing recorded since differs" in told(app)


@pytest.mark.parametrize("odd", ["", "x", "2021-13", "²", "9" * 30])
def test_an_address_edited_by_hand_shows_the_newest_month(restated: Desk, odd: str) -> None:
    assert "**2021-06** was closed" in told(look("months.py", {"month": [odd], "region": [odd]}))


def test_a_person_who_looks_back_closes_nothing(restated: Desk) -> None:
    app = look("months.py", {"known": [restated.today.isoformat()]})
    assert [b.label for b in app.button if b.label == "Close the month"] == []


def test_a_closing_is_withdrawn_on_the_page_with_a_reason(screens: Desk) -> None:
    a_planned_project(screens)
    close_month(screens, JUNE)
    app = look("months.py")
    app.button(key=f"withdraw_month_{JUNE}_save").click().run()
    assert "Please give a reason." in told(app)
    app.text_input(key=f"withdraw_month_{JUNE}_reason").set_value("误*操作*")
    app.button(key=f"withdraw_month_{JUNE}_save").click().run()
    assert read_months(screens).closed == ()
    assert "withdrawn on" in told(app)
    assert r"误\*操作\*" in told(app)
