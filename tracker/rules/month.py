"""Closing a month: which month can be closed, and why another cannot."""

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tracker.errors import N_, TrackerError


class MonthNotOver(TrackerError):
    """A month that still runs, or lies ahead."""

    sentence = N_("{month} is not over yet; it can be closed from {day} on.")


class MonthClosedAlready(TrackerError):
    """A month that was closed before, here or in another window."""

    sentence = N_(
        "{month} was closed on {closed_on} by {who} already; its figures are kept as they were then."
    )


class EarlierMonthOpen(TrackerError):
    """A month after one that is still open."""

    sentence = N_("Months are closed one after the other: close {earlier} first.")


class LaterMonthClosed(TrackerError):
    """A month before the first one that was closed."""

    sentence = N_("{later} was the first month to be closed; a month before it cannot be closed any more.")


class LaterMonthStands(TrackerError):
    """Withdrawing the closing of a month while a later one is closed."""

    sentence = N_("{later} is closed too. Withdraw the closing of the last closed month first.")


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def last_day(month_on: date) -> date:
    """Return the last day of a month."""
    return month_on.replace(day=monthrange(month_on.year, month_on.month)[1])


def next_month(month_on: date) -> date:
    """Return the first day of the month after."""
    return last_day(month_on) + timedelta(days=1)


def spoken(month_on: date) -> str:
    """Write a month as both languages read it: 2021-06."""
    return f"{month_on:%Y-%m}"


def check_closing(month_on: date, closed: list[date], today: date) -> None:
    """Let a month be closed that is over and follows the last one closed; the first may be any that is over.

    `closed` are the months closed before, but not this one. Raises: MonthNotOver, EarlierMonthOpen,
    LaterMonthClosed.
    """
    if today <= last_day(month_on):
        raise MonthNotOver(month=spoken(month_on), day=next_month(month_on))
    if closed and month_on < min(closed):
        raise LaterMonthClosed(later=spoken(min(closed)))
    if closed and month_on != (expected := next_month(max(closed))):
        raise EarlierMonthOpen(earlier=spoken(expected))


def months_to_close(closed: list[date], today: date, first_on: date | None) -> list[date]:
    """Return the months that could be closed now, the first choice first.

    Once a month is closed that is the one after it alone; before, every month that is over from that of
    `first_on` (the day of the first record) on, the newest first.
    """
    if closed:
        following = next_month(max(closed))
        return [following] if last_day(following) < today else []
    months: list[date] = []
    month = month_of(first_on) if first_on else month_of(today)
    while last_day(month) < today:
        months.append(month)
        month = next_month(month)
    return months[::-1]


def months_around(day: date, back: int, ahead: int) -> tuple[date, ...]:
    """Return the first days of the months from `back` before a day's month to `ahead` after it."""
    own = month_of(day)
    return tuple(own + relativedelta(months=apart) for apart in range(-back, ahead + 1))
