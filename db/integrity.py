"""Check that a database and its documents are as the product wrote them.

Every row carries the number of its last change, and every change is told in the history. So the history
can be replayed, and what anything else did to a row shows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import RowMapping, Table
from sqlmodel import Session

from db.engine import Database
from db.errors import DatabaseDamaged, NotADatabase
from db.files import FileStore
from db.models import metadata
from db.opening import known_revisions, newest_revision
from db.queries import integrity as queries
from db.transaction import as_recorded

# One cause can spoil every row; a person needs to see that, not to read all of it.
_SHOWN_PER_KIND = 20
_ABOUT_VALUES = ("CHECK constraint failed", "NULL value", "non-", "TEXT value", "NUMERIC value")
_NOT_TOLD = {"id", "version", "change_no"}


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it was written: what kind, where, and what a sentence about it needs."""

    kind: str
    where: str
    details: dict[str, Any] = field(default_factory=dict)


def find_problems(database: Database, store: FileStore) -> list[Problem]:
    """Return what is wrong, at most 20 of a kind, from one snapshot.

    Raises: StorageError if it cannot look.
    """
    try:
        with database.reading() as session:
            revision = MigrationContext.configure(session.connection()).get_current_revision()
            if revision != newest_revision():
                kind = "schema_older" if revision in known_revisions() else "schema_unknown"
                return [Problem(kind, "alembic_version", {"revision": str(revision)})]
            faults = list(_pages(session))
            if any(problem.kind == "damaged_page" for problem in faults):
                return faults
            found = chain(faults, *(check(session) for check in _CHECKS), _documents(session, store))
            return list(_some_of_each_kind(found))
    except (DatabaseDamaged, NotADatabase) as error:
        return [Problem("damaged_page", str(error.details.get("where", "")), {"line": type(error).__name__})]


def _some_of_each_kind(problems: Iterable[Problem]) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.kind] += 1
        if seen[problem.kind] <= _SHOWN_PER_KIND:
            yield problem


def _pages(session: Session) -> Iterator[Problem]:
    for line in queries.page_faults(session):
        about_values = line.startswith(_ABOUT_VALUES)
        yield Problem("broken_constraint" if about_values else "damaged_page", "", {"line": line})


def _schema(session: Session) -> Iterator[Problem]:
    differences = compare_metadata(MigrationContext.configure(session.connection()), metadata)
    for difference in differences:
        yield Problem("schema_differs", "", {"line": _summary(difference)})


def _summary(difference: Any) -> str:
    parts = difference[0] if isinstance(difference, list) else difference
    return " ".join(str(getattr(part, "name", part)) for part in parts if part is not None)


def _parents(session: Session) -> Iterator[Problem]:
    for table, row_id, parent in queries.orphans(session):
        yield Problem("missing_parent", f"{table} {row_id}", {"parent": parent})


def _counter(session: Session) -> Iterator[Problem]:
    numbers = queries.counters(session)
    if len(numbers) != 1:
        yield Problem("counter_rows", "change_counter", {"count": len(numbers)})
        return
    last = queries.last_told_change(session)
    if last > numbers[0]:
        yield Problem("counter_behind", "change_counter", {"number": numbers[0], "change_no": last})
    for table in queries.recorded_tables():
        for row_id, change_no in queries.rows_above(session, table, numbers[0]):
            details = {"number": numbers[0], "change_no": change_no}
            yield Problem("change_above_counter", f"{table.name} {row_id}", details)


def _order(session: Session) -> Iterator[Problem]:
    for entry_id in queries.disordered_entries(session):
        yield Problem("entries_disordered", f"audit_entry {entry_id}")


def _replay(session: Session) -> Iterator[Problem]:
    for table in queries.recorded_tables():
        try:
            yield from _replayed(session, table)
        except (ValueError, LookupError) as error:
            # A text that is no date, or no member of its vocabulary.
            yield Problem("value_unreadable", table.name, {"line": str(error)})


def _replayed(session: Session, table: Table) -> Iterator[Problem]:
    told = queries.histories(session, table.name)
    history = next(told, None)
    for row in queries.rows_of(session, table):
        while history is not None and history.record_id < row["id"]:
            yield Problem("record_missing", f"{table.name} {history.record_id}")
            history = next(told, None)
        if history is None or history.record_id > row["id"]:
            yield _untold(table, row)
            continue
        yield from _compared(table, row, history)
        history = next(told, None)
    while history is not None:
        yield Problem("record_missing", f"{table.name} {history.record_id}")
        history = next(told, None)


def _untold(table: Table, row: RowMapping) -> Problem:
    return Problem("entry_missing", f"{table.name} {row['id']}", {"change_no": row["change_no"]})


def _compared(table: Table, row: RowMapping, history: queries.History) -> Iterator[Problem]:
    where = f"{table.name} {row['id']}"
    if row["change_no"] != history.change_no:
        yield _untold(table, row)
    for name in sorted(history.in_pieces):
        yield Problem("history_in_pieces", where, {"field": name})
    for column in table.columns:
        stored, told = as_recorded(row[column.name]), history.values.get(column.name)
        if column.name in _NOT_TOLD or queries.same(stored, told):
            continue
        # A column that a migration added has its default in rows that were written before.
        if column.name not in history.values and stored == getattr(column.default, "arg", None):
            continue
        yield Problem("value_differs", where, {"field": column.name, "stored": stored, "told": told})


def _numbers(session: Session) -> Iterator[Problem]:
    for number, count in queries.numbers_used_twice(session):
        yield Problem("number_used_twice", f"agreement {number}", {"number": number, "count": count})


def _registry(session: Session) -> Iterator[Problem]:
    for code in queries.divisions_without_parent(session):
        yield Problem("division_without_parent", f"division {code}", {"code": code})
    counts = queries.registry_counts(session)
    if counts is None or counts[0] != counts[1]:
        present, listed = counts or (0, 0)
        yield Problem("registry_count", "division", {"present": present, "listed": listed})


def _newest_values(session: Session) -> Iterator[Problem]:
    """A milestone holds the newest forecast and share of its dated histories beside it."""
    for name, milestone_id, stored, told in queries.newest_values_apart(session):
        details = {"field": name, "stored": stored, "told": told}
        yield Problem("newest_value_apart", f"milestone {milestone_id}", details)


def _documents(session: Session, store: FileStore) -> Iterator[Problem]:
    for row_id, sha256 in queries.contents(session):
        where = f"document_version {row_id}"
        if not store.exists(sha256):
            yield Problem("content_missing", where, {"sha256": sha256})
        elif not store.verify(sha256):
            yield Problem("content_damaged", where, {"sha256": sha256})


_CHECKS: tuple[Callable[[Session], Iterator[Problem]], ...] = (
    _schema,
    _parents,
    _counter,
    _order,
    _replay,
    _numbers,
    _registry,
    _newest_values,
)
