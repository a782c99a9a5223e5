"""A database that the screens have open, and the person in front of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Database
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.demo import load_demo
from tracker.services.desk import Desk
from tracker.services.office import close_office, open_office
from tracker.settings import Settings


@pytest.fixture
def screens(sqlite_database: Database, tmp_path: Path) -> Iterator[Desk]:
    """The local administrator at a fresh database, which the screens have open too."""
    settings = Settings(home=tmp_path, database=f"sqlite:///{sqlite_database.path}")
    open_office(settings)
    yield Desk(LOCAL_ADMINISTRATOR, sqlite_database, settings)
    close_office()


@pytest.fixture(scope="session")
def demo_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the example content, made once and only read."""
    path = tmp_path_factory.mktemp("demo") / "tracker.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    load_demo(Desk(LOCAL_ADMINISTRATOR, database, Settings(home=path.parent)))
    database.close()
    return path


@pytest.fixture
def demonstration(demo_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """The local administrator at the example content, for pages that are only looked at."""
    settings = Settings(home=tmp_path, database=f"sqlite:///{demo_file}")
    office = open_office(settings)
    yield Desk(LOCAL_ADMINISTRATOR, office.database, settings)
    close_office()
