"""Read the key figures: of everything in scope, of one region, or of each group, and the rates they make."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.figures import Grouping, WeighBy, figures, region_figures
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.rate import RATES, Rate, RateValue, rate_value
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Grouping", "WeighBy"]


def read_figures(
    desk: Desk, as_of: date, by: Grouping | None = None, weigh_by: WeighBy = WeighBy.equal
) -> pl.DataFrame:
    """Return the figures of each group, or of everything in one row; see `portfolio.figures.figures`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return figures(portfolio_for(desk), as_of, by, weigh_by)


def read_region_figures(
    desk: Desk, as_of: date, region_id: int | None, weigh_by: WeighBy = WeighBy.equal
) -> dict[str, Any]:
    """Return the figures of one province, prefecture or county, or of everything for None, as one row.

    A region where nothing is recorded has every count 0. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    if region_id is None:
        return figures(portfolio, as_of, weigh_by=weigh_by).row(0, named=True)
    return region_figures(portfolio, as_of, region_id, weigh_by)


def read_rates(desk: Desk, as_of: date, row: Mapping[str, Any]) -> list[tuple[Rate, RateValue]]:
    """Return every rate of D4 of a row that `read_figures` or `read_region_figures` gave, in their order.

    Few is what the threshold in force on `as_of` says. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    few = thresholds_as_of(portfolio_for(desk), as_of).few_records
    return [(rate, rate_value(row, rate, few)) for rate in RATES]
