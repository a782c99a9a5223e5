"""The terms behind a timeline's rows: when each ends, renews itself, and until when that is to be decided."""

from collections.abc import Set
from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.model import Portfolio
from tracker.rules.agreement import Status
from tracker.rules.term import current_end, next_end, renewed_on

BANDS: dict[str, type[pl.DataType]] = {
    "agreement_id": pl.Int64,
    "agreement_number": pl.String,
    "title": pl.String,
    "status": pl.String,
    "signed_on": pl.Date,
    "effective_on": pl.Date,
    "end_on": pl.Date,
    "row_from": pl.Int64,
    "row_to": pl.Int64,
    "county_id": pl.Int64,
    "group_key": pl.Int64,
    "renewal_of_id": pl.Int64,
    "decision_on": pl.Date,
    "renewed_on": pl.Date,
    "renews_until": pl.Date,
}
# Only while a term runs can it still be decided what follows it.
_RUNNING = (Status.not_yet_effective, Status.suspended, Status.expiring, Status.active)


def one_of(column: str, wanted: Set[int] | Set[str] | None) -> pl.Expr:
    """Whether a column holds one of the values wanted; true for all when none are named."""
    return pl.lit(value=True) if wanted is None else pl.col(column).is_in(list(wanted)).fill_null(value=False)


def terms_shown(
    portfolio: Portfolio, as_of: date, event_ids: Set[int] | None, statuses: Set[str] | None
) -> pl.DataFrame:
    """Return the agreements of the events and statuses wanted, with the columns of BANDS but for the rows.

    A term that was terminated or superseded by `as_of` ends on that day. A decision is due where the term
    would renew itself, or where it expires (D2); one that changed by a supplement does not renew itself.
    """
    terminated = pl.when(pl.col("terminated_on") <= as_of).then("terminated_on")
    running = pl.col("status").is_in([status.value for status in _RUNNING])
    own_term = running & (pl.col("term_end_on") == current_end(as_of))
    follows = pl.when(own_term).then(next_end(as_of))
    decided = running & (follows.is_not_null() | (pl.col("status") == Status.expiring.value))
    return (
        agreements_as_of(portfolio, as_of)
        .filter(one_of("event_id", event_ids), one_of("status", statuses))
        .select(
            *("title", "status", "signed_on", "effective_on", "event_id", "renewal_of_id"),
            agreement_owner="owner",
            agreement_id="id",
            agreement_number="number",
            end_on=pl.min_horizontal("term_end_on", terminated, "superseded_on"),
            decision_on=pl.when(decided).then("decision_on"),
            renewed_on=pl.when(own_term).then(renewed_on(as_of)),
            renews_until=follows,
        )
    )


def bands(rows: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """Return one row per group, county and agreement among numbered rows, with the columns of BANDS."""
    spans = rows.group_by("group_key", "county_id", "agreement_id").agg(
        row_from=pl.col("row").min(), row_to=pl.col("row").max()
    )
    found = spans.join(terms, on="agreement_id").sort("row_from")
    return found.select(pl.col(name).cast(kind) for name, kind in BANDS.items())
