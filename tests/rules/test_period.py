"""Months and quarters: their days, and the recent ones."""

from datetime import date

import pytest

from tracker.rules.period import days_of, month_of, quarter_of, recent_periods


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2021-Q1", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021-Q2", date(2021, 4, 1), date(2021, 6, 30)),
        ("2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(period: str, first: date, last: date) -> None:
    assert days_of(period) == (first, last)


@pytest.mark.parametrize("typed", ["", "2021", "2021-13", "2021-00", "2021-Q0", "2021-Q5", "x-06", "2021-Qx"])
def test_any_other_text_is_no_period(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        days_of(typed)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2021, 1, 1), "2021-Q1"),
        (date(2021, 3, 31), "2021-Q1"),
        (date(2021, 4, 1), "2021-Q2"),
        (date(2021, 12, 31), "2021-Q4"),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, quarter: str) -> None:
    assert quarter_of(day) == quarter


def test_recent_months_and_quarters_go_back_over_the_year() -> None:
    recent = recent_periods(date(2021, 2, 28))
    assert recent[:3] == ["2021-02", "2021-01", "2020-12"]
    assert recent[12:15] == ["2021-Q1", "2020-Q4", "2020-Q3"]


def test_the_first_recent_period_is_the_month_of_the_day() -> None:
    assert recent_periods(date(2021, 6, 30))[0] == month_of(date(2021, 6, 30)) == "2021-06"
