"""The divisions of a region: a province, prefecture or county with all below it, or a sales region."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.rules.region import sales_region_id

_LEVELS = ("division_id", "parent_id", "province_id")


def divisions_within(portfolio: Portfolio, region_id: int, as_of: date) -> pl.DataFrame:
    """Return division_id of a region itself and of every division below it, each once.

    A sales region (see rules.region) holds on `as_of` what was put into it by then and not yet taken out.
    """
    if sales_region_id(region_id) is not None:
        return sales_region_divisions(portfolio, as_of).filter(pl.col("key") == region_id).drop("key")
    below = pl.any_horizontal(pl.col("id", "parent_id", "province_id") == region_id)
    return portfolio["division"].filter(below).select(division_id="id")


def sales_region_divisions(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return pairs of division_id and key (see rules.region) of all sales regions, each pair once.

    A division can be in several sales regions, and then counts in each, as a joint agreement does (D3).
    """
    return portfolio.once(("sales_region_divisions", as_of), lambda: _sales_regions(portfolio, as_of))


def sales_regions(portfolio: Portfolio) -> pl.DataFrame:
    """Return key, name and name_en of the sales regions, in their own order."""
    ordered = portfolio["sales_region"].sort("position", "id")
    return ordered.select("name", "name_en", key=-pl.col("id"))


def _sales_regions(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    inside = (pl.col("from_on") <= as_of) & (pl.col("to_on").is_null() | (pl.col("to_on") >= as_of))
    members = (
        portfolio["sales_region_division"]
        .filter(inside)
        .join(portfolio["sales_region"], left_on="sales_region_id", right_on="id", how="semi")
        .select(member_id="division_id", key=-pl.col("sales_region_id"))
    )
    divisions = portfolio["division"].select("parent_id", "province_id", division_id="id")
    found = [
        divisions.join(members, left_on=level, right_on="member_id").select("division_id", "key")
        for level in _LEVELS
    ]
    return pl.concat(found).unique().sort("division_id", "key")
