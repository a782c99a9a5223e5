"""Chinese working days: the published holidays and make-up days, and what the organisation says otherwise."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from db.models.calendar_day import CalendarDayFields
from tracker.errors import N_, TrackerError
from tracker.rules.checks import well_formed

# The calendar the product keeps; a count that would leave it stays at its edge.
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is worked or not, where it is not what its weekday says."""

    holiday = "holiday"
    make_up = "make_up"
    override = "override"


class DayTaken(TrackerError):
    """A second entry for a day of the organisation's table."""

    sentence = N_("{day} is in the table already; change that entry instead.")


@dataclass(frozen=True)
class CalendarEntry:
    """One day that differs from its weekday, or that the organisation entered.

    `name` is the holiday's in Chinese and `name_en` in English; both are empty for a make-up day and an
    override. `published` says what the notice or the weekday alone would give: is it a working day?
    """

    day: date
    kind: DayKind
    is_working: bool
    published: bool
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class _PublishedYear:
    holidays: Mapping[date, tuple[str, str]]
    make_up: frozenset[date]


class WorkingCalendar:
    """Which days are worked: those of the published notices, unless `overrides` say otherwise.

    `overrides` maps a day to whether it is worked. A year without a published notice has the holidays the
    law fixes and no make-up days, and is provisional.
    Source: notices of the General Office of the State Council as the package `holidays` transcribes them.
    """

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._sums: dict[int, tuple[int, ...]] = {}

    def is_working(self, day: date) -> bool:
        """Return whether the organisation works on `day`."""
        return self._overrides.get(day, _is_published_working(day))

    def add(self, day: date, number: int) -> date:
        """Return the `number`-th working day after `day`, before it if negative, `day` itself for 0.

        A day beyond the calendar the product keeps becomes its first or last one.
        """
        if number == 0:
            return day
        # The working day sought is the n-th of its year; a count of 0 or less lies in an earlier year.
        sought = self._sum(day) + number
        if number < 0:
            sought += 1 - self.is_working(day)
        year = day.year
        while sought < 1:
            year -= 1
            if year < FIRST_DAY.year:
                return FIRST_DAY
            sought += self._year(year)[-1]
        while sought > (held := self._year(year)[-1]):
            sought -= held
            year += 1
            if year > LAST_DAY.year:
                return LAST_DAY
        return date(year, 1, 1) + timedelta(days=bisect_left(self._year(year), sought))

    def between(self, start: date, end: date) -> int:
        """Return the working days after `start` up to and including `end`; negative if `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        whole_years = sum(self._year(year)[-1] for year in range(start.year, end.year))
        return whole_years + self._sum(end) - self._sum(start)

    def working_days_in(self, year: int) -> int:
        """Return how many days of a year are worked."""
        return self._year(year)[-1]

    def is_provisional(self, year: int) -> bool:
        """Return whether no notice on the year's holidays and make-up days is known yet."""
        return year not in published_years()

    def entries(self, year: int) -> list[CalendarEntry]:
        """Return the year's holidays, make-up days and overrides, one a day, in order."""
        published = _published(year)
        days = {*published.holidays, *published.make_up, *(d for d in self._overrides if d.year == year)}
        return [self._entry(day, published) for day in sorted(days)]

    def _entry(self, day: date, published: _PublishedYear) -> CalendarEntry:
        names = published.holidays.get(day, ("", ""))
        kind = DayKind.holiday if day in published.holidays else DayKind.make_up
        if day in self._overrides:
            kind = DayKind.override
        return CalendarEntry(day, kind, self.is_working(day), _is_published_working(day), *names)

    def _sum(self, day: date) -> int:
        """Return the working days of the day's year up to and including it."""
        return self._year(day.year)[day.timetuple().tm_yday - 1]

    def _year(self, year: int) -> tuple[int, ...]:
        """Return for each day of a year its number of working days so far."""
        if year not in self._sums:
            first = date(year, 1, 1)
            days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
            self._sums[year] = tuple(accumulate(map(int, map(self.is_working, days))))
        return self._sums[year]


class CalendarDayDraft(CalendarDayFields):
    """An entry of the organisation's table as a form sends it."""


def checked_calendar_day(values: dict[str, object]) -> CalendarDayDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    return well_formed(CalendarDayDraft, values)


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Return the signed working days from `start` to `end`: the slip of D7 on request in working days."""
    return calendar.between(start, end)


@lru_cache(maxsize=1)
def published_years() -> frozenset[int]:
    """Return the years whose notice is known."""
    # Half a dozen modules and their tables: imported where first asked, not at the product's start.
    from holidays.countries import China

    return frozenset(China().special_public_holidays)


def _is_published_working(day: date) -> bool:
    published = _published(day.year)
    if day in published.make_up:
        return True
    return day.weekday() < _SATURDAY and day not in published.holidays


@lru_cache(maxsize=512)
def _published(year: int) -> _PublishedYear:
    from holidays.countries import China

    chinese, english = China(years=year, language="zh_CN"), China(years=year, language="en_US")
    # The next year's notice can turn a last December day into a working one.
    make_up = China(years=[year, year + 1]).weekend_workdays
    return _PublishedYear(
        {day: (chinese[day], english[day]) for day in chinese},
        frozenset(day for day in make_up if day.year == year),
    )
