"""Every milestone as plan, forecast and credit stood on a day: what states, slips and sums start from."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.rules.milestone import effective_finish


def steps_in_force(portfolio: Portfolio, as_of: date) -> pl.LazyFrame:
    """Return the milestones of projects opened by `as_of`, lazily and in no order.

    The columns of the prepared plan but for its periods, and current_due_on (D6: of the newest baseline
    approved by as_of, else the typed one) and effective_finish_on (D7). What waits for what is not looked
    at, so that dependencies can be worked out on these rows.
    """
    in_force = (pl.col("in_force_from") <= as_of) & (pl.col("in_force_until") > as_of)
    return (
        portfolio["plan"]
        .lazy()
        .filter(in_force & (pl.col("project_opened_on") <= as_of))
        .with_columns(current_due_on=pl.coalesce("baseline_due_on", "due_on"))
        .with_columns(effective_finish_on=effective_finish(as_of))
        .drop("in_force_from", "in_force_until", "project_opened_on")
    )


def proven_ids(portfolio: Portfolio) -> pl.Series:
    """Return the ids of the milestones with a file, a link or a named witness that proves them, each once."""
    files = portfolio["document"].filter(
        (pl.col("kind") == "evidence") & pl.col("milestone_id").is_not_null()
    )
    told = portfolio["milestone"].filter(
        (pl.col("evidence_link").fill_null("") != "") | (pl.col("evidence_witness").fill_null("") != "")
    )
    return portfolio.once(
        "proven_ids", lambda: pl.concat([files["milestone_id"], told["id"]]).unique().alias("id")
    )
