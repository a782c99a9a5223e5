"""What must hold for sales regions as entered, and what the macro regions are called."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, Protocol

from pydantic import Field as Checked
from sqlmodel import SQLModel

from db.models.base import Day
from db.models.sales_region import SalesRegionFields
from tracker.errors import N_, TrackerError
from tracker.rules.checks import in_order, raise_any, well_formed

# The English names of what the county registry calls its macro regions.
MACRO_NAMES: Final = {
    "华北": "North China",
    "东北": "Northeast China",
    "华东": "East China",
    "华中": "Central China",
    "华南": "South China",
    "西南": "Southwest China",
    "西北": "Northwest China",
}


class RegionNameTaken(TrackerError):
    """Two regions of one name could not be told apart."""

    sentence = N_("Another sales region has this name.")


class AlreadyInside(TrackerError):
    """A division twice in one region at the same time."""

    sentence = N_("{place} is in this region already at that time.")


class NothingToBeginWith(TrackerError):
    """All macro regions stand already, or the registry names none."""

    sentence = N_("Every macro region stands already.")


class SalesRegionDraft(SalesRegionFields):
    """A sales region as a form sends it."""


class MembersDraft(SQLModel):
    """Divisions put into a region from a day on."""

    division_ids: list[int] = Checked(min_length=1)
    from_on: Day


class MemberDays(SQLModel):
    """From when and until when a division is in a region, both days included; None: still."""

    from_on: Day
    to_on: Day | None = None


class Dated(Protocol):
    """Whatever lies in a period; `to_on` of None has no end."""

    from_on: date
    to_on: date | None


def checked_sales_region(values: dict[str, Any]) -> SalesRegionDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    return well_formed(SalesRegionDraft, values)


def checked_members(values: dict[str, Any]) -> MembersDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    return well_formed(MembersDraft, values)


def checked_days(values: dict[str, Any]) -> MemberDays:
    """Return the days if they hold. Raises: InvalidInput."""
    draft = well_formed(MemberDays, values)
    raise_any(in_order("to_on", draft.from_on, draft.to_on))
    return draft


def meet(days: Dated, others: Iterable[Dated]) -> bool:
    """Return whether a period shares a day with any of the others."""
    last = days.to_on or date.max
    return any(other.from_on <= last and days.from_on <= (other.to_on or date.max) for other in others)
