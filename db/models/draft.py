"""Forms that are not sent yet. Drafts are scratch: neither audited nor numbered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from db.models.base import Base


class Draft(Base, table=True):
    """What one person has typed into one form so far."""

    __table_args__ = (UniqueConstraint("person", "form"),)

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(max_length=300)
    form: str = Field(max_length=100)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    saved_at: datetime
