"""Sales regions: the organisation's own parts of the country, each a dated set of divisions."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Recorded, RequiredLine

_STANDING = "archived_at IS NULL"


class SalesRegionFields(SQLModel):
    """What people enter about a sales region; `position` orders the list."""

    name: RequiredLine
    name_en: Line = ""
    position: int = 0


class SalesRegion(SalesRegionFields, Recorded, table=True):
    """A sales region as stored; two that stand never share a name."""

    __tablename__ = "sales_region"
    __table_args__ = (
        Index(
            "uq_sales_region_standing",
            "name",
            unique=True,
            sqlite_where=text(_STANDING),
            postgresql_where=text(_STANDING),
        ),
    )


class SalesRegionDivision(Recorded, table=True):
    """A division that is part of a sales region, with all below it; both its days are included."""

    __tablename__ = "sales_region_division"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        Index(
            "uq_sales_region_division_open",
            "sales_region_id",
            "division_id",
            unique=True,
            sqlite_where=text(f"to_on IS NULL AND {_STANDING}"),
            postgresql_where=text(f"to_on IS NULL AND {_STANDING}"),
        ),
    )

    sales_region_id: int = Field(foreign_key="sales_region.id", index=True)
    division_id: int = Field(foreign_key="division.id", index=True)
    from_on: Day
    to_on: Day | None = None
