"""D2: when an agreement's term ends."""

from datetime import date, timedelta

import polars as pl
from dateutil.relativedelta import relativedelta

_ONE_DAY = pl.duration(days=1)


def term_end(effective_on: date, term_months: int) -> date:
    """Return the last day of a term, `effective_on` included; a month too short ends it on its last day.

    The one-record twin of `current_end`, for a form that shows the end as one types.
    Raises: OverflowError, ValueError past year 9999.
    """
    return effective_on + relativedelta(months=term_months) - timedelta(days=1)


def current_end(as_of: date) -> pl.Expr:
    """Return the term's end as it stands on `as_of`, self-renewals counted, supplements not; null if open.

    Reads effective_on, term_months, end_on (typed), renewals_allowed, renewal_term_months, notice_days,
    non_renewal_notice_on.
    """
    return _end_after(_renewals(as_of))


def last_possible_end(as_of: date) -> pl.Expr:
    """Return the end after every self-renewal that can still happen. Reads the columns of `current_end`."""
    return _end_after(_renewals_possible(as_of))


def renewed_on(as_of: date) -> pl.Expr:
    """Return the first day of the term that `current_end` closes, null while that is the first term.

    Reads the columns of `current_end`.
    """
    renewals = _renewals(as_of)
    return pl.when(renewals > 0).then(_end_after(renewals - 1) + _ONE_DAY)


def next_end(as_of: date) -> pl.Expr:
    """Return the end after one more self-renewal than `current_end` counts; null where none can follow.

    Reads the columns of `current_end`.
    """
    return pl.when(_renewals(as_of) < _renewals_possible(as_of)).then(_end_after(_renewals(as_of) + 1))


def months_later(start: pl.Expr, months: pl.Expr) -> pl.Expr:
    """Return `start` moved by whole months, clamped to the month's last day."""
    return start.dt.offset_by(pl.format("{}mo", months))


def _origin() -> pl.Expr:
    # A typed end renews from the day after it; a term is always counted from its start, so as not to drift.
    typed = pl.col("end_on") + _ONE_DAY
    return pl.when(pl.col("end_on").is_not_null()).then(typed).otherwise(pl.col("effective_on"))


def _first_months() -> pl.Expr:
    return pl.when(pl.col("end_on").is_not_null()).then(0).otherwise(pl.col("term_months"))


def _renewal_months() -> pl.Expr:
    return pl.coalesce("renewal_term_months", "term_months")


def _end_after(renewals: pl.Expr) -> pl.Expr:
    months = _first_months() + renewals.fill_null(0) * _renewal_months().fill_null(0)
    return months_later(_origin(), months) - _ONE_DAY


def _renewals(as_of: date) -> pl.Expr:
    return pl.min_horizontal(_renewals_to_reach(pl.lit(as_of)), _renewals_possible(as_of))


def _renewals_to_reach(day: pl.Expr) -> pl.Expr:
    """The smallest k with End(k) ≥ day, not limited by what is allowed."""
    origin = _origin()
    apart = (day.dt.year() - origin.dt.year()).cast(pl.Int64) * 12 + (
        day.dt.month().cast(pl.Int64) - origin.dt.month().cast(pl.Int64)
    )
    k = (apart - _first_months()).floordiv(_renewal_months()).clip(lower_bound=0)
    # Only a later day within the same month can already reach it; otherwise one more period is needed.
    return pl.when(_end_after(k) >= day).then(k).otherwise(k + 1)


def _renewals_possible(as_of: date) -> pl.Expr:
    allowed = pl.when(_renewal_months().is_null()).then(0).otherwise(pl.col("renewals_allowed"))
    notice = pl.col("non_renewal_notice_on")
    # A notice stops the first renewal whose decision deadline it does not miss.
    deadline_met = _renewals_to_reach(notice + pl.duration(days=pl.col("notice_days")))
    stopped = pl.when(notice <= as_of).then(deadline_met)
    return pl.min_horizontal(allowed, stopped)
