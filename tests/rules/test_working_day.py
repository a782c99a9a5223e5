"""Working days: the published calendar, the organisation's own table over it, and counting with both."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidInput
from tracker.rules.working_day import (
    FIRST_DAY,
    LAST_DAY,
    DayKind,
    WorkingCalendar,
    checked_calendar_day,
    working_days_between,
)

PUBLISHED = WorkingCalendar()
DAYS = st.dates(date(2015, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # a Saturday, made up for
        (date(2026, 2, 15), False),  # the Sunday after it
        (date(2026, 2, 16), False),  # New Year's Eve
        (date(2026, 2, 23), False),  # the last day off
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # a Saturday, made up for
        (date(2026, 10, 10), True),  # a Saturday, made up for
        (date(2020, 1, 31), False),  # the holiday that was lengthened
        (date(2006, 12, 30), True),  # made up for by the next year's notice
    ],
)
def test_a_day_is_worked_as_the_notice_says(day: date, is_working: bool) -> None:
    assert PUBLISHED.is_working(day) is is_working


def test_the_organisations_own_table_wins_over_the_notice() -> None:
    calendar = WorkingCalendar({date(2026, 2, 24): False, date(2026, 2, 22): True})
    assert [calendar.is_working(date(2026, 2, d)) for d in (22, 24)] == [True, False]


@pytest.mark.parametrize(
    ("year", "is_provisional"), [(2000, True), (2001, False), (2026, False), (2027, True)]
)
def test_a_year_without_a_notice_is_provisional(year: int, is_provisional: bool) -> None:
    assert PUBLISHED.is_provisional(year) is is_provisional


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 9, 30), date(2026, 9, 30), 0),
        (date(2026, 9, 30), date(2026, 10, 8), 1),  # the week of the National Day between
        (date(2026, 10, 8), date(2026, 9, 30), -1),
        (date(2026, 10, 9), date(2026, 10, 12), 2),  # Saturday the 10th is worked
        (date(2026, 9, 18), date(2026, 9, 20), 1),  # Sunday the 20th is worked
        (date(2025, 12, 31), date(2026, 1, 4), 1),  # over the year's end, the 4th is worked
        (date(2025, 12, 31), date(2026, 12, 31), 248),
    ],
)
def test_slip_counts_the_working_days_after_the_first_up_to_the_last(
    start: date, end: date, days: int
) -> None:
    assert working_days_between(start, end, PUBLISHED) == days


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
        (date(2026, 10, 3), 0, date(2026, 10, 3)),  # a day of rest stays where it is
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 3), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 10, 3), -1, date(2026, 9, 30)),
        (date(2026, 1, 4), -1, date(2025, 12, 31)),
        (date(2025, 12, 31), 248, date(2026, 12, 31)),
    ],
)
def test_days_are_added_and_taken_away(day: date, number: int, expected: date) -> None:
    assert PUBLISHED.add(day, number) == expected


def test_a_count_beyond_the_calendar_stays_at_its_last_day() -> None:
    assert PUBLISHED.add(date(2199, 12, 1), 3650) == LAST_DAY


def test_a_count_before_the_calendar_stays_at_its_first_day() -> None:
    assert PUBLISHED.add(date(1949, 11, 1), -3650) == FIRST_DAY


@given(DAYS, st.integers(-400, 400), st.dictionaries(DAYS, st.booleans(), max_size=5))
def test_adding_walks_day_by_day(day: date, number: int, overrides: dict[date, bool]) -> None:
    calendar, reached, left = WorkingCalendar(overrides), day, abs(number)
    while left:
        reached += timedelta(days=1 if number > 0 else -1)
        left -= calendar.is_working(reached)
    assert calendar.add(day, number) == reached


@given(DAYS, st.integers(0, 900))
def test_counting_is_one_day_after_the_other(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    walked = sum(PUBLISHED.is_working(day + timedelta(days=n)) for n in range(1, length + 1))
    assert (PUBLISHED.between(day, end), PUBLISHED.between(end, day)) == (walked, -walked)


def test_a_year_lists_what_differs_from_its_weekdays_and_what_was_entered() -> None:
    entries = {e.day: e for e in WorkingCalendar({date(2026, 3, 3): False}).entries(2026)}
    assert [entries[date(2026, m, d)].kind for m, d in ((3, 3), (2, 14), (2, 17))] == [
        DayKind.override,
        DayKind.make_up,
        DayKind.holiday,
    ]


def test_a_holiday_has_its_name_in_both_languages() -> None:
    spring = next(e for e in PUBLISHED.entries(2026) if e.day == date(2026, 2, 17))
    assert (spring.name, spring.name_en) == ("春节", "Chinese New Year (Spring Festival)")


def test_an_entry_needs_a_reason() -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_calendar_day({"day": date(2027, 1, 1), "is_working": False, "reason": " "})
    assert [p.field for p in refused.value.problems] == ["reason"]
