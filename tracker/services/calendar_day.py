"""The organisation's own working days and days of rest: enter, correct and withdraw them, read a year."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models.calendar_day import CalendarDay
from db.queries.calendar_day import calendar_day_on, calendar_days
from db.transaction import Transaction
from tracker.rules.checks import raise_any
from tracker.rules.working_day import (
    CalendarDayDraft,
    CalendarEntry,
    DayTaken,
    WorkingCalendar,
    checked_calendar_day,
)
from tracker.services import record
from tracker.services.desk import Desk


@dataclass(frozen=True)
class CalendarYear:
    """A year's days that differ from their weekdays, and the organisation's own entries by day.

    `working_days` counts them; `is_provisional` says that no notice on the year is known yet.
    """

    year: int
    is_provisional: bool
    working_days: int
    entries: tuple[CalendarEntry, ...]
    own: tuple[CalendarDay, ...]


def add_calendar_day(desk: Desk, values: dict[str, Any], *, token: str = "") -> int:
    """Enter a day that is worked, or not, otherwise than the published calendar says; return its id.

    Raises: NotAllowed, InvalidInput, StorageError.
    """
    desk.allow("calendar.write")
    draft = checked_calendar_day(values)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            _must_be_free(work, draft, None)
            work.outcome = [work.save(CalendarDay.model_validate(draft)).key]
        return work.outcome[0]


def change_calendar_day(
    desk: Desk, calendar_day_id: int, values: dict[str, Any], *, seen: int | None
) -> None:
    """Correct an entry. Raises: NotAllowed, InvalidInput, EditConflict, StorageError."""
    desk.allow("calendar.write")
    draft = checked_calendar_day(values)
    with desk.transaction() as work:
        _must_be_free(work, draft, calendar_day_id)
        record.change(work, work.get(CalendarDay, calendar_day_id), draft, seen=seen)


def archive_calendar_day(desk: Desk, calendar_day_id: int, reason: str) -> None:
    """Withdraw an entry: the day is again what the published calendar says.

    Raises: NotAllowed, ReasonRequired, StorageError.
    """
    desk.allow("calendar.write")
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(CalendarDay, calendar_day_id))


def read_calendar_year(desk: Desk, year: int) -> CalendarYear:
    """Return a year of the calendar, from 1950 to 2199. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        own = calendar_days(session)
        session.expunge_all()
    calendar = WorkingCalendar({day.day: day.is_working for day in own})
    return CalendarYear(
        year,
        calendar.is_provisional(year),
        calendar.working_days_in(year),
        tuple(calendar.entries(year)),
        tuple(day for day in own if day.day.year == year),
    )


def calendar_in(session: Session) -> WorkingCalendar:
    """Return the working calendar as the organisation's table stands."""
    return WorkingCalendar({day.day: day.is_working for day in calendar_days(session)})


def _must_be_free(work: Transaction, draft: CalendarDayDraft, own_id: int | None) -> None:
    found = calendar_day_on(work.session, draft.day)
    if found is not None and found.key != own_id:
        raise_any([DayTaken(field="day", day=draft.day)])
