"""Read regions side by side, and how the ranking of one comes about."""

from datetime import date

from tracker.portfolio.figures import Grouping
from tracker.portfolio.region_table import BY, RegionTable, region_table
from tracker.rules.ranking import INDICATORS, Mark, Ranked
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["BY", "INDICATORS", "Grouping", "Mark", "Ranked", "RegionTable"]


def read_region_table(desk: Desk, as_of: date, by: Grouping, province_id: int | None = None) -> RegionTable:
    """Return the regions of one kind side by side; see `portfolio.region_table`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return region_table(portfolio_for(desk), as_of, by, province_id)
