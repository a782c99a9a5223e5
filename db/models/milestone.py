"""Milestones of a project's plan, what became of them, and how what was expected of them moved."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine, one_of
from db.vocabulary import EvidenceKind, SlipReason


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
    """A milestone as stored. `credit_percent` is the stated share of a milestone met in part.

    Forecast and credit are the newest ones; how they came about, dated, is in ForecastChange and
    MilestoneCredit. `met_recorded_on` is the day on which somebody said that it was met on `met_on`.
    """

    __table_args__ = (
        CheckConstraint("weight BETWEEN 0 AND 10000", name="weight"),
        CheckConstraint("due_on IS NULL OR start_on IS NULL OR due_on >= start_on", name="days"),
        CheckConstraint("credit_percent BETWEEN 1 AND 99", name="credit"),
    )

    project_id: int = Field(foreign_key="project.id", index=True)
    template_milestone_id: int | None = Field(
        default=None, foreign_key="plan_template_milestone.id", index=True
    )
    position: int = 0
    met_on: Day | None = None
    met_recorded_on: Day | None = None
    credit_percent: int | None = None
    credited_on: Day | None = None
    evidence_note: Prose = ""
    evidence_link: Line = ""
    evidence_witness: Line = ""
    cancelled_on: Day | None = None


class ForecastChange(Recorded, table=True):
    """One move of a milestone's forecast, with its reason; no `new_on` where the forecast was taken back."""

    __tablename__ = "forecast_change"

    milestone_id: int = Field(foreign_key="milestone.id", index=True)
    update_id: int | None = Field(default=None, foreign_key="project_update.id", index=True)
    changed_on: Day
    old_on: Day | None = None
    new_on: Day | None = None
    reason_code: SlipReason = Field(sa_type=one_of(SlipReason, "reason_code"))
    note: Line = ""


class MilestoneCredit(Recorded, table=True):
    """The stated share of a milestone met in part, from a day on."""

    __tablename__ = "milestone_credit"
    __table_args__ = (CheckConstraint("percent BETWEEN 1 AND 99", name="percent"),)

    milestone_id: int = Field(foreign_key="milestone.id", index=True)
    credited_on: Day
    percent: int
