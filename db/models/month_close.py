"""Closed months: what was reported of them, kept as it was."""

from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from db.models.base import Day, Line, Recorded


class MonthClose(Recorded, table=True):
    """A closed month by its first day; `known_no` is the last change its figures rest on.

    `figures` maps a grouping ("" for the whole) to the rows of figures as they were.
    """

    __tablename__ = "month_close"

    month_on: Day = Field(unique=True)
    closed_on: Day
    closed_by: Line
    known_no: int = Field(sa_type=BigInteger)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
