"""Risks of a project: what may go wrong, how likely, how bad, and who does what about it."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine


class RiskFields(SQLModel):
    """What people enter about a risk; likelihood and impact run from 1 (low) to 5 (high)."""

    title: RequiredLine
    likelihood: int = Field(default=3, ge=1, le=5)
    impact: int = Field(default=3, ge=1, le=5)
    owner: Line = ""
    response: Prose = ""
    due_on: Day | None = None


class Risk(RiskFields, Recorded, table=True):
    """A risk as stored; open until `closed_on`."""

    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="likelihood"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="days"),
    )

    project_id: int = Field(foreign_key="project.id", index=True)
    update_id: int | None = Field(default=None, foreign_key="project_update.id", index=True)
    opened_on: Day
    closed_on: Day | None = None
    closing_note: Prose = ""
