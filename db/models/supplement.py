"""Supplementary agreements: changes both sides signed to an agreement in force."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Prose, Recorded, RequiredLine


class SupplementFields(SQLModel):
    """What people enter about a supplementary agreement; `new_end_on` only if it changes the term."""

    title: RequiredLine
    signed_on: Day | None = None
    effective_on: Day | None = None
    new_end_on: Day | None = None
    note: Prose = ""


class Supplement(SupplementFields, Recorded, table=True):
    """A supplementary agreement as stored, numbered under its agreement (`-S1`)."""

    __table_args__ = (CheckConstraint("new_end_on IS NULL OR new_end_on >= effective_on", name="new_end"),)

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    number: str = Field(max_length=44, unique=True)
