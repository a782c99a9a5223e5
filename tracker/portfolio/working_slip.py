"""Slips of a project's milestones in Chinese working days beside calendar days (D7)."""

from datetime import date

import polars as pl

from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.working_day import working_calendar
from tracker.rules.milestone import is_cancelled
from tracker.rules.working_day import WorkingCalendar, working_days_between

_SINCE = {"original": "original_due_on", "current": "baseline_due_on"}


def working_slips(portfolio: Portfolio, as_of: date, project_id: int) -> pl.DataFrame:
    """Return the slips of a project's uncancelled milestones, in the plan's order.

    Columns id, name, effective_finish_on, original_due_on, baseline_due_on, slip_original_days and
    slip_current_days (calendar days), working_original_days and working_current_days (signed working days;
    null where the calendar ones are) and is_provisional (days of a year without a published notice count).
    """
    rows = milestones_as_of(portfolio, as_of).filter(~is_cancelled(as_of), pl.col("project_id") == project_id)
    calendar = working_calendar(portfolio.whole)
    days = {
        name: [_between(calendar, *pair) for pair in rows.select(since, "effective_finish_on").iter_rows()]
        for name, since in _SINCE.items()
    }
    provisional = [
        _is_provisional(calendar, found)
        for found in rows.select(*_SINCE.values(), "effective_finish_on").iter_rows()
    ]
    return rows.select(
        *("id", "name", "effective_finish_on", *_SINCE.values(), "slip_original_days", "slip_current_days"),
        *(pl.Series(f"working_{name}_days", values, dtype=pl.Int64) for name, values in days.items()),
        pl.Series("is_provisional", provisional, dtype=pl.Boolean),
    )


def _between(calendar: WorkingCalendar, since: date | None, finish: date | None) -> int | None:
    return working_days_between(since, finish, calendar) if since and finish else None


def _is_provisional(calendar: WorkingCalendar, days: tuple[date | None, ...]) -> bool:
    *since, finish = days
    planned = [day for day in since if day]
    if not planned or finish is None:
        return False
    years = range(min(*planned, finish).year, max(*planned, finish).year + 1)
    return any(calendar.is_provisional(year) for year in years)
