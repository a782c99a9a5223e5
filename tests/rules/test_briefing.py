"""The month of a briefing by hand: the day it is of, the day before it, and which one is usual."""

from datetime import date

import pytest

from tracker.rules.briefing import MonthAhead, briefing_month, recent_months, usual_month


@pytest.mark.parametrize(
    ("month_on", "day", "as_of", "before_on"),
    [
        (date(2021, 6, 1), date(2021, 9, 9), date(2021, 6, 30), date(2021, 5, 31)),
        (date(2021, 6, 1), date(2021, 6, 30), date(2021, 6, 30), date(2021, 5, 31)),
        (date(2021, 6, 1), date(2021, 6, 29), date(2021, 6, 29), date(2021, 5, 31)),
        (date(2021, 6, 17), date(2021, 6, 1), date(2021, 6, 1), date(2021, 5, 31)),
        (date(2020, 3, 1), date(2021, 1, 1), date(2020, 3, 31), date(2020, 2, 29)),
        (date(2021, 1, 1), date(2021, 1, 31), date(2021, 1, 31), date(2020, 12, 31)),
    ],
)
def test_a_month_is_told_up_to_its_end_or_the_day_looked_at(
    month_on: date, day: date, as_of: date, before_on: date
) -> None:
    month = briefing_month(month_on, day)
    assert (month.as_of, month.before_on) == (as_of, before_on)


def test_what_changed_did_so_from_the_first_of_the_month_on() -> None:
    assert briefing_month(date(2021, 6, 1), date(2021, 9, 9)).since_on == date(2021, 6, 1)


@pytest.mark.parametrize(("day", "over"), [(date(2021, 6, 29), False), (date(2021, 6, 30), True)])
def test_a_month_is_over_on_its_last_day(day: date, over: bool) -> None:
    assert briefing_month(date(2021, 6, 1), day).is_over is over


def test_a_month_that_has_not_begun_is_refused() -> None:
    with pytest.raises(MonthAhead, match="2021-07 has not begun on 2021-06-30"):
        briefing_month(date(2021, 7, 1), date(2021, 6, 30))


@pytest.mark.parametrize(
    ("day", "month_on"),
    [
        (date(2021, 6, 30), date(2021, 6, 1)),
        (date(2021, 6, 29), date(2021, 5, 1)),
        (date(2021, 7, 1), date(2021, 6, 1)),
        (date(2021, 1, 15), date(2020, 12, 1)),
        (date(2020, 2, 29), date(2020, 2, 1)),
    ],
)
def test_the_usual_month_is_the_last_complete_one(day: date, month_on: date) -> None:
    assert usual_month(day) == month_on


def test_two_years_of_months_are_offered_newest_first() -> None:
    months = recent_months(date(2021, 2, 14))
    assert (len(months), months[0], months[2]) == (24, date(2021, 2, 1), date(2020, 12, 1))
