"""The term that binds what an agreement brought about: its own, or its renewal's once it is superseded."""

from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.model import Portfolio
from tracker.rules.agreement import Status

_LONGEST_CHAIN = 100


def terms_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return one row per agreement opened by `as_of`, in no particular order.

    Columns: agreement_id, term_agreement_id (itself, or the last of its renewals in force), term_status (D1),
    term_end_on (null: open-ended or not signed), term_days_left.
    """
    return portfolio.once(("terms", as_of), lambda: _terms(portfolio, as_of))


def remember_terms(portfolio: Portfolio, as_of: date, terms: pl.DataFrame) -> None:
    """Keep the terms that were worked out from the same agreements for another question about them."""
    portfolio.once(("terms", as_of), lambda: terms)


def _terms(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    # A renewal can lie outside the scope; the term it gives is the same for everybody.
    agreements = agreements_as_of(portfolio.whole, as_of)
    signed = pl.when("is_signed")
    standing = agreements.select(
        term_agreement_id="id",
        term_status="status",
        term_end_on=signed.then("term_end_on"),
        term_days_left=signed.then("days_left"),
    )
    rows = agreements_as_of(portfolio, as_of).select(agreement_id="id", term_agreement_id="id")
    hops = _hops(agreements, as_of)
    # Renewals of renewals are followed to the last; entered in a round, they end somewhere all the same.
    for _ in range(_LONGEST_CHAIN):
        rows = rows.join(hops, on="term_agreement_id", how="left")
        if rows["renewal_id"].null_count() == rows.height:
            return rows.drop("renewal_id").join(standing, on="term_agreement_id")
        rows = rows.select("agreement_id", term_agreement_id=pl.coalesce("renewal_id", "term_agreement_id"))
    return rows.join(standing, on="term_agreement_id")


def _hops(agreements: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return term_agreement_id and renewal_id of each superseded agreement: its renewal newest in force."""
    superseded = agreements.filter(pl.col("status") == Status.superseded.value).select(term_agreement_id="id")
    return (
        agreements.filter("is_signed", pl.col("renewal_of_id").is_not_null())
        .with_columns(since_on=pl.max_horizontal("signed_on", "effective_on"))
        .filter(pl.col("since_on") <= as_of)
        .sort("since_on", "id")
        .unique("renewal_of_id", keep="last")
        .select(term_agreement_id="renewal_of_id", renewal_id="id")
        .join(superseded, on="term_agreement_id", how="semi")
    )
