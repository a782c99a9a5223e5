"""Plan templates: what a kind of project usually goes through, as offsets from an anchor day."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine, one_of
from db.vocabulary import EvidenceKind, OffsetUnit, ProgressBasis


class PlanTemplateFields(SQLModel):
    """What a template is for, in both languages."""

    name_zh: RequiredLine
    name_en: RequiredLine
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    description_zh: Prose = ""
    description_en: Prose = ""


class PlanTemplate(PlanTemplateFields, Recorded, table=True):
    """A template as stored; its milestones belong to its versions."""

    __tablename__ = "plan_template"

    code: str = Field(max_length=40, unique=True)


class PlanTemplateVersion(Recorded, table=True):
    """An edition of a template. Projects keep the edition they were made from."""

    __tablename__ = "plan_template_version"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    template_id: int = Field(foreign_key="plan_template.id")
    number: int
    published_on: Day
    progress_basis: ProgressBasis = Field(
        default=ProgressBasis.milestones, sa_type=one_of(ProgressBasis, "progress_basis")
    )


class PlanTemplateMilestoneFields(SQLModel):
    """A step of a template; `start_offset` and `offset` count from the anchor in `offset_unit`."""

    name_zh: RequiredLine
    name_en: RequiredLine
    start_offset: int | None = Field(default=None, ge=0, le=10_000)
    offset: int = Field(ge=0, le=10_000)
    offset_unit: OffsetUnit = Field(default=OffsetUnit.month, sa_type=one_of(OffsetUnit, "offset_unit"))
    weight: int = Field(ge=0, le=10_000)
    is_key: bool = False
    is_gate: bool = False
    evidence_kind: EvidenceKind | None = Field(default=None, sa_type=one_of(EvidenceKind, "evidence_kind"))
    evidence_hint_zh: Line = ""
    evidence_hint_en: Line = ""


class PlanTemplateMilestone(PlanTemplateMilestoneFields, Recorded, table=True):
    """A step as stored."""

    __tablename__ = "plan_template_milestone"
    __table_args__ = (CheckConstraint("weight BETWEEN 0 AND 10000", name="weight"),)

    template_version_id: int = Field(foreign_key="plan_template_version.id", index=True)
    position: int = 0
