"""Find, create, check and migrate the database at start-up."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool
from sqlmodel import select

from db.engine import Database, address
from db.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseUnreachable,
    NotADatabase,
)
from db.faults import named, spoken
from db.models.audit import ChangeCounter
from db.models.base import utc_now
from db.reference import load_reference

_IS_ABOUT_VALUES = re.compile(r"^(CHECK constraint failed|NULL value|non-\w+ value|TEXT value|NUMERIC value)")
_MIGRATING = 7_420_281  # any number, as long as it stays the same
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str | URL) -> Database:
    """Open the database at `url`, made and migrated if need be, with its reference data loaded.

    An existing SQLite file is copied beside itself before a migration changes it.
    Raises: NotADatabase, DatabaseNewer, DatabaseReadOnly, DatabaseDamaged, DatabaseUnreachable.
    """
    url = address(url)
    with spoken(url):
        _check_file(url)
        migrate(url)
    database = Database(url)
    load_reference(database)
    return database


def open_existing(url: str | URL) -> Database:
    """Open the database at `url` as it is: nothing is made, migrated or loaded.

    Raises: DatabaseMissing, NotADatabase, DatabaseReadOnly, DatabaseUnreachable.
    """
    url = address(url)
    with spoken(url):
        path = sqlite_path(url)
        if path is not None and (not path.exists() or not path.stat().st_size):
            raise DatabaseMissing(where=str(path))
        if path is not None:
            _check_file(url)
        elif current_revision(url) is None:
            raise DatabaseMissing(where=named(url))
    return Database(url)


def sqlite_path(url: URL) -> Path | None:
    """Return the SQLite file `url` names, or None for a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def current_revision(url: URL) -> str | None:
    """Return the schema's revision; None where there is no schema yet."""
    engine = _migration_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def newest_revision() -> str:
    """Return the revision of this version's models."""
    return str(ScriptDirectory.from_config(_alembic_config()).get_current_head())


def known_revisions() -> set[str]:
    """Return every revision this version of the product can read."""
    return {script.revision for script in ScriptDirectory.from_config(_alembic_config()).walk_revisions()}


def migrate(url: str | URL, revision: str = "head") -> None:
    """Bring the schema to `revision` in one transaction, up or down. Raises: DatabaseNewer."""
    url = address(url)
    engine = _migration_engine(url)
    config = _alembic_config()
    try:
        with engine.connect() as connection:
            if url.get_backend_name() != "sqlite":
                # Processes started together would make the same tables; SQLite's own lock lets in one.
                connection.exec_driver_sql(f"SELECT pg_advisory_lock({_MIGRATING})")
            current = MigrationContext.configure(connection).get_current_revision()
            connection.rollback()
            if current is not None and current not in known_revisions():
                raise DatabaseNewer(where=named(url), revision=current)
            if revision == "head" and current == ScriptDirectory.from_config(config).get_current_head():
                return
            if current is not None and url.get_backend_name() == "sqlite":
                _copy_beside(Path(url.database or ""), current)
            config.attributes["connection"] = connection
            config.attributes["seed"] = {"database_id": uuid4().hex, "recorded_at": utc_now()}
            goes_down = revision == "base" or (current is not None and _is_older(config, revision, current))
            (command.downgrade if goes_down else command.upgrade)(config, revision)
    finally:
        engine.dispose()


def database_identity(database: Database) -> tuple[str, int]:
    """Return the database's id and the number of its last change."""
    with database.reading() as session:
        counter = session.exec(select(ChangeCounter)).one()
        return counter.database_id, counter.number


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _is_older(config: Config, revision: str, current: str) -> bool:
    script = ScriptDirectory.from_config(config)
    if revision == "head":
        return False
    return revision != current and revision in {s.revision for s in script.iterate_revisions(current, "base")}


def _migration_engine(url: URL) -> Engine:
    # A connection of its own with foreign keys off: recreating a parent table would delete its children.
    waiting = {} if url.get_backend_name() == "sqlite" else {"connect_timeout": 10}
    engine = create_engine(url, poolclass=NullPool, connect_args=waiting)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE") and None)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=OFF", "synchronous=FULL", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


def _check_file(url: URL) -> None:
    """Refuse what must not be touched: a foreign file, a damaged one, or one that cannot be written."""
    path = sqlite_path(url)
    if path is None:
        return
    if not path.exists():
        _check_folder(path)
        return
    if path.is_dir() or (path.stat().st_size and not _is_sqlite(path)):
        raise NotADatabase(where=str(path))
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise DatabaseReadOnly(where=str(path))
    if path.stat().st_size:
        if not _is_ours(path):
            raise NotADatabase(where=str(path))
        _check_pages(path)


def _check_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise DatabaseUnreachable(where=str(path))
    if not os.access(path.parent, os.W_OK):
        raise DatabaseReadOnly(where=str(path.parent))


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def _is_ours(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = {name for (name,) in found if not name.startswith("sqlite_")}
    return tables <= {"alembic_version"} or {"alembic_version", "change_counter"} <= tables


def _check_pages(path: Path) -> None:
    # A second for a gigabyte: dear enough to leave out broken constraints, which `check` finds, but cheap
    # beside writing into a file whose pages no longer hang together.
    with closing(sqlite3.connect(path)) as connection:
        told = [line for (line,) in connection.execute("PRAGMA quick_check(20)")]
    if any(line != "ok" and not _IS_ABOUT_VALUES.search(line) for line in told):
        raise DatabaseDamaged(where=str(path))


def _copy_beside(path: Path, revision: str) -> None:
    copy = path.with_name(f"{path.stem}.before-{revision}.db")
    if copy.exists():
        return
    partial = copy.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(partial),))
    partial.rename(copy)
