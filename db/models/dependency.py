"""Dependencies: a milestone that waits for another, also of another project."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.base import Recorded, one_of
from db.vocabulary import DependencyKind

_STANDING = "archived_at IS NULL"


class DependencyFields(SQLModel):
    """What people enter: who waits for whom, how, and `lag_days` in calendar or working days."""

    predecessor_id: int = Field(foreign_key="milestone.id", index=True)
    successor_id: int = Field(foreign_key="milestone.id", index=True)
    kind: DependencyKind = Field(
        default=DependencyKind.finish_to_start, sa_type=one_of(DependencyKind, "kind")
    )
    lag_days: int = Field(default=0, ge=-3650, le=3650)
    in_working_days: bool = False


class Dependency(DependencyFields, Recorded, table=True):
    """A dependency as stored; two milestones have one of a kind at most."""

    __table_args__ = (
        CheckConstraint("predecessor_id <> successor_id", name="two_milestones"),
        CheckConstraint("lag_days BETWEEN -3650 AND 3650", name="lag"),
        Index(
            "uq_dependency_standing",
            "predecessor_id",
            "successor_id",
            "kind",
            unique=True,
            sqlite_where=text(_STANDING),
            postgresql_where=text(_STANDING),
        ),
    )
