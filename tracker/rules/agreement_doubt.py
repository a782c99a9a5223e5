"""What is odd about an agreement as entered: told beside the field, never refused."""

from datetime import date

from dateutil.relativedelta import relativedelta

from db.models.agreement import AgreementFields
from tracker.errors import N_, TrackerError

_LONG_MONTHS = 240
_LATE_DAYS = 366


class LongTerm(TrackerError):
    """A term of more than twenty years."""

    sentence = N_("A term of more than 20 years is unusual; is it right?")


class EffectiveBeforeSigning(TrackerError):
    """It takes effect before it was signed."""

    sentence = N_("It takes effect on {effective_on}, before it is signed; is that right?")


class EffectiveLate(TrackerError):
    """It takes effect more than a year after it was signed."""

    sentence = N_("It takes effect more than a year after it is signed; is that right?")


class ShortMonth(TrackerError):
    """The term ends in a month that lacks the day it began on."""

    sentence = N_(
        "The term begins on day {day}, which the last month lacks; it is counted to that month's last day."
    )


def doubts(draft: AgreementFields, signed_on: date | None) -> list[TrackerError]:
    """Return what is odd about the dates and the term, each as an error that is only shown."""
    found: list[TrackerError] = []
    start = draft.effective_on or signed_on
    if start is None:
        return found
    if signed_on and start < signed_on:
        found.append(EffectiveBeforeSigning(field="effective_on", effective_on=start))
    if signed_on and (start - signed_on).days > _LATE_DAYS:
        found.append(EffectiveLate(field="effective_on"))
    months = draft.term_months
    if (months or 0) > _LONG_MONTHS or (
        draft.end_on and draft.end_on > start + relativedelta(months=_LONG_MONTHS)
    ):
        found.append(LongTerm(field="term_months" if months else "end_on"))
    if (
        months
        and start.year + months // 12 < 2199
        and (start + relativedelta(months=months)).day != start.day
    ):
        found.append(ShortMonth(field="term_months", day=start.day))
    return found
