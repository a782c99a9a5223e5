"""Build a database of the national size, quickly and always alike."""

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import String
from sqlmodel.sql.sqltypes import AutoString

from db.models import metadata
from db.opening import open_database

AGREEMENTS, PROJECTS, STEPS, AUDIT_ENTRIES = 5_000, 20_000, 10, 1_000_000
REASONS = ("county", "partner", "own_unit", "funding", "approval", "supply", "weather", "scope", "other")
FIRST_DAY = date(2018, 1, 1)
AS_OF = date(2021, 6, 30)


def build(path: Path, *, scale: float = 1.0) -> None:
    """Fill a new SQLite file at `path` with invented facts; `scale` shrinks every count.

    Rows go in by plain SQL: the product's own way of writing would take an hour, and it is not what is
    measured by building.
    """
    open_database(f"sqlite:///{path}").close()
    dice = random.Random(20200717)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        counties = connection.execute("SELECT id, code FROM division WHERE level = 'county'").fetchall()
        events = _insert(connection, "signing_event", _events(dice, int(200 * scale) or 1))
        agreements = list(_agreements(dice, counties, events, int(AGREEMENTS * scale)))
        _insert(connection, "agreement", (a for a, _ in agreements))
        _insert(connection, "agreement_pillar", _pillars(agreements))
        _insert(connection, "party", _parties(agreements))
        projects = list(_projects(dice, agreements, int(PROJECTS * scale)))
        _insert(connection, "project", projects)
        steps = list(_milestones(dice, projects))
        _insert(connection, "milestone", steps)
        _insert(connection, "baseline", _baselines(projects))
        _insert(connection, "baseline_milestone", _frozen(steps))
        _insert(connection, "forecast_change", _forecasts(dice, steps))
        _insert(connection, "dependency", _dependencies(dice, steps))
        _insert(connection, "project_update", _updates(dice, projects))
        _insert(connection, "meeting", _meetings(dice, agreements))
        _insert(connection, "audit_entry", _entries(dice, int(AUDIT_ENTRIES * scale), len(steps) or 1))
        connection.execute("UPDATE change_counter SET number = number + 1")
        connection.commit()
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> int:
    columns = metadata.tables[table].columns
    recorded = {"version": 1, "change_no": 2, "archive_reason": ""} if "version" in columns else {}
    count, batch, sql = 0, [], ""
    for row in rows:
        whole = recorded | row
        if not sql:
            blanks = {c.name: "" for c in columns if not c.nullable and c.name not in whole and _is_text(c)}
            names = [*whole, *blanks]
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        stored = (v.isoformat() if isinstance(v, date) else v for v in whole.values())
        batch.append([*stored, *blanks.values()])
        count += 1
        if len(batch) == 50_000:
            connection.executemany(sql, batch)
            batch.clear()
    if batch:
        connection.executemany(sql, batch)
    return count


def _is_text(column: Any) -> bool:
    return isinstance(column.type, String | AutoString)


def _events(dice: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for i in range(1, count + 1):
        held_on = FIRST_DAY + timedelta(days=dice.randrange(1_200))
        yield {"id": i, "name": f"第{i}次签约活动", "held_on": held_on}


def _agreements(
    dice: random.Random, counties: list[tuple[int, str]], events: int, count: int
) -> Iterator[tuple[dict[str, Any], tuple[int, str]]]:
    for i in range(1, count + 1):
        county = counties[(i * 7) % len(counties)]
        signed = FIRST_DAY + timedelta(days=dice.randrange(1_200))
        yield (
            {
                "id": i,
                "number": f"{county[1]}-{signed.year}-F-{i:05}",
                "kind": "framework",
                "title": f"框架合作协议 {i}",
                "event_id": dice.randrange(events) + 1,
                "opened_on": signed,
                "effective_on": signed,
                "term_months": dice.choice([12, 24, 36, 60]),
                "renewals_allowed": dice.choice([0, 0, 1]),
                "notice_days": 90,
                "currency": "CNY",
                "owner": f"区域组 {dice.randrange(30)}",
            },
            county,
        )


def _pillars(agreements: list[tuple[dict[str, Any], Any]]) -> Iterator[dict[str, Any]]:
    for a, _ in agreements:
        yield {"agreement_id": a["id"], "pillar_id": a["id"] % 3 + 1}


def _parties(agreements: list[tuple[dict[str, Any], tuple[int, str]]]) -> Iterator[dict[str, Any]]:
    for a, county in agreements:
        shared = {"agreement_id": a["id"], "required": 1, "signed_on": a["opened_on"], "position": 0}
        yield shared | {"side": "county", "division_id": county[0], "name": ""}
        yield shared | {"side": "partner", "division_id": None, "name": "合作方"}


def _projects(dice: random.Random, agreements: list[Any], count: int) -> Iterator[dict[str, Any]]:
    for i in range(1, count + 1):
        agreement, county = agreements[i % len(agreements)]
        opened = agreement["opened_on"] + timedelta(days=dice.randrange(60))
        yield {
            "id": i,
            "agreement_id": agreement["id"],
            "division_id": county[0],
            "pillar_id": i % 3 + 1,
            "unit_id": i % 7 + 1,
            "name": f"项目 {i}",
            "owner": agreement["owner"],
            "opened_on": opened,
            "planned_start_on": opened + timedelta(days=20),
            "started_on": opened + timedelta(days=30) if i % 5 else None,
        }


def _milestones(dice: random.Random, projects: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    number = 0
    for project in projects:
        for step in range(STEPS):
            number += 1
            due = project["opened_on"] + timedelta(days=40 * (step + 1))
            met = due + timedelta(days=dice.randrange(-20, 60))
            is_met = met <= AS_OF and dice.random() < 0.9
            yield {
                "id": number,
                "project_id": project["id"],
                "position": step,
                "name": f"里程碑 {step + 1}",
                "weight": 10,
                "is_key": int(step % 3 == 0),
                "is_gate": int(step < 3),
                "due_on": due,
                "met_on": met if is_met else None,
                "evidence_witness": "县商务局" if is_met and step < 3 else "",
            }


def _baselines(projects: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One in ten projects has no approved plan, one in eight a second one."""
    for project in projects:
        number = project["id"]
        frozen = {"planned_start_on": project["planned_start_on"], "self_approved": 0}
        if number % 10:
            approval = {"approved_on": project["opened_on"]} | frozen
            yield {"id": 2 * number, "project_id": number, "number": 0} | approval
        if number % 10 and number % 8 == 0:
            later = project["opened_on"] + timedelta(days=120)
            approval = {"approved_on": later} | frozen
            yield {"id": 2 * number + 1, "project_id": number, "number": 1} | approval


def _frozen(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for s in steps:
        number = s["project_id"]
        if not number % 10:
            continue
        taken = {k: s[k] for k in ("due_on", "weight", "is_key", "is_gate")} | {"milestone_id": s["id"]}
        yield taken | {"baseline_id": 2 * number}
        if number % 8 == 0:
            later = s["due_on"] + timedelta(days=15 if s["position"] > 4 else 0)
            yield taken | {"baseline_id": 2 * number + 1, "due_on": later}


def _forecasts(dice: random.Random, steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every third milestone that is not met was expected later once, some of them twice."""
    for s in steps:
        if s["met_on"] or dice.random() > 0.35:
            continue
        expected, changed = s["due_on"], s["due_on"] - timedelta(days=60)
        for _ in range(dice.choice([1, 1, 2])):
            later = expected + timedelta(days=dice.randrange(5, 90))
            yield {
                "milestone_id": s["id"],
                "changed_on": changed,
                "old_on": expected,
                "new_on": later,
                "reason_code": dice.choice(REASONS),
            }
            expected, changed = later, changed + timedelta(days=30)


def _dependencies(dice: random.Random, steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Two for each project: one along its own steps, one from a project before it."""
    for s in steps:
        link = {"successor_id": s["id"], "lag_days": dice.randrange(10), "in_working_days": 0}
        link |= {"agreed_on": date(2016, 1, 1)}
        if s["position"] == 5:
            yield link | {"predecessor_id": s["id"] - 1, "kind": "FS"}
        if s["position"] == 8 and s["id"] > 4 * STEPS:
            before = s["id"] - STEPS * dice.randrange(1, 4)
            yield link | {"predecessor_id": before, "kind": dice.choice(["FS", "SS", "FF"])}


def _updates(dice: random.Random, projects: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for project in projects:
        for month in range(dice.randrange(5) if project["started_on"] else 0):
            reported = project["started_on"] + timedelta(days=30 * month + dice.randrange(30))
            yield {
                "project_id": project["id"],
                "reported_on": reported,
                "is_no_change": 0,
                "text": "按计划推进。",
                "author": project["owner"],
                "decision": "accepted",
                "decided_on": reported + timedelta(days=3),
            }


def _meetings(dice: random.Random, agreements: list[Any]) -> Iterator[dict[str, Any]]:
    for agreement, county in agreements:
        held = agreement["opened_on"] - timedelta(days=dice.randrange(10, 200))
        yield {"division_id": county[0], "held_on": held, "with_whom": "县长"}


def _entries(dice: random.Random, count: int, records: int) -> Iterator[dict[str, Any]]:
    fields = json.dumps({"met_on": [None, "2020-12-01"]})
    for i in range(count):
        yield {
            "change_no": 2,
            "entity": "milestone",
            "record_id": dice.randrange(records) + 1,
            "action": "milestone.met",
            "fields": fields,
            "actor": f"editor {i % 40}",
            "reason": "",
            "origin": "page",
            "recorded_at": f"2021-{i * 12 // max(count, 1) + 1:02}-01 00:00:00.000000",
        }
