"""Read a briefing: the figures, lists and changes of a part of the work and a month."""

from dataclasses import replace
from datetime import date

import polars as pl

from tracker.errors import N_, TrackerError
from tracker.portfolio.briefing import Briefing, briefing
from tracker.portfolio.membership import counties_on
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.region import divisions_within
from tracker.rules.briefing import briefing_month
from tracker.services.desk import Desk
from tracker.services.lists import read_choices
from tracker.services.reading import portfolio_for

__all__ = ["Briefing", "Part"]


class NoSuchPart(TrackerError):
    """A region, pillar or event asked for by a name or code that nothing in scope has."""

    sentence = N_("“{name}” is no region, pillar or signing event that can be found.")


class SeveralSuchParts(TrackerError):
    """A name that several regions have."""

    sentence = N_("“{name}” is the name of several regions; give the code of one: {codes}.")


def read_briefing(desk: Desk, part: Part, month_on: date, day: date) -> Briefing:
    """Return the briefing of a part and the month of `month_on`, as a person at `day` can give it.

    Raises: MonthAhead, NotAllowed, StorageError.
    """
    desk.allow("read")
    told = briefing(portfolio_for(desk), part, briefing_month(month_on, day))
    known_at = desk.known_at
    return replace(told, known_at=known_at.astimezone(desk.settings.zone)) if known_at else told


def counties_in(desk: Desk, region_id: int, as_of: date) -> pl.DataFrame:
    """Return id, name and name_en of the counties of a region that exist on `as_of`, by code.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    inside = divisions_within(portfolio, region_id, as_of)
    counties = counties_on(portfolio, as_of).join(inside, left_on="id", right_on="division_id", how="semi")
    return counties.sort("code").select("id", "name", "name_en")


def find_part(desk: Desk, region: str = "", pillar: str = "", event: str = "") -> Part:
    """Return the part that names or codes ask for; an empty text asks for nothing.

    A region is given by its code or its name in either language, a pillar by its code or name, an event by
    its name or id. Raises: NoSuchPart, SeveralSuchParts, NotAllowed, StorageError.
    """
    desk.allow("read")
    choices = read_choices(desk)
    return Part(
        region_id=_found(_regions(portfolio_for(desk), choices.regions), region),
        pillar_id=_found(choices.pillars, pillar),
        event_id=_found(choices.events, event),
    )


def _regions(portfolio: Portfolio, offered: pl.DataFrame) -> pl.DataFrame:
    """Return the regions that filters offer, and the counties in scope."""
    counties = portfolio["division"].filter((pl.col("level") == "county") & pl.col("valid_to").is_null())
    if portfolio.scope is not None:
        counties = counties.filter(pl.col("id").is_in(sorted(portfolio.scope)))
    columns = ("id", "code", "name", "name_en")
    return pl.concat([offered.select(columns), counties.select(columns)])


def _found(frame: pl.DataFrame, name: str) -> int | None:
    if not name:
        return None
    same = [pl.col(c).fill_null("").str.to_lowercase() == name.lower() for c in ("code", "name", "name_en")]
    found = frame.filter(pl.any_horizontal(same))
    if found.is_empty():
        raise NoSuchPart(name=name)
    if found.height > 1:
        raise SeveralSuchParts(name=name, codes=", ".join(found["code"]))
    return int(found["id"].item())
