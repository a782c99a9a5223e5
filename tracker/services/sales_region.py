"""Sales regions: define, rename, withdraw and restore them, and say which divisions they hold and when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from db.models.sales_region import SalesRegion, SalesRegionDivision
from db.queries.sales_region import all_sales_regions, macro_regions, sales_region_named, standing_members
from db.transaction import Transaction
from tracker.errors import TrackerError
from tracker.portfolio.region_overlap import region_overlaps
from tracker.rules.checks import raise_any
from tracker.rules.sales_region import (
    MACRO_NAMES,
    AlreadyInside,
    MemberDays,
    MembersDraft,
    NothingToBeginWith,
    RegionNameTaken,
    checked_days,
    checked_members,
    checked_sales_region,
    meet,
)
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.division import division_index
from tracker.services.reading import portfolio_for


@dataclass(frozen=True)
class RegionSheet:
    """A sales region with the divisions it holds, held or will hold, oldest first."""

    region: SalesRegion
    members: tuple[SalesRegionDivision, ...]

    def inside(self, day: date) -> tuple[SalesRegionDivision, ...]:
        """Return what it holds on a day."""
        return tuple(m for m in self.members if m.from_on <= day and (m.to_on is None or day <= m.to_on))


def define_region(desk: Desk, values: dict[str, Any], *, token: str = "") -> int:
    """Define a sales region, with `division_ids` in it from `from_on` on if any are given; return its id.

    Raises: NotAllowed, InvalidInput, StorageError.
    """
    desk.allow("sales_region.write")
    draft = checked_sales_region(values)
    members = checked_members(values) if values.get("division_ids") else None
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            _name_must_be_free(work, draft.name, None)
            region = SalesRegion.model_validate(draft)
            region.position = draft.position or _last_position(work) + 1
            work.outcome = [work.save(region).key]
            if members:
                _put_in(work, region.key, members)
        return work.outcome[0]


def begin_with_macro_regions(desk: Desk, from_on: date, *, token: str = "") -> list[int]:
    """Define a sales region for each macro region of the registry that has none of its name; return ids.

    Raises: NotAllowed, NothingToBeginWith, StorageError.
    """
    desk.allow("sales_region.write")
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            found = macro_regions(work.session)
            missing = [name for name in found if sales_region_named(work.session, name) is None]
            if not missing:
                raise NothingToBeginWith
            first = _last_position(work) + 1
            work.outcome = []
            for position, name in enumerate(missing, start=first):
                name_en = MACRO_NAMES.get(name, "")
                region = work.save(SalesRegion(name=name, name_en=name_en, position=position))
                _put_in(work, region.key, MembersDraft(division_ids=found[name], from_on=from_on))
                work.outcome.append(region.key)
        return work.outcome


def change_region(desk: Desk, sales_region_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Rename a region or give it another place.

    Raises: NotAllowed, InvalidInput, WithdrawnMeanwhile, EditConflict, StorageError.
    """
    desk.allow("sales_region.write")
    draft = checked_sales_region(values)
    with desk.transaction() as work:
        _name_must_be_free(work, draft.name, sales_region_id)
        record.change(work, work.get(SalesRegion, sales_region_id), draft, seen=seen)


def put_in_region(desk: Desk, sales_region_id: int, values: dict[str, Any], *, token: str = "") -> None:
    """Put `division_ids` into a region from `from_on` on.

    Raises: NotAllowed, InvalidInput, StorageError.
    """
    desk.allow("sales_region.write")
    draft = checked_members(values)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            region = work.get(SalesRegion, sales_region_id)
            others = [m for m in standing_members(work.session) if m.sales_region_id == region.key]
            still = MemberDays(from_on=draft.from_on)
            inside = {m.division_id for m in others if meet(still, [m])}
            raise_any([_already_inside(desk, i, "division_ids") for i in draft.division_ids if i in inside])
            work.outcome = _put_in(work, region.key, draft)


def date_member(desk: Desk, member_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct from when a division is in its region, or say until when it was.

    Raises: NotAllowed, InvalidInput, WithdrawnMeanwhile, EditConflict, StorageError.
    """
    desk.allow("sales_region.write")
    draft = checked_days(values)
    with desk.transaction() as work:
        member = work.get(SalesRegionDivision, member_id)
        same = (member.sales_region_id, member.division_id)
        others = [m for m in standing_members(work.session) if (m.sales_region_id, m.division_id) == same]
        if meet(draft, [m for m in others if m.key != member_id]):
            raise_any([_already_inside(desk, member.division_id, "from_on")])
        record.change(work, member, draft, seen=seen)


def archive_member(desk: Desk, member_id: int, reason: str) -> None:
    """Withdraw a division that was put into a region in error.

    Raises: NotAllowed, ReasonRequired, WithdrawnMeanwhile, StorageError.
    """
    desk.allow("sales_region.write")
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(SalesRegionDivision, member_id))


def archive_region(desk: Desk, sales_region_id: int, reason: str) -> None:
    """Withdraw a region: nothing is counted by it any more.

    Raises: NotAllowed, ReasonRequired, WithdrawnMeanwhile, StorageError.
    """
    desk.allow("sales_region.write")
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(SalesRegion, sales_region_id))


def restore_region(desk: Desk, sales_region_id: int) -> None:
    """Bring a withdrawn region back with its divisions. Raises: NotAllowed, InvalidInput, StorageError."""
    desk.allow("sales_region.write")
    with desk.transaction() as work:
        region = work.get(SalesRegion, sales_region_id)
        _name_must_be_free(work, region.name, sales_region_id)
        record.restore(work, region)


def read_sales_regions(desk: Desk) -> tuple[RegionSheet, ...]:
    """Return all sales regions in their order, withdrawn ones too. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        regions, members = all_sales_regions(session), standing_members(session)
        session.expunge_all()
    return tuple(RegionSheet(r, tuple(m for m in members if m.sales_region_id == r.key)) for r in regions)


def read_overlaps(desk: Desk, as_of: date) -> pl.DataFrame:
    """Return which sales regions share counties; see `portfolio.region_overlap`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return region_overlaps(portfolio_for(desk), as_of)


def _put_in(work: Transaction, region_id: int, draft: MembersDraft) -> list[int]:
    members = [
        SalesRegionDivision(sales_region_id=region_id, division_id=division_id, from_on=draft.from_on)
        for division_id in dict.fromkeys(draft.division_ids)
    ]
    return [work.save(member).key for member in members]


def _last_position(work: Transaction) -> int:
    return max((region.position for region in all_sales_regions(work.session)), default=0)


def _name_must_be_free(work: Transaction, name: str, own_id: int | None) -> None:
    found = sales_region_named(work.session, name)
    if found is not None and found.key != own_id:
        raise_any([RegionNameTaken(field="name")])


def _already_inside(desk: Desk, division_id: int, field: str) -> TrackerError:
    division = division_index(desk).by_id.get(division_id)
    return AlreadyInside(field=field, place=division.name if division else division_id)
