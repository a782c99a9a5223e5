"""Targets: how many signings and landings a place is to reach in a year."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.base import Recorded, one_of
from db.vocabulary import TargetMeasure

_STANDING = "archived_at IS NULL"


def _one_a_year(name: str, where: str, *place: str) -> Index:
    rule = text(f"{where} AND {_STANDING}")
    return Index(name, *place, "year", "measure", unique=True, sqlite_where=rule, postgresql_where=rule)


class TargetFields(SQLModel):
    """What people enter, `count` in agreements: of a division, a sales region or, with neither, all."""

    division_id: int | None = Field(default=None, foreign_key="division.id", index=True)
    sales_region_id: int | None = Field(default=None, foreign_key="sales_region.id", index=True)
    year: int = Field(ge=1990, le=2199)
    measure: TargetMeasure = Field(sa_type=one_of(TargetMeasure, "measure"))
    count: int = Field(ge=0, le=100_000)


class Target(TargetFields, Recorded, table=True):
    """A target as stored; a place has one of a measure and year."""

    __table_args__ = (
        CheckConstraint("division_id IS NULL OR sales_region_id IS NULL", name="one_place"),
        CheckConstraint("year BETWEEN 1990 AND 2199", name="year"),
        CheckConstraint("count BETWEEN 0 AND 100000", name="count"),
        _one_a_year("uq_target_division", "division_id IS NOT NULL", "division_id"),
        _one_a_year("uq_target_sales_region", "sales_region_id IS NOT NULL", "sales_region_id"),
        _one_a_year("uq_target_whole", "division_id IS NULL AND sales_region_id IS NULL"),
    )
