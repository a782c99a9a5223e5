"""What holds after every test of a service: each row that was written has its entry in the history."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import and_, exists, func, not_
from sqlalchemy import select as sql_select

from db.engine import Database
from db.models import AuditEntry, Recorded, metadata
from db.queries.facts import counter
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.desk import Desk

RECORDED = {
    str(model.__tablename__)
    for parent in [Recorded, *Recorded.__subclasses__()]
    for model in parent.__subclasses__()
    if hasattr(model, "__table__")
}


@pytest.fixture(autouse=True)
def every_row_has_its_entry(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look for rows written by the test whose last change no entry of that number tells of."""
    names = [n for n in ("database", "sqlite_database", "postgresql_database") if n in request.fixturenames]
    database: Database | None = request.getfixturevalue(names[0]) if names else None
    number = _number(database) if database else 0
    yield
    if database is None:
        return
    with database.reading() as session:
        for name in sorted(RECORDED):
            row = metadata.tables[name].c
            told = exists().where(
                and_(
                    AuditEntry.entity == name,  # type: ignore[arg-type]
                    AuditEntry.record_id == row.id,
                    AuditEntry.change_no == row.change_no,
                )
            )
            written = sql_select(func.count()).where(row.change_no > number, not_(told))
            untold = session.connection().scalar(written)
            assert untold == 0, f"{untold} rows of {name} were written without an entry"


@pytest.fixture(scope="module")
def one_database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One SQLite database for all tests of a module, for what is only read or refused."""
    path = tmp_path_factory.mktemp("one") / "tracker.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def alone(dora: Desk) -> Desk:
    """The only person there is, where no account exists."""
    return replace(dora, person=LOCAL_ADMINISTRATOR)


def _number(database: Database) -> int:
    with database.reading() as session:
        return counter(session)[1]
