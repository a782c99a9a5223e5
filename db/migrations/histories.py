"""Begin the dated histories of milestones recorded before there were any, and fill new columns.

A milestone's forecast and credit become the first entry of their history, dated the day they were recorded.
The change is numbered and audited like every other, so that the audit entries still tell the whole story.
"""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import UTCDateTime

from db.models.base import utc_now

_ACTOR = "migration"
_audit = sa.table(
    "audit_entry",
    *(sa.column(n) for n in ("change_no", "entity", "record_id", "action", "actor", "reason", "origin")),
    sa.column("fields", sa.JSON),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
)


def begin_histories(connection: Connection) -> None:
    """Write the first forecast change, credit and template link of each milestone that has one."""
    forecasts = _rows(connection, "forecast_on", "m.forecast_on IS NOT NULL")
    credits_given = _rows(connection, "credited_on", "m.credited_on IS NOT NULL AND m.credit_percent > 0")
    links = connection.execute(sa.text(_LINKS)).all()
    if not (forecasts or credits_given or links):
        return
    number = _next_number(connection)
    for row in forecasts:
        day = _day(row.recorded_at) or row.opened_on
        fields = {"milestone_id": row.id, "changed_on": str(day), "new_on": str(row.forecast_on)}
        _add(connection, number, "forecast_change", fields | {"reason_code": "other", "note": ""})
    for row in credits_given:
        fields = {"milestone_id": row.id, "credited_on": str(row.credited_on), "percent": row.credit_percent}
        _add(connection, number, "milestone_credit", fields)
    for row in links:
        connection.execute(
            sa.text(
                "UPDATE milestone SET template_milestone_id = :step, change_no = :number,"
                " version = version + 1 WHERE id = :id"
            ),
            {"step": row.step_id, "number": number, "id": row.id},
        )
        _tell(connection, number, "milestone", row.id, {"template_milestone_id": [None, row.step_id]})


def fill_in(connection: Connection, table: str, field: str, days: Mapping[int, date]) -> None:
    """Give rows, by id, the day that a new column holds for them."""
    _put(connection, table, field, {record_id: (None, day) for record_id, day in days.items()})


def take_out(connection: Connection, table: str, field: str) -> None:
    """Empty a column before it is dropped, so that a later migration can fill it again."""
    rows = connection.execute(sa.text(f"SELECT id, {field} FROM {table} WHERE {field} IS NOT NULL")).all()
    _put(connection, table, field, {row[0]: (as_day(row[1]), None) for row in rows})


def recorded_days(connection: Connection, table: str) -> dict[int, date]:
    """Return the day on which each row was recorded, in the organisation's zone."""
    query = f"""
        SELECT t.id, (SELECT min(e.recorded_at) FROM audit_entry e
                      WHERE e.entity = '{table}' AND e.record_id = t.id) FROM {table} t ORDER BY t.id
    """
    # The same setting that says what day it is, see tracker.settings, which the storage does not know.
    zone = ZoneInfo(os.environ.get("TRACKER_TIME_ZONE", "Asia/Shanghai"))
    return {
        row[0]: _instant(row[1] or utc_now()).astimezone(zone).date()
        for row in connection.execute(sa.text(query))
    }


def withdraw_lifted(connection: Connection) -> None:
    """Archive the dependencies that were lifted, for a schema that does not know lifting."""
    rows = connection.execute(
        sa.text("SELECT id FROM dependency WHERE lifted_on IS NOT NULL AND archived_at IS NULL ORDER BY id")
    ).all()
    if not rows:
        return
    number, now = _next_number(connection), utc_now()
    target = sa.table("dependency", *(sa.column(name) for name in ("id", "version", "change_no")))
    archived = sa.column("archived_at", UTCDateTime())
    target.append_column(archived)
    for (record_id,) in rows:
        values = {"archived_at": now, "change_no": number, "version": target.c.version + 1}
        connection.execute(sa.update(target).where(target.c.id == record_id).values(values))
        _tell(connection, number, "dependency", record_id, {"archived_at": [None, now.isoformat()]})


def as_day(stored: date | str) -> date:
    """Return a day that came without its type: SQLite then gives text."""
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


_Turn = tuple[date | None, date | None]


def _put(connection: Connection, table: str, field: str, turns: Mapping[int, _Turn]) -> None:
    """Write the new days over the old ones as one change, told record by record."""
    if not turns:
        return
    number = _next_number(connection)
    target = sa.table(table, *(sa.column(name) for name in ("id", "version", "change_no", field)))
    for record_id, (old, new) in turns.items():
        values = {field: new, "change_no": number, "version": target.c.version + 1}
        connection.execute(sa.update(target).where(target.c.id == record_id).values(values))
        _tell(connection, number, table, record_id, {field: [old and str(old), new and str(new)]})


def _next_number(connection: Connection) -> int:
    connection.execute(sa.text("UPDATE change_counter SET number = number + 1"))
    number: int = connection.execute(sa.text("SELECT number FROM change_counter")).scalar_one()
    return number


_LINKS = """
    SELECT m.id AS id, min(s.id) AS step_id
    FROM milestone m
    JOIN project p ON p.id = m.project_id
    JOIN plan_template_milestone s ON s.template_version_id = p.template_version_id
        AND (s.name_zh = m.name OR s.name_en = m.name)
    WHERE m.archived_at IS NULL
    GROUP BY m.id
"""


def _rows(connection: Connection, field: str, condition: str) -> list[Any]:
    """The milestones concerned, with when the newest entry about `field` was recorded."""
    query = f"""
        SELECT m.id, m.forecast_on, m.credited_on, m.credit_percent, p.opened_on,
            (SELECT max(e.recorded_at) FROM audit_entry e WHERE e.entity = 'milestone'
             AND e.record_id = m.id AND CAST(e.fields AS TEXT) LIKE '%"{field}"%') AS recorded_at
        FROM milestone m JOIN project p ON p.id = m.project_id
        WHERE {condition} AND m.archived_at IS NULL ORDER BY m.id
    """
    return list(connection.execute(sa.text(query)).all())


def _day(instant: Any) -> date | None:
    return _instant(instant).date() if instant else None


def _instant(stored: datetime | str) -> datetime:
    """Return an aware instant: SQLite gives text, and in UTC without saying so."""
    instant = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _add(connection: Connection, number: int, table: str, fields: dict[str, Any]) -> None:
    values = {name: _typed(name, value) for name, value in fields.items()}
    values |= {"version": 1, "change_no": number, "archive_reason": ""}
    target = sa.table(table, *(sa.column(name) for name in values), sa.column("id"))
    found = connection.execute(sa.insert(target).values(values).returning(target.c.id)).scalar_one()
    told = {name: [None, value] for name, value in fields.items() if value != ""}
    _tell(connection, number, table, found, told)


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") else value


def _tell(connection: Connection, number: int, entity: str, record_id: int, fields: dict[str, Any]) -> None:
    entry = {
        "change_no": number,
        "entity": entity,
        "record_id": record_id,
        "action": f"{entity}.history_begun",
        "fields": fields,
        "actor": _ACTOR,
        "reason": "",
        "origin": _ACTOR,
        "recorded_at": utc_now(),
    }
    connection.execute(sa.insert(_audit).values(entry))
