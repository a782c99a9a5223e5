"""Read the S-curve of everything, of a place, a pillar or an event, or of one agreement or project."""

from datetime import date

from tracker.portfolio.curve import Curve, curve
from tracker.portfolio.part import Part
from tracker.portfolio.pool import WeighBy
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Curve", "Part", "WeighBy"]


def read_curve(desk: Desk, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal) -> Curve:
    """Return the S-curve of the projects of `part` that the person may see; see `portfolio.curve`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return curve(portfolio_for(desk), as_of, part, weigh_by)
