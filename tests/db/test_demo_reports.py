"""The reports of the demo home: days in order, and about projects and steps that exist."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from db.reference import FOLDER
from db.vocabulary import DependencyKind, SlipReason
from tests.db.test_demo_projects import AS_OF, PROJECTS, STEPS

REPORTS: dict[str, Any] = json.loads((FOLDER / "demo_reports.json").read_text("utf-8"))
KNOWN = {project["name"]: project for project in PROJECTS}
each_report = pytest.mark.parametrize("name", REPORTS)


def _days(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "on":
                yield inner
            yield from _days(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _days(inner)


@each_report
def test_a_report_is_about_a_project_of_the_content(name: str) -> None:
    assert name in KNOWN


@each_report
def test_nothing_happened_before_the_start_or_after_the_demos_day(name: str) -> None:
    days = list(_days({k: v for k, v in REPORTS[name].items() if k != "waits"}))
    first = KNOWN[name]["started_on"] or KNOWN[name]["opened_on"]
    assert [day for day in days if not first <= day <= AS_OF.isoformat()] == []


@each_report
def test_updates_follow_each_other_in_time(name: str) -> None:
    days = [update["on"] for update in REPORTS[name].get("updates", [])]
    assert days == sorted(days)


@each_report
def test_an_update_says_something_or_that_nothing_changed(name: str) -> None:
    updates = REPORTS[name].get("updates", [])
    assert all(bool(update.get("text")) != bool(update.get("no_change")) for update in updates)


@each_report
def test_what_waits_and_what_it_waits_for_are_steps_of_their_plans(name: str) -> None:
    for link in REPORTS[name].get("waits", []):
        assert link["milestone"] < len(STEPS[KNOWN[name]["template"]])
        assert link["its"] < len(STEPS[KNOWN[link["for"]]["template"]])
        assert link["kind"] in set(DependencyKind)


@each_report
def test_what_is_cancelled_is_a_step_of_a_plan_not_yet_approved(name: str) -> None:
    for entry in REPORTS[name].get("cancelled", []):
        assert entry["milestone"] < len(STEPS[KNOWN[name]["template"]])
        assert KNOWN[name]["approved_on"] is None


def test_a_moved_forecast_has_a_reason_of_the_vocabulary() -> None:
    moved = [f for told in REPORTS.values() for u in told.get("updates", []) for f in u.get("forecasts", [])]
    assert moved
    assert {f["reason_code"] for f in moved} <= set(SlipReason)
