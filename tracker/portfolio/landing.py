"""How signed agreements come to land: outcome and waiting time of each, and the curve of each cohort (D5)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.course import courses_as_of
from tracker.portfolio.membership import REGIONAL, Grouping, Membership
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_agreements
from tracker.portfolio.region import divisions_within
from tracker.portfolio.term import terms_as_of
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.landing import YEAR_DAYS, Outcome, outcome, outcome_day, waited_days

COHORTS = (Grouping.year, Grouping.pillar, Grouping.province, Grouping.sales_region, Grouping.event)
EVERYTHING = Part()
# As many lines as one tells apart at a glance.
MOST_DRAWN = 5


@dataclass(frozen=True)
class Landings:
    """The landing of cohorts of signed agreements, in one part of the work.

    `cohorts` has one row each, ordered by key: key, label, label_en; signed (N), landed (n), terminated,
    expired and open, which add up to it; seen_days (how long its first agreement has been watched); of those
    watched for a year at least (year_of) the landed within YEAR_DAYS (year_landed); first_days, median_days
    and third_days (the quartiles of the landed ones' days to land; null where none has).

    `steps` has one row per cohort and day on which anything happened, by key and days: key, days (since
    signing), watched (how many were signed at least so long ago), at_risk (still waiting just before),
    landed, ended (terminated or expired without landing), unseen (still waiting on as_of, and so seen no
    longer), and share, the cumulative incidence of landing from that day on (Aalen–Johansen). Each cohort has
    a row at day 0 and one at its seen_days.

    `total` has the counts of the whole part in one row, each agreement once, and none if nothing is signed.
    `in_all` is how many cohorts there are, shown or not; one with fewer than `few` agreements is marked.
    """

    cohorts: pl.DataFrame
    steps: pl.DataFrame
    total: pl.DataFrame
    few: int
    in_all: int

    def is_empty(self) -> bool:
        """Whether there is no cohort at all."""
        return self.cohorts.is_empty()

    def only(self, keys: Collection[int]) -> "Landings":
        """Return the same with these cohorts alone, in their own order."""
        kept = pl.col("key").is_in(list(keys))
        return replace(self, cohorts=self.cohorts.filter(kept), steps=self.steps.filter(kept))

    def at_risk(self, days: Sequence[int]) -> pl.DataFrame:
        """Return key, days and at_risk: how many of each cohort still wait just before each of the days."""
        grid = self.cohorts.select("key").join(pl.DataFrame({"days": days}, {"days": pl.Int64}), how="cross")
        steps = self.steps.select("key", "days", "at_risk").sort("days")
        # Nothing happens between two steps, so that the next one knows; after the last nobody is seen.
        found = grid.sort("days").join_asof(
            steps, on="days", by="key", strategy="forward", check_sortedness=False
        )
        return found.with_columns(pl.col("at_risk").fill_null(0)).sort("key", "days")


def drawn_cohorts(found: Landings, by: Grouping, chosen: Collection[int] = ()) -> Landings:
    """Return the cohorts to draw, MOST_DRAWN at most: those chosen, or the newest years, or the largest."""
    known = [key for key in chosen if key in found.cohorts["key"]]
    if known:
        return found.only(known[:MOST_DRAWN])
    rank = "key" if by is Grouping.year else "signed"
    first = found.cohorts.sort(rank, "key", descending=[True, by is Grouping.year]).head(MOST_DRAWN)
    return found.only(first["key"].to_list())


def outcomes_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the agreements signed by `as_of`, one row each, in no order.

    Columns: agreement_id, signed_on, landed_on (of its first landed project, seen by the person or not;
    null: none has), outcome (text, see rules.landing.Outcome), outcome_on, waited_days (between the two).
    """
    return portfolio.once(("outcomes", as_of), lambda: _outcomes(portfolio, as_of))


def landings(portfolio: Portfolio, as_of: date, by: Grouping, part: Part = EVERYTHING) -> Landings:
    """Return the landing of the agreements of a part, in the cohorts that `by` makes of them.

    A joint agreement is in each of its cohorts. Its landing is one fact: it landed in all of them.
    """
    return portfolio.once(("landings", as_of, by, part), lambda: _landings(portfolio, as_of, by, part))


def cohort_members(portfolio: Portfolio, as_of: date, by: Grouping, part: Part = EVERYTHING) -> pl.DataFrame:
    """Return the signed agreements of a part as pairs of agreement_id and key, each once, in no order.

    Of a region's agreements only cohorts in the region count, and of a pillar's only the pillar itself.
    """
    members = Membership(portfolio, as_of, by)
    signed = part_agreements(portfolio, as_of, part).filter("is_signed").select(agreement_id="id")
    pairs = members.of_agreements().join(signed, on="agreement_id", how="semi")
    if by is Grouping.pillar and part.pillar_id is not None:
        return pairs.filter(pl.col("key") == part.pillar_id)
    if by in REGIONAL and part.region_id is not None:
        inside = divisions_within(portfolio, part.region_id, as_of)
        keys = members.regions().join(inside, on="division_id", how="semi")
        return pairs.join(keys, on="key", how="semi")
    return pairs


def _outcomes(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    signed = agreements_as_of(portfolio, as_of).filter("is_signed").select("signed_on", agreement_id="id")
    # What a joint agreement led to elsewhere, and a renewal outside the scope, are the same for everybody.
    ended = portfolio.whole["agreement"].select("id", term_terminated_on="terminated_on")
    return (
        signed.join(terms_as_of(portfolio, as_of), on="agreement_id")
        .join(ended, left_on="term_agreement_id", right_on="id")
        .join(_first_landings(portfolio.whole, as_of), on="agreement_id", how="left")
        .with_columns(outcome=outcome())
        .with_columns(outcome_on=outcome_day(as_of))
        .select("agreement_id", "signed_on", "landed_on", "outcome", "outcome_on", waited_days=waited_days())
    )


def _first_landings(whole: Portfolio, as_of: date) -> pl.DataFrame:
    """Return agreement_id and landed_on of those with a landed project: its first one's day."""
    return (
        whole["project"]
        .select("agreement_id", project_id="id")
        .join(courses_as_of(whole, as_of).select("project_id", "landed_on"), on="project_id")
        .group_by("agreement_id")
        .agg(pl.col("landed_on").min())
        .drop_nulls()
    )


def _landings(portfolio: Portfolio, as_of: date, by: Grouping, part: Part) -> Landings:
    outcomes = outcomes_as_of(portfolio, as_of)
    rows = cohort_members(portfolio, as_of, by, part).join(outcomes, on="agreement_id")
    labels = Membership(portfolio, as_of, by).labels()
    cohorts = labels.join(_counts(rows, as_of), on="key").sort("key")
    inside = part_agreements(portfolio, as_of, part).select(agreement_id="id", key=pl.lit(0))
    total = _counts(inside.join(outcomes, on="agreement_id"), as_of).drop("key")
    few = thresholds_as_of(portfolio, as_of).few_records
    return Landings(cohorts, _steps(rows, cohorts, as_of), total, few, cohorts.height)


def _counts(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    seen = (pl.lit(as_of) - pl.col("signed_on")).dt.total_days()
    landed = pl.col("outcome") == Outcome.landed.value
    days = pl.col("waited_days").filter(landed)
    watched = seen >= YEAR_DAYS
    counts = [(pl.col("outcome") == o.value).sum().cast(pl.Int64).alias(o.value) for o in Outcome]
    return rows.group_by("key").agg(
        pl.len().cast(pl.Int64).alias("signed"),
        *counts,
        seen.max().alias("seen_days"),
        year_of=watched.sum().cast(pl.Int64),
        year_landed=(watched & landed & (pl.col("waited_days") <= YEAR_DAYS)).sum().cast(pl.Int64),
        first_days=days.quantile(0.25, "linear"),
        median_days=days.median(),
        third_days=days.quantile(0.75, "linear"),
    )


def _steps(rows: pl.DataFrame, cohorts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    outcome_is = {o: pl.col("outcome") == o.value for o in Outcome}
    happened = (
        rows.group_by("key", days="waited_days")
        .agg(
            landed=outcome_is[Outcome.landed].sum().cast(pl.Int64),
            unseen=outcome_is[Outcome.open].sum().cast(pl.Int64),
            left=pl.len().cast(pl.Int64),
        )
        .with_columns(ended=pl.col("left") - pl.col("landed") - pl.col("unseen"))
    )
    ends = [cohorts.select("key", days=day) for day in (pl.lit(0, pl.Int64), pl.col("seen_days"))]
    grid = pl.concat([*ends, happened.select("key", "days")]).unique().sort("key", "days")
    steps = grid.join(happened, on=["key", "days"], how="left", maintain_order="left")
    steps = steps.with_columns(pl.col("landed", "ended", "unseen", "left").fill_null(0))
    steps = steps.join(cohorts.select("key", "signed"), on="key", maintain_order="left")
    gone = pl.col("left").cum_sum().over("key") - pl.col("left")
    return (
        steps.with_columns(at_risk=pl.col("signed") - gone)
        .with_columns(share=_incidence())
        .sort("days")
        .join_asof(_watched(rows, as_of), on="days", by="key", strategy="forward", check_sortedness=False)
        .sort("key", "days")
        .select("key", "days", "watched", "at_risk", "landed", "ended", "unseen", "share")
    )


def _watched(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return key, days and watched: how many of each cohort were signed at least so many days ago."""
    seen = (pl.lit(as_of) - pl.col("signed_on")).dt.total_days()
    return (
        rows.group_by("key", days=seen)
        .agg(signed=pl.len().cast(pl.Int64))
        .sort("days", descending=True)
        .select("key", "days", watched=pl.col("signed").cum_sum().over("key"))
        .sort("days")
    )


def _incidence() -> pl.Expr:
    """Return the cumulative incidence of landing (Aalen–Johansen) of each key, its days in order.

    Reads at_risk, landed and ended. What happens on one day happens to those who waited until then, whatever
    comes first within the day; who is seen no longer leaves after it.
    """
    # Where nobody waits any more nothing happens either.
    waiting = pl.col("at_risk").clip(lower_bound=1)
    stays = 1 - (pl.col("landed") + pl.col("ended")) / waiting
    waited = stays.cum_prod().shift(1, fill_value=1.0)
    return (waited * pl.col("landed") / waiting).cum_sum().over("key")
