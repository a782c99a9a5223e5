"""Agreements: the facts of each, its dated stages and its pillars."""

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose, Recorded, RequiredLine, one_of
from db.vocabulary import AgreementKind, Stage


class AgreementFields(SQLModel):
    """What people enter about an agreement itself. Its status is computed from these (D1, D2).

    `term_months` counts from `effective_on`; `end_on` is a typed end instead. `renewals_allowed` is how
    often it renews itself, each time by `renewal_term_months` (the term, unless an end was typed).
    """

    kind: AgreementKind = Field(default=AgreementKind.framework, sa_type=one_of(AgreementKind, "kind"))
    title: RequiredLine
    event_id: int | None = Field(default=None, foreign_key="signing_event.id", index=True)
    effective_on: Day | None = None
    term_months: int | None = Field(default=None, ge=1, le=1200)
    end_on: Day | None = None
    renewals_allowed: int = Field(default=0, ge=0, le=99)
    renewal_term_months: int | None = Field(default=None, ge=1, le=1200)
    notice_days: int = Field(default=90, ge=0, le=3650)
    amount_cents: int | None = Field(default=None, ge=0, le=10**17, sa_type=BigInteger)
    currency: str = Field(default="CNY", min_length=3, max_length=3)
    owner: Line = ""
    source: Prose = ""
    note: Prose = ""


class Agreement(AgreementFields, Recorded, table=True):
    """An agreement as stored; `number` is readable and never used again."""

    __table_args__ = (
        CheckConstraint("end_on IS NULL OR effective_on IS NULL OR end_on >= effective_on", name="term"),
        CheckConstraint("term_months IS NULL OR end_on IS NULL", name="one_kind_of_end"),
        CheckConstraint("term_months BETWEEN 1 AND 1200", name="term_months"),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("id <> parent_id AND id <> renewal_of_id", name="not_its_own_relative"),
    )

    number: str = Field(max_length=40, unique=True)
    opened_on: Day = Field(index=True)
    parent_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    renewal_of_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    non_renewal_notice_on: Day | None = None
    terminated_on: Day | None = None
    termination_reason: Prose = ""
    abandoned_on: Day | None = None
    abandonment_reason: Prose = ""


class AgreementStage(Recorded, table=True):
    """The day an unsigned agreement entered a stage."""

    __tablename__ = "agreement_stage"

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    stage: Stage = Field(sa_type=one_of(Stage, "stage"))
    entered_on: Day


class AgreementPillar(Recorded, table=True):
    """That an agreement is about a pillar."""

    __tablename__ = "agreement_pillar"
    __table_args__ = (UniqueConstraint("agreement_id", "pillar_id"),)

    agreement_id: int = Field(foreign_key="agreement.id")
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
