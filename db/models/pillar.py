"""The organisation's lines of work (pillars) and its business units, as data."""

from sqlmodel import Field

from db.models.base import Recorded, RequiredLine


class Pillar(Recorded, table=True):
    """A line of work that counties ask for."""

    code: str = Field(max_length=40, unique=True)
    name_zh: RequiredLine
    name_en: RequiredLine
    position: int = 0


class Unit(Recorded, table=True):
    """A business unit of the organisation that staffs projects."""

    code: str = Field(max_length=40, unique=True)
    name_zh: RequiredLine
    name_en: RequiredLine
    position: int = 0
