"""Read the milestone trend of an agreement or of a project."""

from datetime import date

from tracker.portfolio.curve import Scope, ScopeKind, members
from tracker.portfolio.trend import Trend, drawn, trend
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Scope", "ScopeKind", "Trend", "drawn"]


def read_trend(desk: Desk, as_of: date, scope: Scope) -> Trend:
    """Return the trend of all milestones of the projects of `scope` that the person may see.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    return trend(portfolio, as_of, frozenset(members(portfolio, as_of, scope)["id"]))
