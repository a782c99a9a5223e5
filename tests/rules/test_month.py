"""Which month can be closed, worked out by hand."""

from datetime import date

import pytest

from tracker.errors import TrackerError
from tracker.rules.month import (
    EarlierMonthOpen,
    LaterMonthClosed,
    MonthNotOver,
    check_closing,
    last_day,
    months_to_close,
    next_month,
)

APRIL, MAY, JUNE, JULY = (date(2021, month, 1) for month in (4, 5, 6, 7))


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (date(2020, 2, 1), date(2020, 2, 29)),
        (date(2021, 2, 1), date(2021, 2, 28)),
        (date(2020, 12, 1), date(2020, 12, 31)),
        (JUNE, date(2021, 6, 30)),
    ],
)
def test_a_month_ends_on_its_last_day(month: date, last: date) -> None:
    assert last_day(month) == last


def test_december_is_followed_by_january() -> None:
    assert next_month(date(2020, 12, 1)) == date(2021, 1, 1)


@pytest.mark.parametrize(
    ("month", "closed", "today", "refused"),
    [
        (JUNE, [], date(2021, 6, 30), MonthNotOver),
        (JUNE, [], date(2021, 7, 1), None),
        (JUNE, [], date(2021, 6, 15), MonthNotOver),
        (JULY, [], date(2021, 6, 15), MonthNotOver),
        (JUNE, [MAY], date(2021, 7, 1), None),
        (JUNE, [APRIL], date(2021, 7, 1), EarlierMonthOpen),
        (APRIL, [MAY], date(2021, 7, 1), LaterMonthClosed),
        (JULY, [MAY, JUNE], date(2021, 7, 31), MonthNotOver),
        (JULY, [MAY, JUNE], date(2021, 8, 1), None),
    ],
)
def test_a_month_is_closed_once_it_is_over_and_in_turn(
    month: date, closed: list[date], today: date, refused: type[TrackerError] | None
) -> None:
    if refused is None:
        check_closing(month, closed, today)
        return
    with pytest.raises(refused):
        check_closing(month, closed, today)


@pytest.mark.parametrize(
    ("closed", "first_on", "months"),
    [
        ([], date(2021, 4, 20), [JUNE, MAY, APRIL]),
        ([], None, []),
        ([], date(2021, 7, 2), []),
        ([APRIL], date(2021, 1, 1), [MAY]),
        ([APRIL, MAY], date(2021, 1, 1), [JUNE]),
        ([APRIL, MAY, JUNE], date(2021, 1, 1), []),
    ],
)
def test_the_months_to_close_are_those_over_or_the_next_one(
    closed: list[date], first_on: date | None, months: list[date]
) -> None:
    assert months_to_close(closed, date(2021, 7, 15), first_on) == months
