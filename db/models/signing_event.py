"""Occasions at which agreements are signed, often several at once."""

from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine


class SigningEventFields(SQLModel):
    """What people enter about a signing event."""

    name: RequiredLine
    held_on: Day
    place: Line = ""
    note: Prose = ""
    division_id: int | None = Field(default=None, foreign_key="division.id", index=True)


class SigningEvent(SigningEventFields, Recorded, table=True):
    """A signing event as stored; `division_id` is the division that hosted or led it, if any."""

    __tablename__ = "signing_event"
