"""Lights set by a person, for a while and with a reason."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, one_of
from db.vocabulary import Colour


class LightOverrideFields(SQLModel):
    """What people enter; the override ends with `until_on`, that day included."""

    colour: Colour = Field(sa_type=one_of(Colour, "colour"))
    until_on: Day
    reason: Prose


class LightOverride(LightOverrideFields, Recorded, table=True):
    """An override as stored; it has no effect from `lifted_on` on."""

    __tablename__ = "light_override"
    __table_args__ = (CheckConstraint("until_on >= from_on", name="days"),)

    project_id: int = Field(foreign_key="project.id", index=True)
    author: Line
    from_on: Day
    lifted_on: Day | None = None
