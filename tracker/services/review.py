"""Read what a review page tells of a part of the work: its figures on a day, and over a year."""

from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.figure_series import figure_series
from tracker.portfolio.figures import WeighBy
from tracker.portfolio.part import Part, part_figures
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Part", "WeighBy"]


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
