"""Agreements as of a day: signing, term and status of each (D1–D3)."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.rules.agreement import status
from tracker.rules.term import current_end, last_possible_end


def agreements_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the agreements opened by `as_of`, one row each, ordered by signing day, then number.

    The columns of FACTS["agreement"] and: signed_on (latest of the required parties, null while one is
    missing or later than as_of), stage, effective_on (signed_on where none is recorded), term_end_on (null:
    open-ended), last_end_on (after every self-renewal that can still happen), decision_on (last day to decide
    on the renewal), days_left (negative once past), suspended_from, superseded_on, status (text, see
    rules.agreement.Status), is_signed.
    """
    return portfolio.once(("agreements", as_of), lambda: _agreements(portfolio, as_of))


def county_parties(portfolio: Portfolio) -> pl.DataFrame:
    """Return agreement_id, division_id, level, province_id of every county-side division, each pair once.

    A joint agreement has one row per division, so it counts in each one's own row (D3).
    """
    divisions = portfolio["division"].select("level", "province_id", division_id="id")
    return portfolio.once(
        "county_parties",
        lambda: (
            portfolio["party"]
            .filter((pl.col("side") == "county") & pl.col("division_id").is_not_null())
            .select("agreement_id", "division_id")
            .unique(maintain_order=True)
            .join(divisions, on="division_id", how="left", maintain_order="left")
        ),
    )


def _agreements(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    facts = portfolio["agreement"].filter(pl.col("opened_on") <= as_of)
    frame = (
        facts.join(_signatures(portfolio, as_of), on="id", how="left")
        .join(_stages(portfolio, as_of), on="id", how="left")
        .join(_suspensions(portfolio, as_of), on="id", how="left")
        .with_columns(effective_on=pl.coalesce("effective_on", "signed_on"))
        .with_columns(term_end_on=current_end(as_of), last_end_on=last_possible_end(as_of))
    )
    frame = _with_supplements(frame, portfolio, as_of)
    frame = frame.join(_superseded(frame, as_of), on="id", how="left")
    return (
        frame.with_columns(
            decision_on=pl.col("term_end_on") - pl.duration(days=pl.col("notice_days")),
            days_left=(pl.col("term_end_on") - as_of).dt.total_days(),
            is_signed=pl.col("signed_on").is_not_null(),
            status=status(as_of),
        )
    ).sort("signed_on", "number", nulls_last=True)


def _signatures(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    required = portfolio["party"].filter("required")
    return (
        required.group_by("agreement_id")
        .agg(missing=pl.col("signed_on").is_null().any(), signed_on=pl.col("signed_on").max())
        .filter(~pl.col("missing") & (pl.col("signed_on") <= as_of))
        .select("signed_on", id="agreement_id")
    )


def _stages(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    return (
        portfolio["agreement_stage"]
        .filter(pl.col("entered_on") <= as_of)
        .sort("entered_on", "id")
        .group_by("agreement_id")
        .agg(stage=pl.col("stage").last())
        .rename({"agreement_id": "id"})
    )


def _suspensions(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    return (
        running_suspensions(portfolio, as_of)
        .filter(pl.col("agreement_id").is_not_null())
        .group_by("agreement_id")
        .agg(suspended_from=pl.col("from_on").min())
        .rename({"agreement_id": "id"})
    )


def running_suspensions(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the suspensions that `as_of` lies inside, both ends included."""
    ends_later = pl.col("to_on").is_null() | (pl.col("to_on") >= as_of)
    return portfolio["suspension"].filter((pl.col("from_on") <= as_of) & ends_later)


def _with_supplements(frame: pl.DataFrame, portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Apply signed supplements that change the term, oldest signature first, so that the newest wins."""
    changes = (
        portfolio["supplement"]
        .filter(pl.col("new_end_on").is_not_null() & (pl.col("signed_on") <= as_of))
        .sort("signed_on", "id")
        .select(
            "new_end_on",
            takes_effect_on=pl.coalesce("effective_on", "signed_on"),
            id="agreement_id",
            turn=pl.int_range(pl.len()).over("agreement_id"),
        )
    )
    for _, turn in sorted(changes.partition_by("turn", as_dict=True).items()):
        in_time = pl.col("last_end_on").is_null() | (
            pl.col("takes_effect_on") <= pl.col("last_end_on") + pl.duration(days=1)
        )
        counts = pl.col("new_end_on").is_not_null() & in_time
        frame = (
            frame.join(turn.drop("turn"), on="id", how="left")
            .with_columns(
                pl.when(counts).then("new_end_on").otherwise("term_end_on").alias("term_end_on"),
                pl.when(counts).then("new_end_on").otherwise("last_end_on").alias("last_end_on"),
            )
            .drop("new_end_on", "takes_effect_on")
        )
    return frame


def _superseded(frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The day on which a signed renewal of an agreement took effect, for those it has by `as_of`."""
    return (
        frame.filter(pl.col("renewal_of_id").is_not_null() & pl.col("signed_on").is_not_null())
        .with_columns(superseded_on=pl.max_horizontal("signed_on", "effective_on"))
        .filter(pl.col("superseded_on") <= as_of)
        .group_by("renewal_of_id")
        .agg(pl.col("superseded_on").min())
        .rename({"renewal_of_id": "id"})
    )
