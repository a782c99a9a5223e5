"""Questions that find what is not as the product wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, String, Table, cast, func, select, text
from sqlmodel import Session, col

from db.models import metadata
from db.models.agreement import Agreement
from db.models.audit import AuditEntry
from db.models.division import Division, RegistryVersion
from db.models.document import DocumentVersion
from db.vocabulary import DivisionLevel

_CHUNK = 5_000
_MILESTONE = metadata.tables["milestone"]
# A milestone's field that keeps the newest of a history: the history, its day, its value.
_NEWEST = (
    ("forecast_on", metadata.tables["forecast_change"], "changed_on", "new_on"),
    ("credited_on", metadata.tables["milestone_credit"], "credited_on", "credited_on"),
    ("credit_percent", metadata.tables["milestone_credit"], "credited_on", "percent"),
)
_DISORDERED = """
    SELECT id FROM (
        SELECT id, change_no, recorded_at,
            lag(change_no) OVER (ORDER BY id) AS change_before,
            lag(recorded_at) OVER (ORDER BY id) AS recorded_before
        FROM audit_entry
    ) AS entries
    WHERE change_no < change_before OR recorded_at < recorded_before ORDER BY id
"""


@dataclass
class History:
    """What the entries about one record tell: its last change, its values, and the fields told in pieces.

    A field is told in pieces if an entry's old value is not the value told before.
    """

    record_id: int
    change_no: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    in_pieces: set[str] = field(default_factory=set)

    def add(self, change_no: int, fields: dict[str, list[Any]]) -> None:
        """Take in the next entry."""
        self.change_no = change_no
        for name, (old, new) in fields.items():
            if not same(old, self.values.get(name)):
                self.in_pieces.add(name)
            self.values[name] = new


def same(one: Any, other: Any) -> bool:
    """Return whether two recorded values are the same; an empty text is none at all."""
    return (None if one == "" else one) == (None if other == "" else other)


def recorded_tables() -> list[Table]:
    """Return the tables whose every row is told of in the history."""
    return [
        table for table in metadata.sorted_tables if {"version", "change_no"} <= set(table.columns.keys())
    ]


def rows_of(session: Session, table: Table) -> Iterator[RowMapping]:
    """Give the rows of a table in the order of their ids."""
    result = (
        session.connection()
        .execution_options(stream_results=True)
        .execute(select(table).order_by(table.c.id))
    )
    for chunk in result.mappings().partitions(_CHUNK):
        yield from chunk


def histories(session: Session, entity: str) -> Iterator[History]:
    """Give what is told of each record of a table, in the order of their ids."""
    statement = (
        select(col(AuditEntry.record_id), col(AuditEntry.change_no), col(AuditEntry.fields))
        .where(col(AuditEntry.entity) == entity)
        .order_by(col(AuditEntry.record_id), col(AuditEntry.id))
    )
    history: History | None = None
    result = session.connection().execution_options(stream_results=True).execute(statement)
    for chunk in result.partitions(_CHUNK):
        for record_id, change_no, fields in chunk:
            if history is None or history.record_id != record_id:
                if history is not None:
                    yield history
                history = History(record_id)
            history.add(change_no, fields)
    if history is not None:
        yield history


def page_faults(session: Session) -> list[str]:
    """Return what SQLite finds wrong in its own file; nothing for a server, which checks by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    lines = session.connection().exec_driver_sql("PRAGMA integrity_check(50)").scalars()
    return [line for line in lines if line != "ok"]


def orphans(session: Session) -> list[tuple[str, int, str]]:
    """Return (table, row, parent table) of rows that refer to nothing; a server lets none arise."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    rows = session.connection().exec_driver_sql("PRAGMA foreign_key_check").fetchmany(50)
    return [(table, row_id, parent) for table, row_id, parent, _ in rows]


def counters(session: Session) -> list[int]:
    """Return the numbers in the change counter, which has one row."""
    return list(session.connection().execute(text("SELECT number FROM change_counter")).scalars())


def rows_above(session: Session, table: Table, number: int) -> list[tuple[int, int]]:
    """Return (id, change number) of rows with a change number above `number`."""
    above = select(table.c.id, table.c.change_no).where(table.c.change_no > number).order_by(table.c.id)
    return [(row_id, change_no) for row_id, change_no in session.connection().execute(above)]


def last_told_change(session: Session) -> int:
    """Return the highest change number in the history, 0 without any."""
    return session.connection().execute(select(func.max(col(AuditEntry.change_no)))).scalar() or 0


def disordered_entries(session: Session) -> list[int]:
    """Return the ids of entries with a lower number or an earlier instant than the entry before."""
    return list(session.connection().execute(text(_DISORDERED)).scalars())


def numbers_used_twice(session: Session) -> list[tuple[str, int]]:
    """Return (agreement number, how often) of numbers that several agreements bear."""
    number, count = col(Agreement.number), func.count()
    found = session.connection().execute(select(number, count).group_by(number).having(count > 1))
    return [(number, count) for number, count in found]


def divisions_without_parent(session: Session) -> list[str]:
    """Return the codes of prefectures and counties that stand below nothing."""
    statement = select(col(Division.code)).where(
        col(Division.level) != DivisionLevel.province,
        col(Division.parent_id).is_(None) | col(Division.province_id).is_(None),
    )
    return list(session.connection().execute(statement).scalars())


def registry_counts(session: Session) -> tuple[int, int] | None:
    """Return how many present county-level divisions there are and how many the list in force has."""
    newest = select(col(RegistryVersion.division_count)).order_by(col(RegistryVersion.id).desc()).limit(1)
    listed = session.connection().execute(newest).scalar()
    if listed is None:
        return None
    present = select(func.count()).where(
        col(Division.level) == DivisionLevel.county,
        col(Division.valid_to).is_(None),
        col(Division.archived_at).is_(None),
    )
    return session.connection().execute(present).scalar_one(), listed


def newest_values_apart(session: Session) -> list[tuple[str, int, str, str]]:
    """Return (field, milestone, what it holds, what its history says last) where the two are not the same.

    Milestones that were withdrawn are left out. Values are given as texts, "–" for none.
    """
    found: list[tuple[str, int, str, str]] = []
    for name, history, day, value in _NEWEST:
        newest = (
            select(history.c[value])
            .where(history.c.milestone_id == _MILESTONE.c.id, history.c.archived_at.is_(None))
            .order_by(history.c[day].desc(), history.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        stored = _MILESTONE.c[name]
        # As texts, since a stored day may be none that could be read.
        statement = (
            select(_MILESTONE.c.id, cast(stored, String), cast(newest, String))
            .where(_MILESTONE.c.archived_at.is_(None), stored.is_distinct_from(newest))
            .order_by(_MILESTONE.c.id)
        )
        rows = session.connection().execute(statement)
        found += [(name, row_id, held or "–", told or "–") for row_id, held, told in rows]
    return found


def contents(session: Session) -> list[tuple[int, str]]:
    """Return (document version, SHA-256) of every content that documents refer to."""
    statement = select(col(DocumentVersion.id), col(DocumentVersion.sha256)).order_by(col(DocumentVersion.id))
    return [(row_id or 0, sha256) for row_id, sha256 in session.connection().execute(statement)]
