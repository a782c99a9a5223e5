"""Dependencies: a milestone that waits for another, also of another project."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.base import Day, Recorded, one_of
from db.vocabulary import DependencyKind

_STANDING = "archived_at IS NULL AND lifted_on IS NULL"


class DependencyFields(SQLModel):
    """What people enter: who waits for whom, how, and `lag_days` in calendar or working days.

    It holds from `agreed_on`.
    """

    predecessor_id: int = Field(foreign_key="milestone.id", index=True)
    successor_id: int = Field(foreign_key="milestone.id", index=True)
    kind: DependencyKind = Field(
        default=DependencyKind.finish_to_start, sa_type=one_of(DependencyKind, "kind")
    )
    lag_days: int = Field(default=0, ge=-3650, le=3650)
    in_working_days: bool = False
    agreed_on: Day


class Dependency(DependencyFields, Recorded, table=True):
    """A dependency as stored; two milestones have one of a kind at most that is not lifted.

    From `lifted_on` on it holds no more, and stays as what was once agreed.
    """

    __table_args__ = (
        CheckConstraint("predecessor_id <> successor_id", name="two_milestones"),
        CheckConstraint("lag_days BETWEEN -3650 AND 3650", name="lag"),
        CheckConstraint("lifted_on IS NULL OR lifted_on >= agreed_on", name="lifted"),
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

    lifted_on: Day | None = None
