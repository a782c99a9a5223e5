"""Milestones of a project's plan, and what became of them."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine, one_of
from db.vocabulary import EvidenceKind


class MilestoneFields(SQLModel):
    """What people plan for a milestone; `weight` is an integer share of the project's work."""

    name: RequiredLine
    weight: int = Field(default=10, ge=0, le=10_000)
    is_key: bool = False
    is_gate: bool = False
    start_on: Day | None = None
    due_on: Day | None = None
    forecast_on: Day | None = None
    evidence_kind: EvidenceKind | None = Field(default=None, sa_type=one_of(EvidenceKind, "evidence_kind"))
    evidence_hint: Line = ""


class Milestone(MilestoneFields, Recorded, table=True):
    """A milestone as stored. `credit_percent` is the stated share of a milestone met in part."""

    __table_args__ = (
        CheckConstraint("weight BETWEEN 0 AND 10000", name="weight"),
        CheckConstraint("due_on IS NULL OR start_on IS NULL OR due_on >= start_on", name="days"),
        CheckConstraint("credit_percent BETWEEN 1 AND 99", name="credit"),
    )

    project_id: int = Field(foreign_key="project.id", index=True)
    position: int = 0
    met_on: Day | None = None
    credit_percent: int | None = None
    credited_on: Day | None = None
    evidence_note: Prose = ""
    cancelled_on: Day | None = None
