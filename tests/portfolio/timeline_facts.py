"""A small portfolio made by hand: three counties in two provinces, a joint agreement among theirs."""

from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Boolean, Date, Integer

from db.models import metadata
from tracker.portfolio.model import FACTS, Portfolio
from tracker.portfolio.plan import plan_rows

AS_OF = date(2021, 6, 30)
SUMMIT = date(2020, 7, 17)


def portfolio(**tables: list[dict[str, Any]]) -> Portfolio:
    """A portfolio of these rows; what a row leaves out is null, and so is every table not named.

    A milestone's `forecast_on`, and its `credit_percent` from `credited_on`, become their histories' only
    entries; such a forecast was known all along. A baseline that does not say which planned start it froze
    holds its project's, as if that had never moved. A dependency without a day was agreed long ago.
    """
    tables = {**_histories(tables.get("milestone", [])), **tables, "baseline": _baselines(tables)}
    tables["dependency"] = [{"agreed_on": date(1949, 10, 1)} | row for row in tables.get("dependency", [])]
    facts = {name: _frame(name, tables.get(name, [])) for name in FACTS}
    return Portfolio("test", 1, facts | {"plan": plan_rows(facts)})


def _baselines(tables: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    typed = {p["id"]: p.get("planned_start_on") for p in tables.get("project", [])}
    return [{"planned_start_on": typed.get(b["project_id"])} | b for b in tables.get("baseline", [])]


def _histories(steps: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    moved = [
        {"id": s["id"], "milestone_id": s["id"], "changed_on": date(1949, 10, 1), "new_on": s["forecast_on"]}
        for s in steps
        if s.get("forecast_on")
    ]
    credited = [
        {
            "id": s["id"],
            "milestone_id": s["id"],
            "credited_on": s["credited_on"],
            "percent": s["credit_percent"],
        }
        for s in steps
        if s.get("credited_on")
    ]
    return {"forecast_change": moved, "milestone_credit": credited}


def _frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {column: _kind(table, column) for column in FACTS[table]}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def _kind(table: str, column: str) -> Any:
    stored = metadata.tables[table].columns[column].type
    kinds = ((Date, pl.Date), (Boolean, pl.Boolean), (Integer, pl.Int64))
    return next((kind for found, kind in kinds if isinstance(stored, found)), pl.String)


DIVISIONS = [
    {"id": 1, "code": "430000", "name": "湖南省", "name_en": "Hunan", "level": "province"},
    {"id": 2, "code": "520000", "name": "贵州省", "name_en": "Guizhou", "level": "province"},
    {"id": 3, "code": "430200", "name": "株洲市", "level": "prefecture", "parent_id": 1, "province_id": 1},
    {"id": 11, "code": "430281", "name": "醴陵市", "name_en": "Liling", "level": "county", "parent_id": 3}
    | {"province_id": 1},
    {"id": 12, "code": "430921", "name": "南县", "level": "county", "parent_id": 1, "province_id": 1},
    {"id": 21, "code": "520402", "name": "西秀区", "level": "county", "parent_id": 2, "province_id": 2},
]
PILLARS = [
    {"id": 1, "code": "decision", "name_zh": "科学决策", "name_en": "Scientific decisions"},
    {"id": 2, "code": "industry", "name_zh": "数字兴业", "name_en": "Digital industry"},
]


def agreement(number: int, **changes: Any) -> dict[str, Any]:
    """A framework agreement of three years from the summit."""
    return {
        "id": number,
        "number": f"A{number}",
        "kind": "framework",
        "title": "框架合作协议",
        "opened_on": SUMMIT,
        "effective_on": SUMMIT,
        "term_months": 36,
        "renewals_allowed": 0,
        "notice_days": 90,
        "owner": "华中区",
        "event_id": 1,
    } | changes


def party(
    number: int, agreement_id: int, division_id: int, signed_on: date | None = SUMMIT
) -> dict[str, Any]:
    """A county's required signature."""
    return {
        "id": number,
        "agreement_id": agreement_id,
        "side": "county",
        "division_id": division_id,
        "required": True,
        "signed_on": signed_on,
    }


def project(number: int, agreement_id: int, division_id: int, **changes: Any) -> dict[str, Any]:
    """A project under way since October 2020."""
    return {
        "id": number,
        "agreement_id": agreement_id,
        "division_id": division_id,
        "pillar_id": 2,
        "unit_id": 1,
        "name": f"P{number}",
        "owner": "华中区",
        "opened_on": SUMMIT,
        "started_on": date(2020, 10, 1),
    } | changes


def milestone(number: int, project_id: int, due_on: date, **changes: Any) -> dict[str, Any]:
    """An unmet milestone of weight 25."""
    return {
        "id": number,
        "project_id": project_id,
        "position": number,
        "name": f"M{number}",
        "weight": 25,
        "is_key": False,
        "is_gate": False,
        "due_on": due_on,
    } | changes


def three_counties() -> Portfolio:
    """A1: 醴陵市, P1 and P2. A2: joint of 南县, with P3, and 西秀区, without one. A3: unsigned."""
    return portfolio(
        division=DIVISIONS,
        pillar=PILLARS,
        agreement=[agreement(1), agreement(2, event_id=2, owner="西南区"), agreement(3, effective_on=None)],
        agreement_pillar=[{"id": 1, "agreement_id": 2, "pillar_id": 1}],
        party=[party(1, 1, 11), party(2, 2, 12), party(3, 2, 21), party(4, 3, 21, None)],
        project=[
            project(1, 1, 11, started_on=date(2020, 12, 1)),
            project(2, 1, 11, pillar_id=1, unit_id=2),
            project(3, 2, 12, owner="西南区"),
        ],
        milestone=[
            milestone(1, 1, date(2021, 3, 1), met_on=date(2021, 2, 20), is_key=True),
            milestone(2, 1, date(2021, 4, 1), met_on=date(2021, 4, 9), is_gate=True),
            milestone(3, 1, date(2021, 6, 1), weight=30),
            milestone(4, 1, date(2021, 12, 1), weight=20),
        ],
    )
