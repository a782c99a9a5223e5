"""The month a briefing is about: the day its figures are of, and the day they are compared with."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.errors import N_, TrackerError
from tracker.rules.month import last_day, month_of, spoken

# How far a briefing offers to go back; an address or a command may name an older month.
MOST_MONTHS = 24


class MonthAhead(TrackerError):
    """A month of which nothing can be told yet."""

    sentence = N_("{month} has not begun on {day}.")


@dataclass(frozen=True)
class BriefingMonth:
    """A month by its first day, the day looked at, and the one compared with: the eve of the month."""

    month_on: date
    as_of: date
    before_on: date

    @property
    def since_on(self) -> date:
        """The first of the days on which what changed did so; the last one is `as_of`."""
        return self.before_on + timedelta(days=1)

    @property
    def is_over(self) -> bool:
        """Whether the whole month is told of."""
        return self.as_of == last_day(self.month_on)


def briefing_month(month_on: date, day: date) -> BriefingMonth:
    """Return what a briefing made on `day` says about a month: all of it, or what of it is past.

    Raises: MonthAhead if the month begins after `day`.
    """
    month_on = month_of(month_on)
    if month_on > day:
        raise MonthAhead(month=spoken(month_on), day=day)
    return BriefingMonth(month_on, min(last_day(month_on), day), month_on - timedelta(days=1))


def usual_month(day: date) -> date:
    """Return the first day of the last month that is complete by `day`, which may be its last day."""
    return month_of(day) if last_day(day) == day else month_of(month_of(day) - timedelta(days=1))


def recent_months(day: date) -> list[date]:
    """Return the first days of the month of `day` and those before it, newest first."""
    months = [month_of(day)]
    while len(months) < MOST_MONTHS:
        months.append(month_of(months[-1] - timedelta(days=1)))
    return months
