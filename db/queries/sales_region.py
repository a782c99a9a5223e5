"""Questions to the sales regions, and to the macro regions that they can begin with."""

from sqlmodel import Session, col, select

from db.models.division import Division
from db.models.sales_region import SalesRegion, SalesRegionDivision


def sales_region_named(session: Session, name: str) -> SalesRegion | None:
    """Return the standing sales region of this name, if there is one."""
    standing = select(SalesRegion).where(col(SalesRegion.archived_at).is_(None))
    return session.exec(standing.where(SalesRegion.name == name)).first()


def all_sales_regions(session: Session) -> list[SalesRegion]:
    """Return every sales region in its place, withdrawn ones too."""
    return list(session.exec(select(SalesRegion).order_by(col(SalesRegion.position), col(SalesRegion.id))))


def standing_members(session: Session) -> list[SalesRegionDivision]:
    """Return all divisions of all sales regions, oldest first, without those withdrawn."""
    standing = select(SalesRegionDivision).where(col(SalesRegionDivision.archived_at).is_(None))
    return list(
        session.exec(standing.order_by(col(SalesRegionDivision.from_on), col(SalesRegionDivision.id)))
    )


def macro_regions(session: Session) -> dict[str, list[int]]:
    """Return the ids of the present provinces of each macro region, in the order of their codes."""
    present = select(Division).where(col(Division.valid_to).is_(None), Division.macro_region != "")
    found: dict[str, list[int]] = {}
    for division in session.exec(present.order_by(col(Division.code))):
        if division.level == "province":
            found.setdefault(division.macro_region, []).append(division.key)
    return found
