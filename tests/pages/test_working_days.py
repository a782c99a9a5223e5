"""Working days: a year with where its days come from, and the organisation's own days over it."""

from datetime import date

import pytest

from pages.components import context
from tests.pages.project_screen import at, told
from tracker.permissions import Person, Role
from tracker.services.calendar_day import add_calendar_day, read_calendar_year
from tracker.services.desk import Desk

DAY = date(2026, 3, 3)
VALUES = {"day": DAY, "is_working": False, "reason": "搬迁*办公楼*", "source": "办公室通知"}


@pytest.mark.parametrize(
    ("locale", "title", "name"),
    [("en", "Working days", "Dragon Boat Festival"), ("zh-CN", "工作日", "端午节")],
)
def test_a_year_shows_its_holidays_by_name(screens: Desk, locale: str, title: str, name: str) -> None:
    app = at("working_days.py", locale, year=2026)
    assert app.title[0].value == title
    assert name in app.dataframe[0].value["name"].to_list()


def test_a_year_with_a_notice_says_so(screens: Desk) -> None:
    assert "by the published notice" in told(at("working_days.py", year=2026))


@pytest.mark.parametrize(("locale", "word"), [("en", "provisional"), ("zh-CN", "暂定")])
def test_a_year_without_one_is_marked_provisional(screens: Desk, locale: str, word: str) -> None:
    assert word in told(at("working_days.py", locale, year=2027))


@pytest.mark.parametrize("year", ["2101", "1950", "1949", "x", "99999"])
def test_any_year_in_the_address_opens(screens: Desk, year: str) -> None:
    assert at("working_days.py", year=year).title


def test_another_year_is_one_change_of_the_address(screens: Desk) -> None:
    app = at("working_days.py", year=2026)
    app.number_input[0].set_value(2025).run()
    assert app.query_params["year"] == "2025"


def test_a_day_is_entered_on_the_screen(screens: Desk) -> None:
    app = at("working_days.py", year=2026)
    app.date_input(key="new_day_2026_0_day").set_value(DAY)
    app.text_input(key="new_day_2026_0_reason").set_value("搬迁")
    next(b for b in app.button if b.label == "Save").click().run()
    assert not app.exception
    assert [d.day for d in read_calendar_year(screens, 2026).own] == [DAY]


def test_a_day_without_a_reason_is_refused_beside_the_field(screens: Desk) -> None:
    app = at("working_days.py", year=2026)
    next(b for b in app.button if b.label == "Save").click().run()
    assert "Please fill in this field." in told(app)


def test_a_day_of_ones_own_is_shown_literally_and_withdrawn(screens: Desk) -> None:
    own = add_calendar_day(screens, VALUES)
    app = at("working_days.py", year=2026)
    assert "搬迁\\*办公楼\\*" in app.expander[1].label
    app.text_input(key=f"own_day_{own}_why").set_value("没有搬")
    app.button(key=f"own_day_{own}_withdraw").click().run()
    assert read_calendar_year(screens, 2026).own == ()


def test_who_may_not_write_is_offered_no_form(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add_calendar_day(screens, VALUES)
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person("alice", Role.editor))
    assert [b.label for b in at("working_days.py", year=2026).button if b.label == "Save"] == []
