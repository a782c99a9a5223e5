"""Read slips in working days, on request."""

from datetime import date

import polars as pl

from tracker.portfolio.working_slip import working_slips
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_project
from tracker.services.reading import portfolio_for


def read_working_slips(desk: Desk, project_id: int, as_of: date) -> pl.DataFrame:
    """Return a project's slips in calendar and working days, see `working_slips`.

    Raises: NotFound, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    return working_slips(portfolio_for(desk), as_of, project_id)
