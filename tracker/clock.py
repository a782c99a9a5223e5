"""The one place that asks what day it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in(zone: ZoneInfo) -> date:
    """Return the calendar day in `zone` now."""
    return datetime.now(zone).date()
