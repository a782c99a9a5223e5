"""Months and quarters as they stand in an address: 2021-06, 2021-Q2."""

from calendar import monthrange
from datetime import date

MOST_MONTHS, MOST_QUARTERS = 12, 8


def month_of(day: date) -> str:
    """Return the month a day lies in."""
    return f"{day:%Y-%m}"


def quarter_of(day: date) -> str:
    """Return the quarter a day lies in."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def days_of(period: str) -> tuple[date, date]:
    """Return the first and the last day of a month or quarter. Raises: ValueError for any other text."""
    year, _dash, part = period.partition("-")
    if part.startswith("Q"):
        last = int(part[1:]) * 3
        return date(int(year), last - 2, 1), date(int(year), last, monthrange(int(year), last)[1])
    month = int(part)
    return date(int(year), month, 1), date(int(year), month, monthrange(int(year), month)[1])


def recent_periods(day: date) -> list[str]:
    """Return the month of `day` and those before it, then its quarter and those before it, newest first."""
    months = [_back(day, number) for number in range(MOST_MONTHS)]
    quarters = [_back(day, 3 * number) for number in range(MOST_QUARTERS)]
    return [month_of(m) for m in months] + [quarter_of(q) for q in quarters]


def _back(day: date, months: int) -> date:
    """Return the first day of the month `months` before the one of `day`."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
