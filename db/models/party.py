"""Who is bound by an agreement, and who signed for them."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Recorded, one_of
from db.vocabulary import Side


class PartyFields(SQLModel):
    """What people enter about a party: a division or a name, its signatory and post on the day."""

    side: Side = Field(sa_type=one_of(Side, "side"))
    division_id: int | None = Field(default=None, foreign_key="division.id", index=True)
    name: Line = ""
    required: bool = True
    signatory: Line = ""
    post: Line = ""
    signed_on: Day | None = None


class Party(PartyFields, Recorded, table=True):
    """A party as stored. The agreement is signed on the latest day of its required parties."""

    __table_args__ = (CheckConstraint("division_id IS NOT NULL OR name <> ''", name="somebody"),)

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    position: int = 0
