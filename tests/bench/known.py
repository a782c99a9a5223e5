"""What was known earlier: undoing 400,000 later entries, and explaining what they changed."""

import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean

from db.engine import Database
from db.models import metadata
from tests.bench.figure import Figure, timed
from tests.bench.national import AS_OF
from tracker.portfolio.known import known_portfolio
from tracker.portfolio.load import load_portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.restatement import changes_between

LATER_ENTRIES = 400_000
_MADE_LATER = ("milestone", "baseline_milestone", "forecast_change", "project_update")
_OWN = {"id", "version", "change_no", "archived_at"}
_INSERT = (
    "INSERT INTO audit_entry (change_no, entity, record_id, action, fields, actor, reason, origin,"
    " recorded_at) VALUES (?, ?, ?, ?, ?, ?, '', 'page', ?)"
)


def known(path: Path, *, entries: int = LATER_ENTRIES) -> Iterator[Figure]:
    """Measure on a copy of the database at `path`, which gets the later entries."""
    copy = path.with_name("later.db")
    shutil.copy(path, copy)
    number = add_later(copy, entries)
    database = Database(f"sqlite:///{copy}")
    present = load_portfolio(database)
    yield timed(
        f"known-then with {entries:,} later entries",
        lambda: known_portfolio(database, present, number),
        runs=5,
        aim="≤ 1,000 ms",
    )
    then = known_portfolio(database, present, number)
    yield timed("what these entries changed, line by line", lambda: _explained(then, present), runs=3)
    database.close()
    for file in path.parent.glob("later.db*"):
        file.unlink()


def add_later(path: Path, entries: int) -> int:
    """Write later entries and return the change number before them.

    Half of them make the youngest records of four kinds, half change fields of the others, four to a change.
    """
    dice = random.Random(20210701)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        number: int = connection.execute("SELECT number FROM change_counter").fetchone()[0]
        told = [
            *_makings(connection, entries // 2),
            *islice(_changes(dice, connection), entries - entries // 2),
        ]
        dice.shuffle(told)
        rows = (
            (
                number + 1 + i // 4,
                entity,
                key,
                f"{entity}.changed",
                json.dumps(fields),
                f"editor {i % 40}",
                at,
            )
            for i, (entity, key, fields) in enumerate(told)
            for at in [f"2022-{i * 12 // len(told) + 1:02}-01 00:00:00.000000"]
        )
        connection.executemany(_INSERT, rows)
        connection.execute("UPDATE change_counter SET number = ?", (number + 1 + len(told) // 4,))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return number


def _makings(connection: sqlite3.Connection, count: int) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The making of the youngest records, each kind at most half of its records and a fair part of all."""
    for table in _MADE_LATER:
        columns = metadata.tables[table].columns
        most = f"min({count // 3}, (SELECT count(*) / 2 FROM {table}))"
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT {most}"):
            yield (
                table,
                row["id"],
                {
                    name: [None, bool(row[name]) if isinstance(columns[name].type, Boolean) else row[name]]
                    for name in row.keys()  # noqa: SIM118
                    if name not in _OWN and row[name] not in (None, "")
                },
            )


def _changes(
    dice: random.Random, connection: sqlite3.Connection
) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Changes of the older milestones, whose new value is the stored one."""
    rows = connection.execute(
        "SELECT id, due_on, met_on, weight, is_key FROM milestone ORDER BY id"
    ).fetchall()
    older = rows[: len(rows) // 2]
    while True:
        row = dice.choice(older)
        match dice.randrange(4):
            case 0:
                fields = {"due_on": [f"2020-{dice.randrange(1, 13):02}-15", row["due_on"]]}
            case 1:
                fields = {"met_on": [None, row["met_on"]], "met_recorded_on": [None, None]}
            case 2:
                fields = {"weight": [dice.randrange(1, 20), row["weight"]]}
            case _:
                fields = {"is_key": [not row["is_key"], bool(row["is_key"])], "note": ["", "说明" * 20]}
        yield "milestone", row["id"], fields


def _explained(then: Portfolio, present: Portfolio) -> int:
    return changes_between(then, present, AS_OF)[1]
