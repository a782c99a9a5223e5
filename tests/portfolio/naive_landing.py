"""The landing curve once more, in plain Python and exact fractions, as slowly as the definition reads."""

from datetime import date, timedelta
from fractions import Fraction

from tests.portfolio.naive_figures import Tables, naive_landed_on
from tracker.rules.term import term_end

LANDED, ENDED, OPEN = "landed", "ended", "open"


def naive_wait(tables: Tables, agreement_id: int, as_of: date) -> tuple[int, str] | None:
    """Return how many days an agreement waited, and for what; None unless it is signed by `as_of`.

    For agreements of one party, without renewals, supplements or further baselines.
    """
    agreement = next(a for a in tables["agreement"] if a["id"] == agreement_id)
    signed_on = next(p["signed_on"] for p in tables["party"] if p["agreement_id"] == agreement_id)
    if signed_on > as_of:
        return None
    projects = [p["id"] for p in tables["project"] if p["agreement_id"] == agreement_id]
    landings = [day for p in projects if (day := naive_landed_on(tables, p, as_of))]
    if landings:
        return max(0, (min(landings) - signed_on).days), LANDED
    ends = [agreement["terminated_on"]] if agreement.get("terminated_on") else []
    if agreement["term_months"]:
        last = term_end(agreement["effective_on"] or signed_on, agreement["term_months"])
        ends.append(last + timedelta(days=1))
    past = [day for day in ends if day <= as_of]
    if past:
        return max(0, (min(past) - signed_on).days), ENDED
    return (as_of - signed_on).days, OPEN


def naive_curve(waits: list[tuple[int, str]], longest: int) -> list[tuple[int, int, Fraction]]:
    """Return (days, at risk, share landed) of day 0, each day on which anything happened, and the last."""
    rows, landed_share, still_waiting = [], Fraction(0), Fraction(1)
    for day in sorted({0, longest, *(days for days, _ in waits)}):
        at_risk = sum(1 for days, _ in waits if days >= day)
        landed = sum(1 for wait in waits if wait == (day, LANDED))
        ended = sum(1 for wait in waits if wait == (day, ENDED))
        if at_risk:
            landed_share += still_waiting * Fraction(landed, at_risk)
            still_waiting *= 1 - Fraction(landed + ended, at_risk)
        rows.append((day, at_risk, landed_share))
    return rows
