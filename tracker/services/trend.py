"""Read the milestone trend of an agreement or of a project."""

from datetime import date

from tracker.portfolio.part import Part, part_projects
from tracker.portfolio.trend import Trend, drawn, trend
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Part", "Trend", "drawn"]


def read_trend(desk: Desk, as_of: date, part: Part) -> Trend:
    """Return the trend of all milestones of the projects of `part` that the person may see.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    return trend(portfolio, as_of, frozenset(part_projects(portfolio, as_of, part)["id"]))
