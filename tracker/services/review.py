"""Read what a review tells of a part of the work: its figures on a day and over a year, map and funnel."""

from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.figure_series import figure_series
from tracker.portfolio.figures import WeighBy
from tracker.portfolio.funnel import funnel
from tracker.portfolio.part import Part, part_figures
from tracker.portfolio.part_province import province_figures
from tracker.portfolio.tile_map import TileMap, tile_map
from tracker.rules.region import sales_region_id
from tracker.rules.tile_measure import TileMeasure
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Part", "TileMap", "TileMeasure", "WeighBy"]


def read_part_figures(
    desk: Desk, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal
) -> dict[str, Any]:
    """Return the figures of a part as one row, every count 0 where nothing is recorded in it.

    See `portfolio.figures.figures`. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return part_figures(portfolio_for(desk), as_of, part, weigh_by)


def read_part_series(desk: Desk, as_of: date, part: Part) -> pl.DataFrame:
    """Return the counted figures of a part over the last year; see `portfolio.figure_series`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return figure_series(portfolio_for(desk), as_of, part)


def read_province_figures(
    desk: Desk, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal
) -> pl.DataFrame:
    """Return the figures of a part in each of its provinces; see `portfolio.part_province`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return province_figures(portfolio_for(desk), as_of, part, weigh_by)


def read_tile_map(desk: Desk, as_of: date, part: Part, measure: TileMeasure) -> TileMap:
    """Return one measure of a part on the map of the provinces. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    return tile_map(portfolio_for(desk), as_of, part, measure)


def read_funnel(desk: Desk, as_of: date, part: Part) -> pl.DataFrame:
    """Return the funnel of a part; see `portfolio.funnel`. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    return funnel(portfolio_for(desk), as_of, part)


def is_division(region_id: int | None) -> bool:
    """Return whether a region is a province, prefecture or county, and so has no map of provinces."""
    return region_id is not None and sales_region_id(region_id) is None
