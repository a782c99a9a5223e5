"""Read the key figures: of everything in scope, of one region, or of each group."""

from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.figures import Grouping, figures, region_figures
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Grouping"]


def read_figures(desk: Desk, as_of: date, by: Grouping | None = None) -> pl.DataFrame:
    """Return the figures of each group, or of everything in one row; see `portfolio.figures.figures`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return figures(portfolio_for(desk), as_of, by)


def read_region_figures(desk: Desk, as_of: date, region_id: int | None) -> dict[str, Any]:
    """Return the figures of one province, prefecture or county, or of everything for None, as one row.

    A region where nothing is recorded has every count 0. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    if region_id is None:
        return figures(portfolio, as_of).row(0, named=True)
    return region_figures(portfolio, as_of, region_id)
