"""Updates: what people report of a project, and what they expect from then on."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, one_of
from db.vocabulary import Decision, SlipReason


class ProjectUpdateFields(SQLModel):
    """What people report: a text, or that nothing changed, and the percent done if they know it."""

    reported_on: Day
    text: Prose = ""
    is_no_change: bool = False
    reported_percent: int | None = Field(default=None, ge=0, le=100)


class ProjectUpdate(ProjectUpdateFields, Recorded, table=True):
    """An update as stored. It counts once a lead accepted it; a returned one does not."""

    __tablename__ = "project_update"
    __table_args__ = (
        CheckConstraint("reported_percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided"),
    )

    project_id: int = Field(foreign_key="project.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="update_request.id", index=True)
    author: Line
    decision: Decision | None = Field(default=None, sa_type=one_of(Decision, "decision"))
    decided_on: Day | None = None
    decided_by: Line = ""
    decision_note: Prose = ""


class UpdateForecast(Recorded, table=True):
    """A forecast an update brings; it becomes the milestone's once the update is accepted."""

    __tablename__ = "update_forecast"

    update_id: int = Field(foreign_key="project_update.id", index=True)
    milestone_id: int = Field(foreign_key="milestone.id", index=True)
    new_on: Day | None = None
    reason_code: SlipReason = Field(sa_type=one_of(SlipReason, "reason_code"))
    note: Line = ""
