"""Copy all rows of one database into another, of either engine, and count them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select, text, update

from db.models import metadata

_CHUNK = 5_000


def holds_records(connection: Connection) -> bool:
    """Return whether people entered anything, beyond the reference data loaded at the first start."""
    entered = text(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM audit_entry WHERE origin <> 'start-up')"
        " OR EXISTS (SELECT 1 FROM draft)"
    )
    return connection.execute(entered).first() is not None


def replace_rows(source: Connection, target: Connection) -> None:
    """Empty the tables of `target` and fill them with the rows of `source`, in the target's transaction."""
    # Whoever writes waits for this row's lock first, and so for all that follows.
    target.execute(text("UPDATE change_counter SET number = number"))
    for table in reversed(metadata.sorted_tables):
        target.execute(delete(table))
    for table in metadata.sorted_tables:
        _copy_table(source, target, table)
    if target.dialect.name == "postgresql":
        _continue_numbering(target)


def _copy_table(source: Connection, target: Connection, table: Table) -> None:
    # A row may refer to a later one of its own table, so these references come in a second pass.
    own = [
        column.name
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]
    references: list[dict[str, Any]] = []
    result = source.execution_options(stream_results=True).execute(select(table))
    for chunk in result.mappings().partitions(_CHUNK):
        references += [_reference(row, own) for row in chunk if any(row[name] is not None for name in own)]
        target.execute(table.insert(), [dict(row) | dict.fromkeys(own) for row in chunk])
    if references:
        refer = update(table).where(table.c.id == bindparam("row_id"))
        target.execute(refer.values({name: bindparam(f"to_{name}") for name in own}), references)


def _reference(row: Mapping[Any, Any], own: list[str]) -> dict[str, Any]:
    return {"row_id": row["id"], **{f"to_{name}": row[name] for name in own}}


def _continue_numbering(target: Connection) -> None:
    """Let new rows be numbered after the copied ones; PostgreSQL does not notice given numbers."""
    for table in metadata.sorted_tables:
        if "id" in table.columns:
            target.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), greatest(max(id), 1), "
                    f"max(id) IS NOT NULL) FROM {table.name}"
                )
            )
