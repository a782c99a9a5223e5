"""Approved plans: each approval freezes the milestones as they stood; a later one is proposed first."""

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from db.models.base import Day, Line, Prose, Recorded, one_of
from db.vocabulary import Decision

_OPEN = "decided_on IS NULL AND archived_at IS NULL"


class Baseline(Recorded, table=True):
    """An approval: number 0 is the original plan, later ones are re-baselines.

    `planned_start_on` is the project's planned start as frozen, None where the plan dated none;
    `self_approved` says that a re-baseline's author approved it, since there was nobody else.
    """

    __table_args__ = (UniqueConstraint("project_id", "number"),)

    project_id: int = Field(foreign_key="project.id")
    number: int
    approved_on: Day
    planned_start_on: Day | None = None
    author: Line = ""
    approver: Line = ""
    self_approved: bool = False
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


class PlanProposal(Recorded, table=True):
    """A re-baseline put before an approver: the typed plan as of change `plan_change_no`.

    With a `milestone_id` it proposes to cancel that milestone on `cancelled_on` and nothing else.
    """

    __tablename__ = "plan_proposal"
    __table_args__ = (
        CheckConstraint("(milestone_id IS NULL) = (cancelled_on IS NULL)", name="cancelling"),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided"),
        Index(
            "uq_plan_proposal_open",
            "project_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    project_id: int = Field(foreign_key="project.id", index=True)
    author: Line
    proposed_on: Day
    reason: Prose
    plan_change_no: int = Field(sa_type=BigInteger)
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id", index=True)
    cancelled_on: Day | None = None
    decision: Decision | None = Field(default=None, sa_type=one_of(Decision, "decision"))
    decided_on: Day | None = None
    decided_by: Line = ""
    decision_note: Prose = ""
