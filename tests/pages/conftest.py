"""A database that the screens have open, and the person in front of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Database
from tracker.permissions import LOCAL_ADMINISTRATOR
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
