"""One project with everything a light looks at, made by hand: quiet, so that each test disturbs one thing."""

from datetime import date
from typing import Any

import polars as pl

from tests.portfolio.plan_facts import AS_OF, OPENED, Row, approved, step, tables
from tests.portfolio.timeline_facts import DIVISIONS, agreement, party, portfolio
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.model import Portfolio

LATER = date(2022, 1, 1)


def quiet_tables(*steps: Row, **others: Any) -> dict[str, list[Row]]:
    """A started project with an approved plan of which nothing is due, and an update of yesterday.

    `others` are `project` and `agreement` (changes of the one row), `baselines`, and rows of `updates`,
    `overrides`, `suspensions`, `thresholds`.
    """
    own = list(steps) or [step(1)]
    frozen = [(s["id"], s["due_on"], s["weight"]) for s in own]
    baselines = others.get("baselines", [approved(*frozen)])
    made = tables(own, baselines, others.get("suspensions", []))
    keys = {s["id"]: s.get("is_key", False) for s in own}
    made["baseline_milestone"] = [r | {"is_key": keys[r["milestone_id"]]} for r in made["baseline_milestone"]]
    made["project"] = [made["project"][0] | {"started_on": OPENED} | others.get("project", {})]
    made["agreement"] = [agreement(1) | others.get("agreement", {})]
    made["party"] = [party(1, 1, 11)]
    made["division"] = DIVISIONS
    made["project_update"] = _numbered(others.get("updates", [update(AS_OF)]))
    made["light_override"] = _numbered(others.get("overrides", []))
    made["threshold"] = _numbered(others.get("thresholds", []))
    return made


def quiet(*steps: Row, **others: Any) -> Portfolio:
    """The same as a portfolio."""
    return portfolio(**quiet_tables(*steps, **others))


def update(reported_on: date, decided_on: date | None = None, decision: str | None = "accepted") -> Row:
    """An update, accepted on the day it speaks for unless said otherwise."""
    decided_on = decided_on or (reported_on if decision else None)
    return {"project_id": 1, "reported_on": reported_on, "decision": decision, "decided_on": decided_on}


def override(colour: str, from_on: date, until_on: date, **changes: Any) -> Row:
    """A light that a person set."""
    days = {"from_on": from_on, "until_on": until_on, "lifted_on": None}
    return {"project_id": 1, "colour": colour, "author": "区域负责人", "reason": "待核"} | days | changes


def light_of(facts: Portfolio, as_of: date = AS_OF) -> dict[str, Any]:
    """Return the row of the one project."""
    return lights_as_of(facts, as_of).row(by_predicate=pl.col("project_id") == 1, named=True)


def _numbered(rows: list[Row]) -> list[Row]:
    return [{"id": i} | row for i, row in enumerate(rows, start=1)]
