"""Read a day that a person typed or pasted. What can be meant in two ways is asked about, never guessed."""

import re
import unicodedata
from datetime import date

from tracker.errors import N_, DateOutOfRange, TrackerError

_FIRST, _LAST = date(1949, 10, 1), date(2199, 12, 31)
_WRITTEN = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_SERIAL = re.compile(r"\d{1,7}(\.0)?")


class NotADay(TrackerError):
    """A text that is no day in any writing the product reads."""

    sentence = N_("“{text}” is not a date. Write for example 2020-07-17, 2020/7/17 or 2020年7月17日.")


class NoSuchDay(TrackerError):
    """A day the calendar does not have."""

    sentence = N_("“{text}” is not in the calendar.")


class AmbiguousDay(TrackerError):
    """A day whose month and day could be taken for each other."""

    sentence = N_("“{text}” can be read in more than one way. Write the year first, for example 2020-07-17.")


class SerialDay(TrackerError):
    """A bare number: a spreadsheet's count of days, which starts on different days in different books."""

    sentence = N_("“{text}” is a spreadsheet's day number. Format the column as dates before copying.")


class RepublicanDay(TrackerError):
    """A day counted in years of the Republic of China."""

    sentence = N_("“{text}” counts years from 1912. Write the year in four digits, for example 2020-07-17.")


def read_day(text: str, field: str = "") -> date | None:
    """Return the day written in `text`, None if it is blank.

    Read are 2020/7/17, 2020-7-17, 2020.7.17, 20200717 and 2020年7月17日, full-width digits too.
    Raises: NotADay, NoSuchDay, AmbiguousDay, SerialDay, RepublicanDay, DateOutOfRange.
    """
    # NFKC turns full-width digits and punctuation into plain ones.
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return None
    found = _WRITTEN.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if not found:
        raise _problem(plain)(field=field, text=text.strip())
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise NoSuchDay(field=field, text=text.strip()) from error
    if not _FIRST <= day <= _LAST:
        raise DateOutOfRange(field=field)
    return day


def _problem(plain: str) -> type[TrackerError]:
    if plain.startswith(("民国", "中华民国")):
        return RepublicanDay
    if _YEAR_LAST.fullmatch(plain):
        return AmbiguousDay
    return SerialDay if _SERIAL.fullmatch(plain) else NotADay
