"""Bulk reads of the audit entries, for rebuilding what was recorded by an earlier moment."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, cast, func, select
from sqlmodel import Session, col

from db.models import metadata
from db.models.audit import AuditEntry

# The reference data of the first start is nobody's entry: it counts as always known.
_FIRST_START = "start-up"
# What a migration fills in was known before, in another form: taken back, it would be known in none.
_FILLED_IN = "migration"
_CHUNK = 20_000


def last_change_at(session: Session, moment: datetime) -> int:
    """Return the number of the last change recorded at or before `moment`, an aware instant.

    It is never lower than that of the reference data loaded at the first start, known at any moment.
    """
    found = session.connection().scalar(
        select(col(AuditEntry.change_no))
        .where(col(AuditEntry.recorded_at) <= moment)
        .order_by(col(AuditEntry.recorded_at).desc(), col(AuditEntry.id).desc())
        .limit(1)
    )
    return max(found or 0, _reference_change(session))


def first_entry_at(session: Session) -> datetime | None:
    """Return the instant of the first entry that people made; None if there is none."""
    found: datetime | None = session.connection().scalar(
        select(col(AuditEntry.recorded_at))
        .where(col(AuditEntry.origin) != _FIRST_START)
        .order_by(col(AuditEntry.id))
        .limit(1)
    )
    return found


def later_entries(session: Session, entities: Sequence[str], number: int) -> Iterator[str]:
    """Give people's entries of changes after `number` about these entities, many lines to a text.

    A line is id, entity, record id and fields, set apart by tabs; the fields are JSON, which writes tabs and
    line ends in other ways. A text of many lines costs a fraction of as many rows. Lines are in no order.
    """
    entry, run = AuditEntry, session.connection().execute
    later = select(col(entry.id)).where(col(entry.change_no) > number)
    first = run(later.order_by(col(entry.change_no), col(entry.id)).limit(1)).scalar()
    if first is None:
        return
    last = run(select(func.max(col(entry.id)))).scalar() or first
    cells = cast(col(entry.id), String), col(entry.entity), cast(col(entry.record_id), String)
    line = cells[0] + "\t" + cells[1] + "\t" + cells[2] + "\t" + cast(col(entry.fields), Text)
    lines = select(func.aggregate_strings(line, "\n")).where(
        col(entry.entity).in_(entities), col(entry.origin) != _FILLED_IN
    )
    # Numbers and ids grow together, and a stretch of ids lies side by side in the table.
    for start in range(first, last + 1, _CHUNK):
        stretch = col(entry.id).between(start, start + _CHUNK - 1)
        if text := run(lines.where(stretch)).scalar():
            yield text


def entries_since(
    session: Session, records: Collection[tuple[str, int]], number: int
) -> dict[tuple[str, int], list[AuditEntry]]:
    """Return the entries of changes after `number` about each of these (entity, id), oldest first."""
    by_entity: dict[str, list[int]] = {}
    for entity, record_id in sorted(records):
        by_entity.setdefault(entity, []).append(record_id)
    found: dict[tuple[str, int], list[AuditEntry]] = {}
    for entity, ids in by_entity.items():
        about = (col(AuditEntry.entity) == entity) & col(AuditEntry.record_id).in_(ids)
        later = select(AuditEntry).where(about, col(AuditEntry.change_no) > number)
        for entry in session.execute(later.order_by(col(AuditEntry.id))).scalars():
            found.setdefault((entity, entry.record_id), []).append(entry)
    session.expunge_all()
    return found


def rows_with(
    session: Session, table: str, columns: Sequence[str], ids: Sequence[int]
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Give the rows of `table` with these ids, archived ones included, in chunks of the driver's values.

    The last value of a row says whether it is archived, as in `facts.rows_since`.
    """
    known = metadata.tables[table].columns.keys()
    if unknown := set(columns) - set(known):
        raise KeyError(unknown)
    for start in range(0, len(ids), _CHUNK):
        wanted = ", ".join(str(int(i)) for i in ids[start : start + _CHUNK])
        statement = (
            f"SELECT {', '.join(columns)}, archived_at IS NOT NULL FROM {table} WHERE id IN ({wanted})"
        )
        result = session.connection().exec_driver_sql(statement)
        if result.cursor is not None and (rows := result.cursor.fetchall()):
            yield rows
        result.close()


def _reference_change(session: Session) -> int:
    """The number of the change that loaded the reference data: the one before people's first."""
    first = session.connection().scalar(
        select(col(AuditEntry.change_no))
        .where(col(AuditEntry.origin) != _FIRST_START)
        .order_by(col(AuditEntry.id))
        .limit(1)
    )
    if first is not None:
        return int(first) - 1
    return int(session.connection().scalar(select(func.max(col(AuditEntry.change_no)))) or 0)
