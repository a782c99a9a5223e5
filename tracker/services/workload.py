"""Read what is open for each owner or unit, month by month, and the milestones of one of them."""

from datetime import date

import polars as pl

from tracker.portfolio.part import Part
from tracker.portfolio.workload import HELD_STATES, OPEN_STATES, Bearer, Load, Workload, load_rows, workload
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["HELD_STATES", "OPEN_STATES", "Bearer", "Load", "Part", "Workload"]


def read_workload(desk: Desk, as_of: date, group: tuple[Part, Bearer], months: tuple[date, ...]) -> Workload:
    """Return what is open in a part for each owner or unit; `months` begin with that of `as_of`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return workload(portfolio_for(desk), as_of, *group, months)


def list_load(
    desk: Desk, as_of: date, group: tuple[Part, Bearer], cell: tuple[str, date | Load | None]
) -> pl.DataFrame:
    """Return the open milestones of one owner or unit; see `load_rows`. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    return load_rows(portfolio_for(desk), as_of, group, cell)
