"""Progress of many projects as one: shares weighed by project and pooled, never a mean of means (D10)."""

from datetime import date
from enum import StrEnum

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.rules.project import ProjectState

_PARTS = 10**12
# Amounts in several currencies have no sum; the programme's agreements are in this one.
_CURRENCY = "CNY"


class WeighBy(StrEnum):
    """What a project weighs in a roll-up: all alike, or its part of the agreement's amount."""

    equal = "equal"
    amount = "amount"


def pooled(portfolio: Portfolio, as_of: date, members: pl.DataFrame, weigh_by: WeighBy) -> pl.DataFrame:
    """Return the pooled progress of each group in `members`: pairs of project_id and key, each once.

    Columns: key, planned, actual, deviation (shares of one) and spi (null where planned is 0), pooled over
    projects with an approved plan of any weight that were not stopped; projects_covered, how many those
    are; projects_unweighed, how many more there would be if their agreements stated an amount in yuan.
    Shares are null where nothing is covered or all weights are 0.
    """
    weighed = members.join(_weighed(portfolio, as_of, weigh_by), on="project_id")
    return (
        weighed.group_by("key")
        .agg(
            pl.col("weight", "planned_parts", "actual_parts").sum(),
            projects_covered=pl.col("is_covered").sum(),
            projects_unweighed=pl.col("is_unweighed").sum(),
        )
        .select(
            "key",
            "projects_covered",
            "projects_unweighed",
            planned=_share(pl.col("planned_parts")),
            actual=_share(pl.col("actual_parts")),
            deviation=_share(pl.col("actual_parts") - pl.col("planned_parts")),
            spi=_ratio("actual_parts", "planned_parts"),
        )
    )


def _weighed(portfolio: Portfolio, as_of: date, weigh_by: WeighBy) -> pl.DataFrame:
    """Return project_id, is_covered, is_unweighed, weight, planned_parts and actual_parts (Int128).

    Whole numbers: their sums do not depend on the order of the rows, and no amount is too large for them.
    """
    eligible = (
        pl.col("approved_on").is_not_null()
        & (pl.col("weight_total") > 0)
        & (pl.col("state") != ProjectState.stopped.value)
    ).fill_null(value=False)
    projects = projects_as_of(portfolio, as_of).select(
        "agreement_id", "planned", "actual", project_id="id", is_eligible=eligible
    )
    weight = pl.lit(1)
    if weigh_by is WeighBy.amount:
        projects = projects.join(amounts_as_of(portfolio, as_of), on="agreement_id", how="left")
        weight = pl.col("amount")
    covered = pl.col("is_eligible") & weight.is_not_null()
    used = pl.when(covered).then(weight).otherwise(0).cast(pl.Int128)
    parts = {
        f"{name}_parts": used * (pl.col(name) * _PARTS).round().fill_null(0).cast(pl.Int64)
        for name in ("planned", "actual")
    }
    unweighed = pl.col("is_eligible") & weight.is_null()
    return projects.select("project_id", is_covered=covered, is_unweighed=unweighed, weight=used, **parts)


def amounts_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return agreement_id and amount: its cents, split evenly over all its projects, to the whole cent.

    The projects outside the person's scope take their part too: a project weighs the same for everybody.
    """
    projects = projects_as_of(portfolio.whole, as_of).group_by("agreement_id").agg(projects=pl.len())
    stated = (pl.col("amount_cents") > 0) & (pl.col("currency") == _CURRENCY)
    return (
        portfolio["agreement"]
        .filter(stated)
        .select("amount_cents", agreement_id="id")
        .join(projects, on="agreement_id")
        .select("agreement_id", amount=pl.col("amount_cents") // pl.col("projects").cast(pl.Int64))
    )


def _share(parts: pl.Expr) -> pl.Expr:
    """Return the parts of a weight as a share of one; null where the weight is 0."""
    # One division by a column: dividing many rows by a number multiplies by its reciprocal, and the last
    # digit of a share would depend on how many groups are beside it.
    whole = pl.when(pl.col("weight") != 0).then(pl.col("weight") * _PARTS)
    return parts.cast(pl.Float64) / whole.cast(pl.Float64)


def _ratio(part: str, whole: str) -> pl.Expr:
    """Return part / whole, null where the whole is 0."""
    return pl.when(pl.col(whole) != 0).then(pl.col(part).cast(pl.Float64) / pl.col(whole).cast(pl.Float64))
