"""Meetings with county leaders: what makes a county "contacted"."""

from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine


class MeetingFields(SQLModel):
    """What people enter after a meeting."""

    division_id: int = Field(foreign_key="division.id", index=True)
    held_on: Day
    with_whom: RequiredLine
    topic: Line = ""
    outcome: Prose = ""
    next_step: Line = ""
    next_step_on: Day | None = None
    owner: Line = ""


class Meeting(MeetingFields, Recorded, table=True):
    """A meeting as stored."""
