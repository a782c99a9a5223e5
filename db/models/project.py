"""Projects: what an agreement is turned into, one county and one pillar each."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine


class ProjectFields(SQLModel):
    """What people enter about a project. Every date is a fact; its state is computed from them.

    `planned_start_on` is the typed one: from the first approval on the baseline in force outranks it.
    """

    name: RequiredLine
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    owner: Line = ""
    county_owner: Line = ""
    planned_start_on: Day | None = None
    started_on: Day | None = None
    live_on: Day | None = None
    accepted_on: Day | None = None
    note: Prose = ""


class Project(ProjectFields, Recorded, table=True):
    """A project as stored, with the template version it was made from."""

    __table_args__ = (
        CheckConstraint("live_on IS NULL OR started_on IS NOT NULL AND live_on >= started_on", name="live"),
        CheckConstraint(
            "accepted_on IS NULL OR started_on IS NOT NULL AND accepted_on >= started_on", name="accepted"
        ),
    )

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    division_id: int = Field(foreign_key="division.id", index=True)
    template_version_id: int | None = Field(default=None, foreign_key="plan_template_version.id", index=True)
    opened_on: Day
    anchor_on: Day | None = None
    stopped_on: Day | None = None
    stop_reason: Prose = ""
