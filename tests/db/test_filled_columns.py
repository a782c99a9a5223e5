"""Migrations that fill new columns of rows recorded before them, up, down and up again on both engines."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Connection, Engine, String, text

from db.engine import Database
from db.opening import migrate

OPENED, START = date(2020, 7, 17), date(2020, 9, 1)


@pytest.fixture
def earlier(database: Database) -> Iterator[Engine]:
    """The schema before, with a project approved twice and one approved without a planned start."""
    database.close()
    migrate(database.url, "base")
    migrate(database.url, "0007")
    engine = sqlalchemy.create_engine(database.url)
    with engine.begin() as connection:
        _fill(connection)
    yield engine
    engine.dispose()


def _fill(connection: Connection) -> None:
    _insert(connection, "division", id=1, code="430281", name="醴陵市", level="county")
    _insert(connection, "pillar", id=1, code="industry")
    _insert(connection, "agreement", id=1, number="A1", kind="framework", opened_on=OPENED)
    project = {"agreement_id": 1, "division_id": 1, "pillar_id": 1, "opened_on": OPENED}
    _insert(connection, "project", id=1, planned_start_on=START, **project)
    _insert(connection, "project", id=2, **project)
    for number, project_id, row_id in ((0, 1, 1), (1, 1, 2), (0, 2, 3)):
        _insert(
            connection,
            "baseline",
            id=row_id,
            project_id=project_id,
            number=number,
            approved_on=OPENED,
            version=1,
        )


def _insert(connection: Connection, table: str, **values: Any) -> None:
    """Insert a row; what must not be null and is not named is as empty as its type can be."""
    columns = sqlalchemy.Table(table, sqlalchemy.MetaData(), autoload_with=connection)
    needed = [c for c in columns.c if not c.nullable and c.name not in values and not c.primary_key]
    empty = {c.name: "" if isinstance(c.type, String) else c.type.python_type() for c in needed}
    connection.execute(columns.insert(), empty | values)


def _all(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def _starts(engine: Engine) -> list[str]:
    return [str(day) for (day,) in _all(engine, "SELECT planned_start_on FROM baseline ORDER BY id")]


def test_every_baseline_takes_the_planned_start_that_counted(earlier: Engine) -> None:
    migrate(earlier.url)
    assert _starts(earlier) == [str(START), str(START), "None"]


def test_the_starts_are_told_in_the_history(earlier: Engine) -> None:
    migrate(earlier.url, "0008")
    told = (
        "SELECT record_id, CAST(fields AS TEXT) FROM audit_entry WHERE entity = 'baseline' ORDER BY record_id"
    )
    pair = '{"planned_start_on": [null, "2020-09-01"]}'
    assert _all(earlier, told) == [(1, pair), (2, pair)]


def test_down_and_up_again_fills_the_starts_again(earlier: Engine) -> None:
    migrate(earlier.url)
    migrate(earlier.url, "0007")
    migrate(earlier.url)
    assert _starts(earlier) == [str(START), str(START), "None"]
