"""What was promised at each signing event, and what existed of it 30, 90, 180 and 365 days later."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.agreement import county_parties
from tracker.portfolio.figure_span import agreement_spans, gate_spans, project_spans
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_agreements
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.landing import HORIZONS

# What an agreement can have come to, counted once however many projects it has.
STAGES = ("signed", "decomposed", "started", "landed", "live", "terminated")


def follow_ups(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return the events held by `as_of` with an agreement in the part: a row for each day looked at again.

    Columns: event_id, name, held_on, horizon_days (one of HORIZONS; null: on `as_of`), day, is_ahead (after
    `as_of`), promised (agreements opened by as_of), then how many of them by that day were signed, and of the
    signed ones decomposed (a project has an approved plan), started, landed (D5), live (a project is) and
    terminated; null where the day lies ahead. A joint agreement counts once (D3). What an agreement led to
    outside the person's scope counts for everybody. Newest event first, its days in order. few (see
    rules.threshold) is what an N must reach not to be marked.
    """
    return portfolio.once(("follow_ups", as_of, part), lambda: _follow_ups(portfolio, as_of, part))


@dataclass(frozen=True)
class Promise:
    """What was promised at an event: agreements opened by the day looked at, and how many were signed there.

    `counties` counts the different counties among their parties, `above` the prefectures and provinces.
    `pillars` has name_zh, name_en and agreements, which are in each of their pillars; `amounts` has currency,
    cents and agreements: the sum of those that state one.
    """

    agreements: int
    signed_that_day: int
    counties: int
    above: int
    pillars: pl.DataFrame
    amounts: pl.DataFrame


def promise(portfolio: Portfolio, as_of: date, event_id: int) -> Promise:
    """Return what was promised at an event."""
    rows = part_agreements(portfolio, as_of, Part(event_id=event_id))
    ours = rows.select(agreement_id="id")
    levels = (
        county_parties(portfolio).join(ours, on="agreement_id", how="semi").unique("division_id")["level"]
    )
    held = portfolio["signing_event"].filter(pl.col("id") == event_id).select("held_on", event_id="id")
    signed = rows.join(held, on="event_id").filter(pl.col("signed_on") <= pl.col("held_on"))
    counties = int((levels == "county").sum())
    return Promise(
        agreements=rows.height,
        signed_that_day=signed.height,
        counties=counties,
        above=levels.len() - counties,
        pillars=_pillars(portfolio, ours),
        amounts=rows.filter(pl.col("amount_cents") > 0)
        .group_by("currency")
        .agg(cents=pl.col("amount_cents").sum(), agreements=pl.len())
        .sort("currency"),
    )


def _pillars(portfolio: Portfolio, ours: pl.DataFrame) -> pl.DataFrame:
    pillars = portfolio["pillar"].select("name_zh", "name_en", "position", pillar_id="id")
    counts = (
        portfolio["agreement_pillar"]
        .join(ours, on="agreement_id", how="semi")
        .group_by("pillar_id")
        .agg(agreements=pl.len())
    )
    return counts.join(pillars, on="pillar_id").sort("position", "pillar_id").drop("position", "pillar_id")


def _follow_ups(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    agreements = part_agreements(portfolio, as_of, part).filter(pl.col("event_id").is_not_null())
    grid = _days(portfolio, agreements, as_of)
    looked_at = agreements.select("event_id", "terminated_on", agreement_id="id").join(
        grid.filter(~pl.col("is_ahead")), on="event_id"
    )
    stood = _standing(portfolio, looked_at)
    counts = stood.group_by("event_id", "day").agg(pl.col(STAGES).sum().cast(pl.Int64))
    promised = agreements.group_by("event_id").agg(promised=pl.len().cast(pl.Int64))
    return (
        grid.join(promised, on="event_id")
        .join(counts, on=["event_id", "day"], how="left")
        .with_columns(few=pl.lit(thresholds_as_of(portfolio, as_of).few_records))
        .sort("held_on", "event_id", "horizon_days", descending=[True, False, False], nulls_last=True)
    )


def _days(portfolio: Portfolio, agreements: pl.DataFrame, as_of: date) -> pl.DataFrame:
    events = portfolio["signing_event"].select("name", "held_on", event_id="id")
    events = events.filter(pl.col("held_on") <= as_of).join(agreements, on="event_id", how="semi")
    horizons = pl.DataFrame({"horizon_days": [*HORIZONS, None]}, {"horizon_days": pl.Int64})
    day = pl.col("held_on") + pl.duration(days=pl.col("horizon_days"))
    return (
        events.join(horizons, how="cross")
        .with_columns(day=day.fill_null(as_of))
        .with_columns(is_ahead=pl.col("day") > as_of)
        .select("event_id", "name", "held_on", "horizon_days", "day", "is_ahead")
    )


def _standing(portfolio: Portfolio, looked_at: pl.DataFrame) -> pl.DataFrame:
    """Return event_id, day and the STAGES as booleans of each agreement on each day looked at."""
    spans = agreement_spans(portfolio).select("signed_from", "decomposed_from", agreement_id="id")
    # The day looked at may be one of the horizons too: each pair counts once.
    pairs = looked_at.unique(["agreement_id", "day"])
    rows = (
        pairs.join(spans, on="agreement_id")
        .join(_first_days(portfolio.whole), on="agreement_id", how="left")
        .join(_landed(portfolio, pairs), on=["agreement_id", "day"], how="left")
    )
    signed = _by("signed_from")
    return rows.select(
        "event_id",
        "day",
        signed=signed,
        decomposed=signed & _by("decomposed_from"),
        started=signed & _by("started_from"),
        landed=signed & pl.col("is_landed").fill_null(value=False),
        live=signed & _by("live_from"),
        terminated=signed & _by("terminated_on"),
    )


def _by(column: str) -> pl.Expr:
    return (pl.col(column) <= pl.col("day")).fill_null(value=False)


def _first_days(whole: Portfolio) -> pl.DataFrame:
    """Return agreement_id, started_from and live_from: the first day one of its projects was so."""
    exists = project_spans(whole).select("id", "exists_from")
    days = whole["project"].select("id", "agreement_id", "started_on", "live_on").join(exists, on="id")
    first = {
        name.replace("_on", "_from"): pl.when(pl.col(name).is_not_null())
        .then(pl.max_horizontal(name, "exists_from"))
        .min()
        for name in ("started_on", "live_on")
    }
    return days.group_by("agreement_id").agg(**first)


def _landed(portfolio: Portfolio, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return agreement_id, day and is_landed of the pairs on whose day a project had landed (D5)."""
    in_force = (pl.col("from_on") <= pl.col("day")) & (pl.col("until_on") > pl.col("day"))
    return (
        pairs.select("agreement_id", "day")
        .join(gate_spans(portfolio), on="agreement_id")
        .filter(in_force)
        .group_by("agreement_id", "day", "project_id")
        .agg(passed_on=pl.col("passed_on").max())
        .filter(pl.col("passed_on") <= pl.col("day"))
        .select("agreement_id", "day", is_landed=True)
        .unique()
    )
