"""The thresholds in force on a day."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.rules.threshold import DEFAULTS, Thresholds


def thresholds_as_of(portfolio: Portfolio, as_of: date) -> Thresholds:
    """Return, per name, the newest value from a day no later than `as_of`; before any, the default.

    A change therefore leaves every figure of the days before it as it was.
    """
    in_force = (
        portfolio["threshold"]
        .filter((pl.col("from_on") <= as_of) & pl.col("name").is_in(list(DEFAULTS)))
        .sort("from_on", "id")
        .unique("name", keep="last")
    )
    return Thresholds(**dict(in_force.select("name", "value").iter_rows()))
