"""Requests for update: somebody asks how a project stands, and by when they want to know."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, one_of
from db.vocabulary import RequestOutcome

_OPEN = "closed_on IS NULL AND archived_at IS NULL"


class UpdateRequestFields(SQLModel):
    """What people enter when they ask."""

    due_on: Day
    question: Prose


class UpdateRequest(UpdateRequestFields, Recorded, table=True):
    """A request as stored; a project has one open request at most."""

    __tablename__ = "update_request"
    __table_args__ = (
        CheckConstraint("due_on >= asked_on", name="days"),
        CheckConstraint("(outcome IS NULL) = (closed_on IS NULL)", name="closed"),
        Index(
            "uq_update_request_open",
            "project_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    project_id: int = Field(foreign_key="project.id", index=True)
    asked_by: Line
    asked_on: Day
    outcome: RequestOutcome | None = Field(default=None, sa_type=one_of(RequestOutcome, "outcome"))
    closed_on: Day | None = None
    closing_note: Prose = ""
