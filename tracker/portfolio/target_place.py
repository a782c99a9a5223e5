"""The places that targets are set for: all of it, the sales regions and the provinces."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.region import sales_regions
from tracker.portfolio.target import sees_all_of

ALL, SALES_REGION, PROVINCE = "all", "sales_region", "province"


def target_places(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return region_key (see rules.region; null: all of it), level, name, name_en, those seen whole only.

    Provinces are the present ones, by code. All of it has no name of its own.
    """
    whole = pl.DataFrame(
        {"region_key": [None], "level": [ALL], "name": [""], "name_en": [""]},
        schema_overrides={"region_key": pl.Int64},
    )
    own = sales_regions(portfolio).select("name", "name_en", region_key="key", level=pl.lit(SALES_REGION))
    provinces = (
        portfolio["division"]
        .filter((pl.col("level") == "province") & pl.col("valid_to").is_null())
        .sort("code")
        .select("name", "name_en", region_key="id", level=pl.lit(PROVINCE))
    )
    rows = pl.concat([frame.select(whole.columns) for frame in (whole, own, provinces)])
    seen = [sees_all_of(portfolio, as_of, key) for key in rows["region_key"]]
    return rows.filter(pl.Series(seen, dtype=pl.Boolean))
