"""What each agreement has led to by a day: a plan, a start, a landing, an upgrade (D4)."""

from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of

_FOLLOWING = ("specific", "contract")


def reached_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the agreements opened by `as_of` that led to anything, one row each, in no order.

    Columns: agreement_id, is_decomposed (a project with an approved plan), is_performed (a project started),
    is_live (a project is live), is_landed (a project landed, D5), is_upgraded (a signed specific agreement or
    contract follows it).

    A joint agreement may have led to something outside the person's scope: it is the same for everybody.
    """
    return portfolio.whole.once(("reached", as_of), lambda: _reached(portfolio.whole, as_of))


def _reached(whole: Portfolio, as_of: date) -> pl.DataFrame:
    by_project = (
        projects_as_of(whole, as_of)
        .select(
            "agreement_id",
            is_decomposed=pl.col("approved_on").is_not_null(),
            is_performed=(pl.col("started_on") <= as_of).fill_null(value=False),
            is_live=(pl.col("live_on") <= as_of).fill_null(value=False),
            is_landed=pl.col("landed_on").is_not_null(),
        )
        .group_by("agreement_id")
        .agg(pl.col("is_decomposed", "is_performed", "is_live", "is_landed").any())
    )
    upgraded = (
        agreements_as_of(whole, as_of)
        .filter(pl.col("is_signed") & pl.col("kind").is_in(_FOLLOWING) & pl.col("parent_id").is_not_null())
        .select(pl.col("parent_id").unique().alias("agreement_id"))
        .with_columns(is_upgraded=True)
    )
    marks = by_project.join(upgraded, on="agreement_id", how="full", coalesce=True)
    return marks.with_columns(pl.selectors.boolean().fill_null(value=False))
