"""Read what changed in a part of the work since a day: what the overview and the briefing tell."""

from datetime import date

import polars as pl

from tracker.portfolio.review_change import review_changes
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for
from tracker.services.review import Part


def read_changes(desk: Desk, since: date, as_of: date, part: Part) -> pl.DataFrame:
    """Return one row per change after `since` up to `as_of`; see `portfolio.review_change`.

    `rules.review_change` has the kinds, their names and the sentence of a row. Raises: NotAllowed,
    StorageError.
    """
    desk.allow("read")
    return review_changes(portfolio_for(desk), since, as_of, part)
