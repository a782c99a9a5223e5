"""Thresholds of the published rules, each with the day from which it applies."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from db.models.base import Day, Recorded

_STANDING = "archived_at IS NULL"


class Threshold(Recorded, table=True):
    """One value of one threshold; the newest by a day is in force on it, the product's own before any."""

    __table_args__ = (
        CheckConstraint("value BETWEEN 0 AND 10000", name="value"),
        Index(
            "uq_threshold_standing",
            "name",
            "from_on",
            unique=True,
            sqlite_where=text(_STANDING),
            postgresql_where=text(_STANDING),
        ),
    )

    name: str = Field(max_length=40)
    value: int
    from_on: Day
