"""Days the organisation works or rests otherwise than the published calendar says."""

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from db.models.base import Day, Line, Recorded, RequiredLine

_STANDING = "archived_at IS NULL"


class CalendarDayFields(SQLModel):
    """What people enter about a day, and where it is written."""

    day: Day
    is_working: bool
    reason: RequiredLine
    source: Line = ""


class CalendarDay(CalendarDayFields, Recorded, table=True):
    """A day as stored."""

    __tablename__ = "calendar_day"
    __table_args__ = (
        Index(
            "uq_calendar_day_standing",
            "day",
            unique=True,
            sqlite_where=text(_STANDING),
            postgresql_where=text(_STANDING),
        ),
    )
