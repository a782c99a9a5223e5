"""What was known earlier: rebuilt by undoing entries, and the same as what was loaded at the time."""

from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from sqlalchemy import RowMapping
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from db.engine import Database
from db.models import AuditEntry, Project, metadata
from tests.services.turns import TURNS, Office, take
from tracker.portfolio.known import change_at, known_portfolio, told_when_made
from tracker.portfolio.load import load_portfolio
from tracker.portfolio.model import FACTS, Portfolio
from tracker.services.desk import Desk

_ON_ONE_DATABASE = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_turns = st.lists(st.tuples(st.integers(0, len(TURNS) - 1), st.integers(0, 10_000)), min_size=5, max_size=30)


def _assert_same(one: Portfolio, other: Portfolio) -> None:
    assert (one.database_id, one.number) == (other.database_id, other.number)
    for table in [*FACTS, "plan"]:
        key = ["id", "in_force_from"] if table == "plan" else ["id"]
        assert_frame_equal(one[table].sort(key), other[table].sort(key))


def _worked(desk: Desk, turns: list[tuple[int, int]]) -> list[Portfolio]:
    """Take the turns and return the portfolio loaded after each."""
    office = Office(desk)
    loaded = [load_portfolio(desk.database)]
    office.made = loaded[0]["agreement"].height + loaded[0].number
    for turn, number in turns:
        take(office, turn, number)
        loaded.append(load_portfolio(desk.database))
    return loaded


@_ON_ONE_DATABASE
@given(turns=_turns)
def test_undoing_to_a_change_gives_what_was_loaded_after_it(dora: Desk, turns: list[tuple[int, int]]) -> None:
    loaded = _worked(dora, turns)
    for then in loaded:
        _assert_same(known_portfolio(dora.database, loaded[-1], then.number), then)


@_ON_ONE_DATABASE
@given(turns=_turns)
def test_undoing_from_an_older_picture_gives_the_same(dora: Desk, turns: list[tuple[int, int]]) -> None:
    loaded = _worked(dora, turns)
    half = loaded[len(loaded) // 2]
    _assert_same(known_portfolio(dora.database, half, loaded[0].number), loaded[0])


@_ON_ONE_DATABASE
@given(turns=_turns)
def test_the_entries_alone_rebuild_every_fact_of_today(dora: Desk, turns: list[tuple[int, int]]) -> None:
    _worked(dora, turns)
    told = _replayed(dora.database)
    for table in _audited():
        stored = {row["id"]: row for row in _rows(dora.database, table)}
        assert told.get(table, {}) == {i: _as_told(row) for i, row in stored.items()}


def test_what_is_known_now_is_the_portfolio_itself(dora: Desk) -> None:
    present = _worked(dora, [(0, 1), (8, 2), (14, 3)])[-1]
    now = change_at(dora.database, datetime.now(UTC) + timedelta(days=1))
    assert known_portfolio(dora.database, present, now) is present


def test_reference_data_was_known_at_any_moment(dora: Desk) -> None:
    present = _worked(dora, [(0, 1), (8, 2), (14, 3)])[-1]
    before = change_at(dora.database, datetime(1950, 1, 1, tzinfo=UTC))
    known = known_portfolio(dora.database, present, before)
    assert (known["division"].height, known["agreement"].height) == (present["division"].height, 0)


def test_a_moment_is_the_last_change_recorded_by_then(dora: Desk) -> None:
    first, second, third = (p.number for p in _worked(dora, [(0, 1), (0, 2)]))
    recorded_at = {e.change_no: e.recorded_at for e in _entries(dora.database)}
    found = [change_at(dora.database, recorded_at[n]) for n in (second, third)]
    just_before = change_at(dora.database, recorded_at[second] - timedelta(microseconds=1))
    assert (just_before, *found) == (first, second, third)


def test_a_database_without_entries_of_people_knows_its_reference_data(dora: Desk) -> None:
    present = load_portfolio(dora.database)
    assert change_at(dora.database, datetime(1950, 1, 1, tzinfo=UTC)) == present.number


def test_a_text_like_a_making_is_not_taken_for_one(dora: Desk) -> None:
    made, renamed = _worked(dora, [(0, 1), (8, 2)])[-1], '"agreement_id": [null, 1]\t\n'
    with dora.transaction() as work:
        project = work.get(Project, int(made["project"]["id"][0]))
        project.name, project.owner = renamed, renamed
        work.save(project)
    _assert_same(known_portfolio(dora.database, load_portfolio(dora.database), made.number), made)


@pytest.mark.parametrize("table", FACTS)
def test_the_making_of_every_record_can_be_told(table: str) -> None:
    assert told_when_made(table) != ()


def _audited() -> list[str]:
    return [
        name for name, table in metadata.tables.items() if {"version", "change_no"} <= {*table.columns.keys()}
    ]


def _entries(database: Database) -> list[AuditEntry]:
    with database.reading() as session:
        return list(session.exec(select(AuditEntry).order_by(col(AuditEntry.id))))


def _replayed(database: Database) -> dict[str, dict[int, dict[str, Any]]]:
    """Apply every entry to nothing, in order: what the engine does, the other way round and by hand."""
    told: dict[str, dict[int, dict[str, Any]]] = {}
    for entry in _entries(database):
        record = told.setdefault(entry.entity, {}).setdefault(entry.record_id, {})
        for name, (old, new) in entry.fields.items():
            assert (record.get(name) or None) == (old or None) or old in (0, False)
            record[name] = new
    return {
        table: {i: {n: v for n, v in record.items() if v not in (None, "")} for i, record in records.items()}
        for table, records in told.items()
    }


def _rows(database: Database, table: str) -> list[RowMapping]:
    with database.reading() as session:
        return list(session.connection().execute(sql_select(metadata.tables[table])).mappings())


def _as_told(row: RowMapping) -> dict[str, Any]:
    """A row as entries tell it: no key of its own, days as text, and nothing of what is empty."""
    values = {n: v for n, v in row.items() if n not in ("id", "version", "change_no") and v not in (None, "")}
    return {
        n: v.value if isinstance(v, Enum) else v.isoformat() if isinstance(v, date) else v
        for n, v in values.items()
    }
