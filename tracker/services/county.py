"""Read the list of counties, searched the way divisions are searched everywhere."""

from dataclasses import replace
from datetime import date

import polars as pl

from tracker.portfolio.county import (
    CONTACTED,
    NOT_CONTACTED,
    SIGNED,
    CountiesWanted,
    county_rows,
)
from tracker.rules.division_key import Fit, Way
from tracker.services.desk import Desk
from tracker.services.division import division_index
from tracker.services.reading import portfolio_for

__all__ = ["CONTACTED", "NOT_CONTACTED", "SIGNED", "CountiesWanted", "list_counties"]
_EVERYTHING = 5_000


def list_counties(
    desk: Desk, as_of: date, wanted: CountiesWanted, text: str = ""
) -> tuple[pl.DataFrame, int]:
    """Return the counties wanted, see `county_rows`, and how many there are in scope in all.

    `text` is a search for divisions; the name of a province or prefecture finds its counties.
    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    if text.strip():
        wanted = replace(wanted, division_ids=_found(desk, text))
    return county_rows(portfolio, as_of, wanted), county_rows(portfolio, as_of, CountiesWanted()).height


def _found(desk: Desk, text: str) -> set[int]:
    """Return the counties the text may mean, and the regions it names in full."""
    return {
        m.division.id
        for term in division_index(desk).find_many(text, limit=_EVERYTHING)
        for m in term.matches
        if m.division
        and (
            m.division.level == "county"
            or (m.fit is Fit.exact and m.way in (Way.full_name, Way.stem, Way.code))
        )
    }
