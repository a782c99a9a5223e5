"""Days on which an agreement or a project rests by common consent."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Prose, Recorded


class SuspensionFields(SQLModel):
    """The days of a suspension, both included; no `to_on` while its end is not agreed."""

    from_on: Day
    to_on: Day | None = None
    reason: Prose


class Suspension(SuspensionFields, Recorded, table=True):
    """A suspension as stored: of an agreement (and so of its projects) or of one project."""

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        CheckConstraint("(agreement_id IS NULL) <> (project_id IS NULL)", name="one_subject"),
    )

    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
