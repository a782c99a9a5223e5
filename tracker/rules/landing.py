"""D5: what became of a signed agreement on the way to landing, and how long that took."""

from datetime import date
from enum import StrEnum
from math import ceil
from typing import Final

import polars as pl

from tracker.errors import N_
from tracker.rules.agreement import Status
from tracker.rules.first_match import first_match

# A mean month of the Gregorian calendar; days are what is counted, months are how they are read.
DAYS_A_MONTH: Final = 365.2425 / 12
YEAR_DAYS: Final = 365
# How long after a signing event it is looked at again.
HORIZONS: Final = (30, 90, 180, 365)


class Outcome(StrEnum):
    """What a signed agreement has come to; the first that holds wins, in this order."""

    landed = "landed"
    terminated = "terminated"
    expired = "expired"
    open = "open"


OUTCOME_NAMES: Final = {
    Outcome.landed: N_("landed"),
    Outcome.terminated: N_("terminated without landing"),
    Outcome.expired: N_("expired without landing"),
    Outcome.open: N_("still on the way"),
}


def outcome() -> pl.Expr:
    """Return the outcome as text.

    Reads landed_on and term_status: the status (D1) of the agreement whose term binds, its own or, once it
    is superseded, its renewal's. An agreement that lands after its term ended has landed all the same.
    """
    ended = pl.col("term_status")
    rules = [
        (pl.col("landed_on").is_not_null(), Outcome.landed),
        (ended == Status.terminated.value, Outcome.terminated),
        (ended == Status.expired.value, Outcome.expired),
    ]
    return first_match(rules, Outcome.open)


def outcome_day(as_of: date) -> pl.Expr:
    """Return the day of the outcome; of what is still open it is `as_of`, up to which it was seen.

    A term that ends today is still in force, so that it competes from the day after. Of two ends the earlier
    is the day. Reads outcome, landed_on, term_terminated_on and term_end_on.
    """
    terminated_on = pl.when(pl.col("term_terminated_on") <= as_of).then("term_terminated_on")
    day_after_term = pl.col("term_end_on") + pl.duration(days=1)
    expired_on = pl.when(day_after_term <= as_of).then(day_after_term)
    rules = [
        (pl.col("outcome") == Outcome.landed.value, pl.col("landed_on")),
        (pl.col("outcome") != Outcome.open.value, pl.min_horizontal(terminated_on, expired_on)),
    ]
    return first_match(rules, pl.lit(as_of))


def waited_days() -> pl.Expr:
    """Return the days from signing to the outcome, 0 where that came before the last signature.

    Reads signed_on and outcome_on.
    """
    return (pl.col("outcome_on") - pl.col("signed_on")).dt.total_days().clip(lower_bound=0)


def months_of(days: float) -> float:
    """Return days as months of mean length, to one decimal."""
    return round(days / DAYS_A_MONTH, 1)


def days_in(months: int) -> int:
    """Return the first whole day that lies no earlier than so many months of mean length."""
    return ceil(months * DAYS_A_MONTH)
