"""Read how many milestones fall due in each month in each region, and the milestones of one cell."""

from datetime import date

import polars as pl

from tracker.portfolio.due_months import DUE_STATES, DueMonths, due_months, due_rows
from tracker.portfolio.membership import Grouping
from tracker.portfolio.part import Part
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["DUE_STATES", "DueMonths", "Grouping", "Part"]


def read_due_months(
    desk: Desk, as_of: date, group: tuple[Part, Grouping], months: tuple[date, ...]
) -> DueMonths:
    """Return the milestones of a part that are due in some months, by regions of one kind.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return due_months(portfolio_for(desk), as_of, *group, months)


def list_due(desk: Desk, as_of: date, group: tuple[Part, Grouping], cell: tuple[int, date]) -> pl.DataFrame:
    """Return the milestones counted in one region and month; see `due_rows`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return due_rows(portfolio_for(desk), as_of, group, cell)
