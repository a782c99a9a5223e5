"""The organisation's own working days and days of rest."""

from datetime import date

import pytest

from tests.conftest import ON_SQLITE
from tracker.errors import EditConflict, InvalidInput, NotAllowed, ReasonRequired
from tracker.rules.working_day import DayKind, DayTaken
from tracker.services.calendar_day import (
    add_calendar_day,
    archive_calendar_day,
    change_calendar_day,
    read_calendar_year,
)
from tracker.services.desk import Desk

DAY = date(2026, 3, 3)
VALUES = {"day": DAY, "is_working": False, "reason": "搬迁办公楼", "source": "办公室通知"}


def test_a_day_that_was_entered_wins_over_the_published_calendar(dora: Desk) -> None:
    add_calendar_day(dora, VALUES)
    year = read_calendar_year(dora, 2026)
    entry = next(e for e in year.entries if e.day == DAY)
    assert (entry.kind, entry.is_working, entry.published, year.working_days) == (
        DayKind.override,
        False,
        True,
        247,
    )


def test_a_day_is_entered_once(dora: Desk) -> None:
    add_calendar_day(dora, VALUES)
    with pytest.raises(InvalidInput) as refused:
        add_calendar_day(dora, VALUES | {"is_working": True})
    assert [(type(p), p.field) for p in refused.value.problems] == [(DayTaken, "day")]


@ON_SQLITE
def test_the_same_sending_twice_enters_one_day(dora: Desk) -> None:
    assert add_calendar_day(dora, VALUES, token="t") == add_calendar_day(dora, VALUES, token="t")


@ON_SQLITE
def test_a_withdrawn_day_is_again_what_was_published(dora: Desk) -> None:
    own = add_calendar_day(dora, VALUES)
    archive_calendar_day(dora, own, "没有搬")
    assert read_calendar_year(dora, 2026).own == ()


@ON_SQLITE
def test_a_withdrawn_day_can_be_entered_anew(dora: Desk) -> None:
    archive_calendar_day(dora, add_calendar_day(dora, VALUES), "没有搬")
    add_calendar_day(dora, VALUES)
    assert [d.day for d in read_calendar_year(dora, 2026).own] == [DAY]


@ON_SQLITE
def test_withdrawing_takes_a_reason(dora: Desk) -> None:
    own = add_calendar_day(dora, VALUES)
    with pytest.raises(ReasonRequired):
        archive_calendar_day(dora, own, " ")


def test_the_second_of_two_editors_sees_both_values(dora: Desk) -> None:
    own = add_calendar_day(dora, VALUES)
    change_calendar_day(dora, own, VALUES | {"reason": "装修"}, seen=1)
    with pytest.raises(EditConflict) as conflict:
        change_calendar_day(dora, own, VALUES | {"reason": "停电"}, seen=1)
    assert conflict.value.fields == {"reason": ("装修", "停电")}


@ON_SQLITE
def test_the_calendar_is_the_administrators(alice: Desk) -> None:
    with pytest.raises(NotAllowed):
        add_calendar_day(alice, VALUES)


@ON_SQLITE
def test_a_year_without_a_notice_says_that_it_is_provisional(bob: Desk) -> None:
    assert [read_calendar_year(bob, y).is_provisional for y in (2026, 2027)] == [False, True]
