"""What every table shares: one registry, named constraints, recorded rows."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from sqlalchemy import BigInteger, CheckConstraint, Date, Enum, MetaData, Table, event
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import Field, SQLModel

from db.vocabulary import clean_text

_CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)


def _cleaned(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def _within_calendar(value: date) -> date:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError("date outside 1949-10-01 to 2199-12-31")
    return value


Line = Annotated[str, BeforeValidator(_cleaned), StringConstraints(max_length=300)]
RequiredLine = Annotated[str, BeforeValidator(_cleaned), StringConstraints(min_length=1, max_length=300)]
Prose = Annotated[str, BeforeValidator(_cleaned), StringConstraints(max_length=20_000)]
Day = Annotated[date, AfterValidator(_within_calendar)]


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=_CONSTRAINT_NAMES))):
    """The root of all tables. Its own registry survives a re-import of the module."""


class Recorded(Base):
    """A row whose every change is audited.

    `change_no` is the number of the change that wrote it last; `version` grows by one per save and
    guards against a second editor. Rows entered in error are archived, never removed.
    """

    __audited__: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    version: int | None = Field(default=None, nullable=False)
    change_no: int = Field(default=0, sa_type=BigInteger, index=True)
    archived_at: datetime | None = None
    archive_reason: Prose = ""

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]

    @property
    def key(self) -> int:
        """The primary key of a row that is stored. Raises: ValueError if it is not."""
        if self.id is None:
            raise ValueError(f"{type(self).__name__} is not stored yet")
        return self.id


def one_of(vocabulary: type[StrEnum], name: str) -> Enum:
    """Return a text column type that takes the members' values, held by a named constraint."""
    return Enum(
        vocabulary,
        native_enum=False,
        length=20,
        create_constraint=True,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


@event.listens_for(Table, "after_parent_attach")
def _hold_dates(table: Table, metadata: MetaData) -> None:
    """Give every date column a constraint: SQLite would store any text there, PostgreSQL year 10000."""
    if metadata is not Base.metadata:
        return
    for column in table.columns:
        if isinstance(column.type, Date):
            for engine, rule in date_rules(column.name).items():
                held = CheckConstraint(rule, name=f"{column.name}_is_a_date")
                table.append_constraint(held.ddl_if(dialect=engine))


def date_rules(column: str) -> dict[str, str]:
    """Return by engine the rule that `column` holds a day within the calendar, or nothing."""
    within = f"{column} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"
    # Plain date() takes 30 February for a date; adding no days makes SQLite work it out. IS, since a
    # comparison with what is no date at all would be unknown, and an unknown rule holds.
    return {"sqlite": f"{column} IS date({column}, '+0 days') AND {within}", "postgresql": within}
