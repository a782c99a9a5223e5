"""Engines, sessions and the one way to write.

A `Database` hands out `reading()` sessions, each one snapshot, and `transaction()`s, which take the next
change number first, save rows and write their audit entries by themselves. Any other way of changing rows
through it raises.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from db.errors import DatabaseBusy, DatabaseUnreachable, UnrecordedWrite
from db.faults import spoken
from db.transaction import Transaction

_BUSY_MS, _TRIES = 5_000, 3
_LOCK_MS = 10_000
_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    f"busy_timeout={_BUSY_MS}",
    "temp_store=MEMORY",
    "cache_size=-32000",
)
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "COPY", "TRUNCATE")


class Database:
    """One database, SQLite file or PostgreSQL, shared by all threads of the process."""

    def __init__(self, url: str | URL) -> None:
        self.url = address(url)
        self._writer = threading.Lock()
        self.engine = _make_engine(self.url)

    @property
    def path(self) -> Path | None:
        """The SQLite file, or None for a server."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one snapshot and cannot write. Raises: StorageError."""
        with spoken(self.url), Session(self._connect_for_reading()) as session:
            yield session

    @contextmanager
    def transaction(
        self, *, actor: str, origin: str, reason: str = "", token: str = ""
    ) -> Iterator[Transaction]:
        """Give a transaction that is committed whole at the end, or not at all.

        `token` is the form's mark of one sending: `Transaction.outcome` tells of an earlier one with it.
        Raises: StorageError; DatabaseBusy when another writer did not finish in time.
        """
        with spoken(self.url), self._one_writer(), Session(self.engine, expire_on_commit=False) as session:
            work = Transaction(session, actor=actor, origin=origin, reason=reason, token=token)
            yield work
            work.finish()

    @contextmanager
    def scratch(self) -> Iterator[Session]:
        """Give a session for rows that are neither audited nor numbered (drafts). Raises: StorageError."""
        with spoken(self.url), self._one_writer(), Session(self.engine, expire_on_commit=False) as session:
            session.connection().info["writing"] = True
            try:
                yield session
                session.commit()
            finally:
                session.connection().info.pop("writing", None)
                session.rollback()

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    def _connect_for_reading(self) -> Engine:
        if self.is_sqlite:
            return self.engine.execution_options(read_only=True)
        return self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True, read_only=True
        )

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        # SQLite's own queue is unfair: with many writers an unlucky one waits for seconds. This one is not.
        if not self._writer.acquire(timeout=_BUSY_MS / 1000 * 2):
            raise DatabaseBusy
        try:
            yield
        finally:
            self._writer.release()


def address(url: str | URL) -> URL:
    """Return a database's address with the driver we use. Raises: DatabaseUnreachable for any other kind."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnreachable(where=str(url)) from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise DatabaseUnreachable(where=parsed.render_as_string(hide_password=True))
    return parsed


def only_if_there(url: URL) -> URL:
    """Return the address under which SQLite opens a file that exists and never makes an empty one."""
    if not url.database or url.database == ":memory:":
        return url
    return url.set(database=Path(url.database).absolute().as_uri(), query={"mode": "rw", "uri": "true"})


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = sqlalchemy.create_engine(only_if_there(url), connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = sqlalchemy.create_engine(
            url, pool_pre_ping=True, pool_size=10, max_overflow=20, connect_args={"connect_timeout": 10}
        )
        event.listen(engine, "connect", _prepare_server)
    event.listen(engine, "before_cursor_execute", _refuse_unrecorded)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred and loses updates
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_server(connection: Any, _record: object) -> None:
    # Without a limit one stuck process would keep the counter's lock, and so every save, for ever.
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {_LOCK_MS}")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    statement = "BEGIN" if connection.get_execution_options().get("read_only") else "BEGIN IMMEDIATE"
    for _ in range(_TRIES - 1):
        with _locked_once():
            connection.exec_driver_sql(statement)
            return
    connection.exec_driver_sql(statement)


@contextmanager
def _locked_once() -> Iterator[None]:
    """Let a failure to get SQLite's lock pass, so that it can be tried again."""
    try:
        yield
    except DBAPIError as error:
        if "locked" not in str(error):
            raise


def _refuse_unrecorded(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    if statement.lstrip("( \n").upper().startswith(_WRITES) and not connection.info.get("writing"):
        raise UnrecordedWrite(statement=statement[:80])
