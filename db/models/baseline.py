"""Approved plans: each approval freezes the milestones as they stood."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from db.models.base import Day, Line, Prose, Recorded


class Baseline(Recorded, table=True):
    """An approval: number 0 is the original plan, later ones are re-baselines."""

    __table_args__ = (UniqueConstraint("project_id", "number"),)

    project_id: int = Field(foreign_key="project.id")
    number: int
    approved_on: Day
    approver: Line = ""
    reason: Prose = ""


class BaselineMilestone(Recorded, table=True):
    """A milestone as frozen in a baseline."""

    __tablename__ = "baseline_milestone"
    __table_args__ = (UniqueConstraint("baseline_id", "milestone_id"),)

    baseline_id: int = Field(foreign_key="baseline.id")
    milestone_id: int = Field(foreign_key="milestone.id", index=True)
    start_on: Day | None = None
    due_on: Day
    weight: int
    is_key: bool
    is_gate: bool
