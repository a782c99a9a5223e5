"""A moment to look back to, as an address or a command line writes it in the organisation's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.errors import N_, TrackerError

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?")
_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_INSTANT = timedelta(microseconds=1)


class NotAMoment(TrackerError):
    """A text that is no moment in the way the product writes them."""

    sentence = N_("“{text}” is not a moment. Write for example 2021-06-30 or 2021-06-30T14:30.")


def moment_at(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    """Return the end of a day in `zone`, or of a minute of it, as an aware instant in UTC."""
    begin = datetime.combine(day, at or time(), zone)
    # The length of a day is counted in the zone's own calendar: some have 23 or 25 hours.
    end = begin + (timedelta(minutes=1) if at else timedelta(days=1))
    return end.astimezone(UTC) - _INSTANT


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """Return the moment written as 2021-06-30, the day's end, or 2021-06-30T14:30, the minute's end.

    Raises: NotAMoment.
    """
    found = _WRITTEN.fullmatch(text.strip())
    try:
        day = date.fromisoformat(found[1]) if found else None
        at = time.fromisoformat(found[2]) if found and found[2] else None
    except ValueError as error:
        raise NotAMoment(text=text) from error
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise NotAMoment(text=text)
    return moment_at(day, at, zone)


def written_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as `read_moment` reads it: the day alone if it is the day's end."""
    local = moment.astimezone(zone)
    is_end_of_day = moment == moment_at(local.date(), None, zone)
    return local.strftime("%Y-%m-%d" if is_end_of_day else "%Y-%m-%dT%H:%M")
