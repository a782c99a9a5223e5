"""The county registry: administrative divisions, their former names, and the list they came from."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.base import Line, Recorded, RequiredLine, one_of
from db.vocabulary import DivisionLevel


class DivisionFields(SQLModel):
    """One province, prefecture or county-level division.

    `valid_from` and `valid_to` are years, both included; None is unknown and still valid. A code can
    be used again for another division, so (code, valid_to) tells them apart.
    """

    code: str = Field(max_length=6, index=True)
    name: RequiredLine
    name_en: Line = ""
    short_name: Line = ""
    level: DivisionLevel = Field(sa_type=one_of(DivisionLevel, "level"))
    kind: Line = ""
    valid_from: int | None = None
    valid_to: int | None = None


class Division(DivisionFields, Recorded, table=True):
    """A division as stored; `parent_id` is its prefecture, or its province where there is none."""

    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="years"),
        Index(
            "uq_division_current_code",
            "code",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    parent_id: int | None = Field(default=None, foreign_key="division.id", index=True)
    province_id: int | None = Field(default=None, foreign_key="division.id", index=True)
    grid_column: int | None = None
    grid_row: int | None = None
    macro_region: Line = ""


class DivisionName(Recorded, table=True):
    """A former or short name or a former code that leads to a present division.

    An `ambiguous` one leads to several and is never mapped without asking.
    """

    __tablename__ = "division_name"

    division_id: int = Field(foreign_key="division.id", index=True)
    code: str = Field(default="", max_length=6)
    name: RequiredLine
    relation: Line
    valid_from: int | None = None
    valid_to: int | None = None
    ambiguous: bool = False


class RegistryVersion(Recorded, table=True):
    """A list of divisions that was applied, as of the day it speaks of."""

    __tablename__ = "registry_version"

    label: RequiredLine
    sha256: str = Field(max_length=64)
    division_count: int
    applied_at: datetime


class FunctionalArea(Recorded, table=True):
    """A statistics-only area (development zone …): not a division; the search says so and asks."""

    __tablename__ = "functional_area"

    code: str = Field(max_length=6, unique=True)
    name: RequiredLine
    parent_id: int | None = Field(default=None, foreign_key="division.id", index=True)
    note: Line = ""
