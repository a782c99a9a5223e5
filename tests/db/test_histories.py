"""A database from before the dated histories keeps its forecasts and credits as their first entries."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Connection, Engine, String, text

from db.engine import Database
from db.opening import migrate

RECORDED_AT = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def earlier(database: Database) -> Iterator[Engine]:
    """The schema of the first release, with a project of three milestones."""
    database.close()
    migrate(database.url, "base")
    migrate(database.url, "0001")
    engine = sqlalchemy.create_engine(database.url)
    with engine.begin() as connection:
        _fill(connection)
    yield engine
    engine.dispose()


def _fill(connection: Connection) -> None:
    day = date(2020, 7, 17)
    _insert(connection, "division", id=1, code="430281", name="醴陵市", level="county")
    _insert(connection, "pillar", id=1, code="industry")
    _insert(connection, "plan_template", id=1, code="shop", pillar_id=1)
    _insert(connection, "plan_template_version", id=1, template_id=1, number=1, published_on=day)
    step = {"template_version_id": 1, "name_zh": "上线", "offset_unit": "month"}
    _insert(connection, "plan_template_milestone", id=7, **step)
    _insert(connection, "agreement", id=1, number="A1", kind="framework", opened_on=day)
    _insert(
        connection,
        "project",
        id=1,
        agreement_id=1,
        division_id=1,
        pillar_id=1,
        template_version_id=1,
        opened_on=date(2020, 8, 1),
    )
    _insert(connection, "milestone", id=1, project_id=1, name="上线", forecast_on=date(2021, 5, 1))
    credited = {"credited_on": date(2021, 2, 1), "credit_percent": 40}
    _insert(connection, "milestone", id=2, project_id=1, name="试点", **credited)
    _insert(connection, "milestone", id=3, project_id=1, name="验收")
    told = {"fields": {"forecast_on": [None, "2021-05-01"]}, "recorded_at": RECORDED_AT}
    _insert(connection, "audit_entry", change_no=1, entity="milestone", record_id=1, **told)


def _insert(connection: Connection, table: str, **values: Any) -> None:
    """Insert a row; what must not be null and is not named is as empty as its type can be."""
    columns = sqlalchemy.Table(table, sqlalchemy.MetaData(), autoload_with=connection)
    needed = [c for c in columns.c if not c.nullable and c.name not in values and not c.primary_key]
    empty = {c.name: "" if isinstance(c.type, String) else c.type.python_type() for c in needed}
    connection.execute(columns.insert(), empty | values)


def _all(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_a_forecast_is_dated_the_day_it_was_recorded(earlier: Engine) -> None:
    migrate(earlier.url)
    rows = _all(earlier, "SELECT milestone_id, changed_on, new_on, reason_code FROM forecast_change")
    days = [date.fromisoformat(str(day)) for day in rows[0][1:3]]
    assert (len(rows), rows[0][0], *days, rows[0][3]) == (1, 1, date(2021, 3, 4), date(2021, 5, 1), "other")


def test_a_credit_keeps_its_day_and_share(earlier: Engine) -> None:
    migrate(earlier.url)
    rows = _all(earlier, "SELECT milestone_id, credited_on, percent FROM milestone_credit")
    assert [(i, str(day), percent) for i, day, percent in rows] == [(2, "2021-02-01", 40)]


def test_a_milestone_finds_the_step_it_was_made_from(earlier: Engine) -> None:
    migrate(earlier.url)
    assert _all(earlier, "SELECT id, template_milestone_id FROM milestone ORDER BY id") == [
        (1, 7),
        (2, None),
        (3, None),
    ]


def test_the_change_is_numbered_and_told(earlier: Engine) -> None:
    before = _all(earlier, "SELECT number FROM change_counter")[0][0]
    migrate(earlier.url)
    told = _all(
        earlier,
        "SELECT entity, record_id, change_no FROM audit_entry WHERE origin = 'migration' ORDER BY entity",
    )
    assert told == [
        ("forecast_change", 1, before + 1),
        ("milestone", 1, before + 1),
        ("milestone_credit", 1, before + 1),
    ]


def test_down_keeps_the_newest_forecast(earlier: Engine) -> None:
    migrate(earlier.url)
    migrate(earlier.url, "0001")
    assert str(_all(earlier, "SELECT forecast_on FROM milestone WHERE id = 1")[0][0]) == "2021-05-01"
