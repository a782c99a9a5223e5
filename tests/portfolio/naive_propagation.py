"""A second implementation of D12, slow and plain: go over all dependencies until nothing moves any more."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tracker.rules.working_day import LAST_DAY, WorkingCalendar

Row = dict[str, Any]


def naive_dates(
    steps: Sequence[Row], links: Sequence[Row], as_of: date, calendar: WorkingCalendar
) -> dict[int, tuple[date, date]]:
    """Return (start, finish) by milestone, of typed plans with known dates, cancelled ones left out."""
    standing = [s for s in steps if not (s["cancelled_on"] and s["cancelled_on"] <= as_of)]
    known = {s["id"]: s for s in standing}
    dates = {s["id"]: _own(s, as_of) for s in standing}
    counted = [k for k in links if k["predecessor_id"] in known and k["successor_id"] in known]
    moved = True
    while moved:
        moved = False
        for link in counted:
            step = known[link["successor_id"]]
            if _is_met(step, as_of):
                continue
            before = dates[link["predecessor_id"]]
            wanted = _after(dates[step["id"]], before, link, (_days(step), calendar))
            if wanted != dates[step["id"]]:
                dates[step["id"]], moved = wanted, True
    return dates


def _is_met(step: Row, as_of: date) -> bool:
    return bool(step["met_on"] and step["met_on"] <= as_of)


def _days(step: Row) -> int:
    return max((step["due_on"] - step["start_on"]).days, 0) if step["start_on"] else 0


def _own(step: Row, as_of: date) -> tuple[date, date]:
    finish = step["met_on"] if _is_met(step, as_of) else max(as_of, step["forecast_on"] or step["due_on"])
    return min(step["start_on"] or finish, finish), finish


def _after(
    now: tuple[date, date], before: tuple[date, date], link: Row, known: tuple[int, WorkingCalendar]
) -> tuple[date, date]:
    days, calendar = known
    base = before[0] if link["kind"] == "SS" else before[1]
    if link["in_working_days"]:
        bound = calendar.add(base, link["lag_days"])
    else:
        bound = _capped(base, link["lag_days"])
    if link["kind"] == "FF":
        return now[0], max(now[1], bound)
    return max(now[0], bound), max(now[1], _capped(bound, days))


def _capped(day: date, days: int) -> date:
    return LAST_DAY if (LAST_DAY - day).days < days else day + timedelta(days=days)
