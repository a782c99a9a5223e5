"""Targets of a year and what was reached of them: signings and landings, by region and in all."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from db.vocabulary import TargetMeasure
from tracker.portfolio.landing import outcomes_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, agreements_within
from tracker.portfolio.region import divisions_within
from tracker.rules.target import MEASURES, Attainment

_DAY_OF = {TargetMeasure.signings: "signed_on", TargetMeasure.landings: "landed_on"}
_COLUMNS = {"region_key": pl.Int64, "measure": pl.String, "target": pl.Int64, "reached": pl.Int64}


def attainment_of(portfolio: Portfolio, as_of: date, part: Part) -> tuple[Attainment, ...]:
    """Return what was reached of a part's targets for the year of `as_of`: signings first.

    Targets are set for regions and for all of it, so a part narrowed further has none.
    """
    if part != Part(region_id=part.region_id):
        return ()
    rows = attainments(portfolio, as_of, as_of.year)
    own = rows.filter(pl.col("region_key").eq_missing(pl.lit(part.region_id, pl.Int64)))
    return tuple(
        Attainment(TargetMeasure(row["measure"]), as_of.year, row["target"], row["reached"])
        for row in own.iter_rows(named=True)
    )


def attainments(portfolio: Portfolio, as_of: date, year: int) -> pl.DataFrame:
    """Return the targets of `year` with what was reached of each by `as_of`, signings before landings.

    Columns: region_key (see rules.region; null: all of it), measure, target, reached (agreements, counted as
    in D3, that were signed, or landed with their first project, in that year), share (reached/target; null
    for a target of 0). A target is left out where the person does not see the whole of its region.
    """
    return portfolio.once(("attainments", as_of, year), lambda: _attainments(portfolio, as_of, year))


def reached_in(portfolio: Portfolio, as_of: date, year: int, region_id: int | None) -> dict[str, int]:
    """Return signings and landings of a region (None: all of it) in `year`, up to `as_of`."""
    outcomes = outcomes_as_of(portfolio, as_of).rename({"agreement_id": "id"})
    inside = agreements_within(portfolio, as_of, Part(region_id=region_id), outcomes)
    return {m.value: int((inside[_DAY_OF[m]].dt.year() == year).sum()) for m in MEASURES}


def _attainments(portfolio: Portfolio, as_of: date, year: int) -> pl.DataFrame:
    targets = portfolio["target"].filter(pl.col("year") == year)
    keyed = targets.with_columns(region_key=pl.coalesce("division_id", -pl.col("sales_region_id")))
    standing = keyed.filter(
        pl.col("sales_region_id").is_null() | pl.col("sales_region_id").is_in(_standing(portfolio))
    )
    reached = {
        key: reached_in(portfolio, as_of, year, key)
        for key in standing["region_key"].unique()
        if sees_all_of(portfolio, as_of, key)
    }
    places = {measure.value: place for place, measure in enumerate(MEASURES)}
    rows = [
        (row["region_key"], row["measure"], row["count"], reached[row["region_key"]][row["measure"]])
        for row in standing.iter_rows(named=True)
        if row["region_key"] in reached
    ]
    rows.sort(key=lambda row: (row[0] is not None, row[0] or 0, places[row[1]]))
    frame = pl.DataFrame(rows, schema=_COLUMNS, orient="row")
    return frame.with_columns(share=pl.when(pl.col("target") > 0).then(pl.col("reached") / pl.col("target")))


def sees_all_of(portfolio: Portfolio, as_of: date, region_id: int | None) -> bool:
    """Return whether a region, or with None all of it, lies within the person's scope."""
    if portfolio.scope is None:
        return True
    if region_id is None:
        return False
    return set(divisions_within(portfolio, region_id, as_of)["division_id"]) <= portfolio.scope


def _standing(portfolio: Portfolio) -> Sequence[int]:
    return portfolio["sales_region"]["id"].to_list()
