"""Sales regions that share counties: what is in two of them counts in each (D3)."""

from datetime import date

import polars as pl

from tracker.portfolio.membership import counties_on
from tracker.portfolio.model import Portfolio
from tracker.portfolio.region import sales_region_divisions, sales_regions


def region_overlaps(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the pairs of sales regions that share counties on `as_of`, most counties first.

    Columns: name, name_en, other, other_en, counties (in both). Each pair stands once, in the regions' order.
    """
    return portfolio.once(("region_overlaps", as_of), lambda: _overlaps(portfolio, as_of))


def _overlaps(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    order = sales_regions(portfolio).with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    counties = counties_on(portfolio, as_of).select(division_id="id")
    inside = sales_region_divisions(portfolio, as_of).join(counties, on="division_id", how="semi")
    placed = inside.join(order, on="key")
    pairs = placed.join(placed, on="division_id", suffix="_other").filter(
        pl.col("place") < pl.col("place_other")
    )
    return (
        pairs.group_by("place", "place_other")
        .agg(
            pl.col("name", "name_en", "name_other", "name_en_other").first(), counties=pl.len().cast(pl.Int64)
        )
        .sort("counties", "place", "place_other", descending=[True, False, False])
        .select("name", "name_en", "counties", other="name_other", other_en="name_en_other")
    )
