"""What must never be stored is refused by the database itself, on both engines, past every check of ours."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.files import FileStore
from tests.db.samples import record_samples

REFUSED = {
    "a date in Chinese": "UPDATE milestone SET due_on = '2020年7月17日'",
    "a word for a date": "UPDATE milestone SET due_on = 'soon'",
    "30 February": "UPDATE milestone SET due_on = '2021-02-30'",
    "29 February of a common year": "UPDATE milestone SET due_on = '2021-02-29'",
    "a date before the calendar": "UPDATE milestone SET due_on = '1949-09-30'",
    "a date after the calendar": "UPDATE milestone SET due_on = '2200-01-01'",
    "the year 9999": "UPDATE agreement SET opened_on = '9999-12-31'",
    "an end before its start": "UPDATE agreement SET effective_on = '2021-01-02', end_on = '2021-01-01'",
    "a term and an end": "UPDATE agreement SET term_months = 12, end_on = '2021-01-01'",
    "a term of nothing": "UPDATE agreement SET term_months = 0",
    "a term over a hundred years": "UPDATE agreement SET term_months = 1201",
    "a negative amount": "UPDATE agreement SET amount_cents = -1",
    "a negative weight": "UPDATE milestone SET weight = -1",
    "a credit of nothing": "UPDATE milestone SET credit_percent = 0",
    "a credit of more than all": "UPDATE milestone SET credit_percent = 101",
    "a milestone due before it starts": "UPDATE milestone SET start_on = '2020-12-02', due_on = '2020-12-01'",
    "a project live before it starts": "UPDATE project SET live_on = '2020-12-01'",
    "an agreement renewing itself": "UPDATE agreement SET renewal_of_id = id",
    "an agreement without its county": "UPDATE project SET division_id = 999999",
    "a kind outside the vocabulary": "UPDATE agreement SET kind = 'promise'",
    "a number used twice": "UPDATE agreement SET number = '430281-2020-F-001'",
    "a code used twice": "UPDATE division SET code = '430281' WHERE code IN ('430281', '430922')",
    "a second counter": "INSERT INTO change_counter (id, number, database_id, recorded_at) "
    "VALUES (2, 0, 'x', '2020-01-01 00:00:00')",
    "a document of two records": "UPDATE document SET project_id = 1",
}
STORED = {
    "29 February of a leap year": "UPDATE milestone SET due_on = '2024-02-29'",
    "no date": "UPDATE milestone SET due_on = NULL",
    "the last day": "UPDATE milestone SET due_on = '2199-12-31'",
    "all weights 0": "UPDATE milestone SET weight = 0",
}


@pytest.fixture
def write(database: Database, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Write one statement past the product."""
    record_samples(database, FileStore(str(tmp_path / "files")))
    engine = sqlalchemy.create_engine(database.url)
    if database.is_sqlite:
        sqlalchemy.event.listen(engine, "connect", _hold_parents)

    def written(statement: str) -> None:
        with engine.begin() as connection:
            connection.execute(text(statement))

    yield written
    engine.dispose()


def _hold_parents(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def test_the_database_refuses(write: Callable[[str], None]) -> None:
    let_in = []
    for name, statement in REFUSED.items():
        try:
            write(statement)
        except DBAPIError:
            continue
        let_in.append(name)
    assert let_in == []


def test_the_database_stores_what_is_right(write: Callable[[str], None]) -> None:
    for statement in STORED.values():
        write(statement)
