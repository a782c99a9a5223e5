"""Migrations go up, down and up again on both engines, keep the data, and make what the models say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from db.engine import Database
from db.files import FileStore
from db.integrity import find_problems
from db.models import metadata
from db.opening import migrate, newest_revision, open_database
from tests.db.samples import record_samples


@pytest.fixture
def raw(database: Database) -> Iterator[Engine]:
    """A plain engine on the same database, past the product's refusals."""
    engine = sqlalchemy.create_engine(database.url)
    yield engine
    engine.dispose()


def test_models_and_migrations_do_not_differ(raw: Engine) -> None:
    with raw.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_models_constraints_are_all_in_the_database(raw: Engine) -> None:
    # Comparing does not look at check constraints, so their names are compared here.
    looked_at = inspect(raw)
    stored = {c["name"] for t in metadata.tables for c in looked_at.get_check_constraints(t)}
    declared = {
        str(c.name)
        for t in metadata.tables.values()
        for c in t.constraints
        if isinstance(c, sqlalchemy.CheckConstraint)
    }
    assert declared - stored == set()


def test_down_leaves_no_table(database: Database, raw: Engine) -> None:
    database.close()
    migrate(database.url, "base")
    assert set(inspect(raw).get_table_names()) <= {"alembic_version"}


def test_down_and_up_again_gives_an_empty_database_that_works(database: Database, tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "files"))
    record_samples(database, store)
    database.close()
    migrate(database.url, "base")
    reopened = open_database(database.url)
    record_samples(reopened, store)
    problems = find_problems(reopened, store)
    reopened.close()
    assert problems == []


def test_opening_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "files"))
    record_samples(database, store)
    open_database(database.url).close()
    assert find_problems(database, store) == []


def test_the_file_is_copied_before_a_migration_changes_it(sqlite_database: Database, tmp_path: Path) -> None:
    sqlite_database.close()
    migrate(sqlite_database.url, "base")
    copy = tmp_path / f"tracker.before-{newest_revision()}.db"
    engine = sqlalchemy.create_engine(f"sqlite:///{copy}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM division")).scalar_one() > 3000
    engine.dispose()


def test_a_migration_that_would_orphan_rows_is_undone(
    sqlite_database: Database, raw_sqlite: Engine, tmp_path: Path
) -> None:
    record_samples(sqlite_database, FileStore(str(tmp_path / "files")))
    sqlite_database.close()
    with raw_sqlite.begin() as connection:
        connection.execute(text("UPDATE milestone SET project_id = 999"))
        connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(sqlalchemy.exc.OperationalError):
        migrate(sqlite_database.url)
    with raw_sqlite.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM milestone")).scalar_one() == 1


@pytest.fixture
def raw_sqlite(sqlite_database: Database) -> Iterator[Engine]:
    engine = sqlalchemy.create_engine(sqlite_database.url)
    yield engine
    engine.dispose()
