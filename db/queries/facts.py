"""Bulk reads of facts for the portfolio, as raw rows in column order."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, select

from db.models import metadata
from db.models.audit import ChangeCounter

_CHUNK = 20_000


def counter(session: Session) -> tuple[str, int]:
    """Return the database's id and the number of its last change."""
    row = session.exec(select(ChangeCounter)).one()
    return row.database_id, row.number


def rows_since(
    session: Session, table: str, columns: Sequence[str], since: int
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Give the rows of `table` that changed after change `since`, archived ones included, in chunks.

    The last value of a row says whether it is archived.

    The values are the driver's own: SQLite gives dates as ISO text, PostgreSQL as dates. Objects or typed
    rows would cost two to ten times as much.
    """
    known = metadata.tables[table].columns.keys()
    unknown = set(columns) - set(known)
    if unknown:
        raise KeyError(unknown)
    statement = (
        f"SELECT {', '.join(columns)}, archived_at IS NOT NULL FROM {table} WHERE change_no > {int(since)}"
    )
    result = session.connection().exec_driver_sql(statement)
    cursor = result.cursor
    while cursor is not None and (chunk := cursor.fetchmany(_CHUNK)):
        yield chunk
    result.close()
