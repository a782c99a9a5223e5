"""Targets of a year: read them with what was reached, and set them, cell by cell of one table."""

from datetime import date

from tracker.portfolio.part import Part
from tracker.portfolio.target import attainment_of
from tracker.rules.target import Attainment
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Attainment", "Part"]


def read_attainment(desk: Desk, as_of: date, part: Part) -> tuple[Attainment, ...]:
    """Return what was reached of a part's targets for the year of `as_of`; nothing where none is set.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return attainment_of(portfolio_for(desk), as_of, part)
