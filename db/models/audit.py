"""The change counter, the audit entries it numbers, and the requests that were carried out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, Integer
from sqlmodel import Field

from db.models.base import Base

# SQLite numbers rows by itself only in an INTEGER key.
_LONG_KEY = BigInteger().with_variant(Integer, "sqlite")


class ChangeCounter(Base, table=True):
    """The single row every writing transaction increments, so that numbers are in commit order."""

    __tablename__ = "change_counter"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: int = Field(default=1, primary_key=True)
    number: int = Field(default=0, sa_type=BigInteger)
    database_id: str = Field(max_length=32)
    recorded_at: datetime


class AuditEntry(Base, table=True):
    """Who changed one record, when, why, from where, and each field's old and new value.

    `fields` maps field → [old, new]; at creation every old value is None. `change_no` is the
    transaction's number, shared by all entries it wrote.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_entity_record_id", "entity", "record_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=_LONG_KEY)
    change_no: int = Field(sa_type=BigInteger, index=True)
    entity: str = Field(max_length=40, index=True)
    record_id: int
    action: str = Field(max_length=60, index=True)
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    actor: str = Field(max_length=300, index=True)
    reason: str = ""
    origin: str = Field(max_length=40)
    recorded_at: datetime = Field(index=True)


class CarriedOut(Base, table=True):
    """A request that was carried out, by the token its form sent; a second sending finds its outcome."""

    __tablename__ = "carried_out"

    token: str = Field(primary_key=True, max_length=64)
    change_no: int = Field(sa_type=BigInteger)
    outcome: list[int] = Field(default_factory=list, sa_type=JSON)
