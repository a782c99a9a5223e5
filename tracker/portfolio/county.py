"""The rows of the list of counties as of a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.figures import Grouping, contacts, counties_on, figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.region import divisions_within

CONTACTED, SIGNED, NOT_CONTACTED = "contacted", "signed", "none"
_COUNTS = (
    "agreements",
    "agreements_signed",
    "projects",
    "milestones",
    "milestones_met",
    "milestones_overdue",
)


@dataclass(frozen=True)
class CountiesWanted:
    """What the list of counties is narrowed to; an empty field narrows nothing.

    `region_id` is a province or prefecture; `division_ids` are counties or regions that a search found,
    None without a search. `contact` is one of CONTACTED, SIGNED, NOT_CONTACTED.
    """

    region_id: int | None = None
    division_ids: Collection[int] | None = None
    kinds: Collection[str] = ()
    contact: str = ""


def county_rows(portfolio: Portfolio, as_of: date, wanted: CountiesWanted) -> pl.DataFrame:
    """Return the counties wanted of those in scope that exist on `as_of`, the last met or signed first.

    Columns: id, code, name, name_en, kind, prefecture(_en), province(_en), agreements, agreements_signed,
    projects, milestones, milestones_met, milestones_overdue, contacted_on, first_signed_on (both null until
    then), last_signed_on, meetings, last_met_on. A joint agreement counts in each of its counties (D3).
    """
    rows = portfolio.once(("county_rows", as_of), lambda: _rows(portfolio, as_of))
    if wanted.region_id is not None:
        rows = _semi(rows, divisions_within(portfolio, wanted.region_id, as_of)["division_id"])
    if wanted.division_ids is not None:
        found = pl.Series(sorted(wanted.division_ids), dtype=pl.Int64).implode()
        rows = rows.filter(pl.any_horizontal(pl.col("id", "parent_id", "province_id").is_in(found)))
    conditions = {
        CONTACTED: pl.col("contacted_on").is_not_null(),
        SIGNED: pl.col("first_signed_on").is_not_null(),
        NOT_CONTACTED: pl.col("contacted_on").is_null(),
    }
    if wanted.contact in conditions:
        rows = rows.filter(conditions[wanted.contact])
    return rows.filter(pl.col("kind").is_in(list(wanted.kinds))) if wanted.kinds else rows


def _rows(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    counts = figures(portfolio, as_of, Grouping.county).select("key", *_COUNTS)
    return (
        counties_on(portfolio, as_of)
        .select("id", "code", "name", "name_en", "kind", "parent_id", "province_id")
        .join(_region_names(portfolio, "prefecture"), left_on="parent_id", right_on="key", how="left")
        .join(_region_names(portfolio, "province"), left_on="province_id", right_on="key", how="left")
        .join(counts, left_on="id", right_on="key", how="left")
        .with_columns(pl.col(_COUNTS).fill_null(0))
        .join(contacts(portfolio, as_of), left_on="id", right_on="division_id", how="left")
        .join(_last_signatures(portfolio, as_of), left_on="id", right_on="division_id", how="left")
        .join(_meetings(portfolio, as_of), left_on="id", right_on="division_id", how="left")
        .with_columns(pl.col("meetings").fill_null(0).cast(pl.Int64))
        .with_columns(last_on=pl.max_horizontal("last_signed_on", "last_met_on"))
        .sort("last_on", "code", descending=[True, False], nulls_last=True)
        .drop("last_on")
    )


def _region_names(portfolio: Portfolio, level: str) -> pl.DataFrame:
    english = pl.coalesce(pl.col("name_en").replace("", None), "name")
    named = portfolio["division"].filter(pl.col("level") == level)
    return named.select(pl.col("name").alias(level), english.alias(f"{level}_en"), key="id")


def _last_signatures(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    signed = agreements_as_of(portfolio, as_of).select("signed_on", agreement_id="id")
    pairs = county_parties(portfolio).join(signed, on="agreement_id")
    return pairs.group_by("division_id").agg(last_signed_on=pl.col("signed_on").max())


def _meetings(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    held = portfolio["meeting"].filter(pl.col("held_on") <= as_of)
    return held.group_by("division_id").agg(meetings=pl.len(), last_met_on=pl.col("held_on").max())


def _semi(rows: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    return rows.filter(pl.col("id").is_in(ids.implode()))
