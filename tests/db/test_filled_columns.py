"""Migrations that fill new columns of rows recorded before them, up, down and up again on both engines."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Connection, Engine, String, text

from db.engine import Database
from db.opening import migrate

# In Shanghai it is the fifth already.
RECORDED_AT = datetime(2021, 3, 4, 17, 0, tzinfo=UTC)
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

    steps = {"weight": 10, "position": 1, "version": 1}
    for row_id in (1, 2, 3):
        _insert(connection, "milestone", id=row_id, project_id=1, name="启动会", **steps)
    waits = {"kind": "FS", "lag_days": 0, "version": 1}
    _insert(connection, "dependency", id=1, predecessor_id=1, successor_id=2, **waits)
    _insert(
        connection, "dependency", id=2, predecessor_id=2, successor_id=3, archived_at=RECORDED_AT, **waits
    )
    for row_id in (1, 2):
        told = {"fields": {"lag_days": [None, 0]}, "recorded_at": RECORDED_AT}
        _insert(connection, "audit_entry", change_no=1, entity="dependency", record_id=row_id, **told)


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


def _agreed(engine: Engine) -> list[str]:
    return [str(day) for (day,) in _all(engine, "SELECT agreed_on FROM dependency ORDER BY id")]


def test_a_dependency_is_agreed_on_the_day_it_was_recorded_in_the_organisations_zone(earlier: Engine) -> None:
    migrate(earlier.url)
    assert _agreed(earlier) == ["2021-03-05", "2021-03-05"]


def test_the_zone_is_the_one_that_is_set(earlier: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_TIME_ZONE", "UTC")
    migrate(earlier.url)
    assert _agreed(earlier) == ["2021-03-04", "2021-03-04"]


def test_down_and_up_again_dates_the_dependencies_again(earlier: Engine) -> None:
    migrate(earlier.url)
    migrate(earlier.url, "0008")
    migrate(earlier.url)
    assert _agreed(earlier) == ["2021-03-05", "2021-03-05"]


def test_going_down_withdraws_what_was_lifted(earlier: Engine) -> None:
    migrate(earlier.url)
    with earlier.begin() as connection:
        connection.execute(text("UPDATE dependency SET lifted_on = '2021-04-01' WHERE id = 1"))
    migrate(earlier.url, "0008")
    assert _all(earlier, "SELECT count(*) FROM dependency WHERE archived_at IS NULL") == [(0,)]
