"""The organisation's working calendar, from the facts."""

from tracker.portfolio.model import Portfolio
from tracker.rules.working_day import WorkingCalendar


def working_calendar(portfolio: Portfolio) -> WorkingCalendar:
    """Return the published calendar with the organisation's own days over it; the same for everybody."""
    days = portfolio["calendar_day"]
    return portfolio.once(
        "working_calendar", lambda: WorkingCalendar(dict(days.select("day", "is_working").iter_rows()))
    )
