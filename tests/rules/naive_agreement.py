"""D1 and D2 once more, one agreement at a time in plain Python, as plainly as the definitions read."""

from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

Row = dict[str, Any]
Tables = dict[str, list[Row]]
_DAY = timedelta(days=1)


def naive_standing(tables: Tables, agreement: Row, as_of: date) -> tuple[str, date | None]:
    """Return the status and the term's end of one agreement on a day."""
    return _status(tables, agreement, as_of), naive_end(tables, agreement, as_of)


def naive_end(tables: Tables, agreement: Row, as_of: date) -> date | None:
    """Return the term's end as it stands on a day: self-renewals and supplements counted."""
    end = _end(tables, agreement, as_of, until=as_of)
    last = _end(tables, agreement, as_of, until=None)
    mine = [s for s in tables["supplement"] if s["agreement_id"] == agreement["id"]]
    for supplement in sorted(mine, key=lambda s: (s["signed_on"] or date.max, s["id"])):
        signed, new_end = supplement["signed_on"], supplement["new_end_on"]
        if new_end is None or signed is None or signed > as_of:
            continue
        if last is None or (supplement["effective_on"] or signed) <= last + _DAY:
            end = last = new_end
    return end


def naive_signed_on(tables: Tables, agreement: Row, as_of: date) -> date | None:
    """Return the day of the last required signature, None while one is missing or to come."""
    parties = [p for p in tables["party"] if p["agreement_id"] == agreement["id"] and p["required"]]
    days = [p["signed_on"] for p in parties]
    if not days or any(day is None or day > as_of for day in days):
        return None
    return max(days)


def _end(tables: Tables, agreement: Row, as_of: date, *, until: date | None) -> date | None:
    """The end after as many renewals as it takes to reach `until`, or after all that can still happen."""
    turn = 0
    end = _nth_end(tables, agreement, as_of, turn)
    while end is not None and (until is None or end < until) and _renews(agreement, end, turn, as_of):
        turn += 1
        end = _nth_end(tables, agreement, as_of, turn)
    return end


def _nth_end(tables: Tables, agreement: Row, as_of: date, turn: int) -> date | None:
    start = agreement["effective_on"] or naive_signed_on(tables, agreement, as_of)
    months = agreement["term_months"]
    again = agreement["renewal_term_months"] or months or 0
    if agreement["end_on"]:
        return agreement["end_on"] + _DAY + relativedelta(months=turn * again) - _DAY
    if start is None or months is None:
        return None
    return start + relativedelta(months=months + turn * again) - _DAY


def _renews(agreement: Row, end: date, turn: int, as_of: date) -> bool:
    if not (agreement["renewal_term_months"] or agreement["term_months"]):
        return False
    notice = agreement["non_renewal_notice_on"]
    deadline = end - timedelta(days=agreement["notice_days"])
    stopped = notice is not None and notice <= as_of and notice <= deadline
    return turn < agreement["renewals_allowed"] and not stopped


def _status(tables: Tables, agreement: Row, as_of: date) -> str:
    signed = naive_signed_on(tables, agreement, as_of)
    if over := _over(tables, agreement, as_of):
        return over
    if signed is None:
        return _stage(tables, agreement, as_of)
    if (agreement["effective_on"] or signed) > as_of:
        return "not_yet_effective"
    end = naive_end(tables, agreement, as_of)
    if end is not None and end < as_of:
        return "expired"
    if _rests(tables, agreement, as_of):
        return "suspended"
    if end is not None and (end - as_of).days <= agreement["notice_days"]:
        return "expiring"
    return "active"


def _over(tables: Tables, agreement: Row, as_of: date) -> str | None:
    def by_then(field: str) -> bool:
        return agreement[field] is not None and agreement[field] <= as_of

    if by_then("abandoned_on") and naive_signed_on(tables, agreement, as_of) is None:
        return "abandoned"
    if by_then("terminated_on"):
        return "terminated"
    return "superseded" if _is_superseded(tables, agreement, as_of) else None


def _stage(tables: Tables, agreement: Row, as_of: date) -> str:
    entered = [
        s
        for s in tables["agreement_stage"]
        if s["agreement_id"] == agreement["id"] and s["entered_on"] <= as_of
    ]
    return max(entered, key=lambda s: (s["entered_on"], s["id"]))["stage"] if entered else "draft"


def _rests(tables: Tables, agreement: Row, as_of: date) -> bool:
    return any(
        s["agreement_id"] == agreement["id"] and s["from_on"] <= as_of <= (s["to_on"] or date.max)
        for s in tables["suspension"]
    )


def _is_superseded(tables: Tables, agreement: Row, as_of: date) -> bool:
    for renewal in tables["agreement"]:
        if renewal["renewal_of_id"] == agreement["id"] and renewal["opened_on"] <= as_of:
            signed = naive_signed_on(tables, renewal, as_of)
            if signed is not None and max(signed, renewal["effective_on"] or signed) <= as_of:
                return True
    return False
