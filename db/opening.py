"""Find, create, check and migrate the database at start-up."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool
from sqlmodel import select

from db.engine import Database
from db.errors import DatabaseNewer, DatabaseReadOnly, NotADatabase
from db.faults import spoken
from db.models.audit import ChangeCounter
from db.models.base import utc_now
from db.reference import load_reference

_MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str | URL) -> Database:
    """Open the database at `url`, made and migrated if need be, with its reference data loaded.

    An existing SQLite file is copied beside itself before a migration changes it.
    Raises: NotADatabase, DatabaseNewer, DatabaseReadOnly, DatabaseDamaged, DatabaseUnreachable.
    """
    url = make_url(url)
    with spoken(url):
        _check_file(url)
        migrate(url)
    database = Database(url)
    load_reference(database)
    return database


def migrate(url: str | URL, revision: str = "head") -> None:
    """Bring the schema to `revision` in one transaction, up or down. Raises: DatabaseNewer."""
    url = make_url(url)
    engine = _migration_engine(url)
    config = _alembic_config()
    try:
        with engine.connect() as connection:
            known = {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}
            current = MigrationContext.configure(connection).get_current_revision()
            connection.rollback()
            if current is not None and current not in known:
                raise DatabaseNewer(where=url.render_as_string(), revision=current)
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
    engine = create_engine(url, poolclass=NullPool)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE") and None)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=OFF", "synchronous=FULL", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


def _check_file(url: URL) -> None:
    """Refuse what must not be touched: a foreign file, or one that cannot be written."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = Path(url.database)
    if not path.exists():
        if not os.access(path.parent, os.W_OK):
            raise DatabaseReadOnly(where=str(path.parent))
        return
    if path.is_dir() or (path.stat().st_size and not _is_sqlite(path)):
        raise NotADatabase(where=str(path))
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise DatabaseReadOnly(where=str(path))
    if path.stat().st_size and not _is_ours(path):
        raise NotADatabase(where=str(path))


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"


def _is_ours(path: Path) -> bool:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    try:
        tables = set(inspect(engine).get_table_names())
    finally:
        engine.dispose()
    return not tables or {"alembic_version", "change_counter"} <= tables


def _copy_beside(path: Path, revision: str) -> None:
    copy = path.with_name(f"{path.stem}.before-{revision}.db")
    if copy.exists():
        return
    partial = copy.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(partial),))
    partial.rename(copy)
