"""The projects of the demo home: plans that follow their templates, progress that could have happened."""

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from db.reference import FOLDER
from db.vocabulary import OffsetUnit, SlipReason
from tracker.rules.plan import day_at

DEMO: dict[str, Any] = json.loads((FOLDER / "demo.json").read_text("utf-8"))
AS_OF = date.fromisoformat(DEMO["as_of"])
STEPS = {t["code"]: t["milestones"] for t in json.loads((FOLDER / "plan_templates.json").read_text("utf-8"))}
PROJECTS: list[dict[str, Any]] = [
    p | {"of": a} for a in DEMO["agreements"] + DEMO["public"] for p in a["projects"]
]
each_project = pytest.mark.parametrize("project", PROJECTS, ids=lambda p: p["name"])


def _due(project: dict[str, Any], index: int) -> date:
    step = STEPS[project["template"]][index]
    anchor = date.fromisoformat(project["anchor_on"])
    return day_at(anchor, step["offset"], OffsetUnit(step["offset_unit"]))


def _met(project: dict[str, Any]) -> dict[int, date]:
    """The days on which steps were met, those met in part included."""
    return {m["milestone"]: _due(project, m["milestone"]) + timedelta(m["days_late"]) for m in project["met"]}


def test_every_project_has_the_same_fields() -> None:
    assert len({frozenset(project) for project in PROJECTS}) == 1


def test_progress_says_which_step_how_late_and_perhaps_which_share() -> None:
    fields = {frozenset(m) for p in PROJECTS for m in p["met"]}
    assert fields == {
        frozenset({"milestone", "days_late"}),
        frozenset({"milestone", "days_late", "partial_percent"}),
    }


@each_project
def test_a_project_is_in_a_county_of_its_agreement(project: dict[str, Any]) -> None:
    assert project["county"] in (project["of"].get("counties") or [project["of"]["county"]])


@each_project
def test_a_projects_days_are_in_order(project: dict[str, Any]) -> None:
    course = [project["started_on"], project["live_on"], project["accepted_on"]]
    days = [d for d in [project["of"]["signed_on"], project["opened_on"], *course] if d]
    assert days == sorted(days)
    assert project["approved_on"] is None or project["approved_on"] >= project["opened_on"]


@each_project
def test_no_step_is_met_before_the_start_or_after_the_demos_day(project: dict[str, Any]) -> None:
    for day in _met(project).values():
        assert project["started_on"] is not None
        assert date.fromisoformat(project["started_on"]) <= day <= AS_OF


@each_project
def test_no_step_is_met_while_a_project_is_stopped_or_rests(project: dict[str, Any]) -> None:
    rests = [r["from"] for r in [*project["of"].get("suspended", []), project["paused"]] if r]
    stops = [s["on"] for s in (project["stopped"], project["of"].get("terminated")) if s]
    last = max(_met(project).values(), default=None)
    assert last is None or all(last <= date.fromisoformat(day) for day in rests + stops)


@each_project
def test_a_finished_project_has_met_its_whole_plan(project: dict[str, Any]) -> None:
    whole = [m for m in project["met"] if "partial_percent" not in m]
    assert (project["accepted_on"] is not None) == (len(whole) == len(STEPS[project["template"]]))


@each_project
def test_a_step_stands_once_and_in_order(project: dict[str, Any]) -> None:
    indices = [m["milestone"] for m in project["met"]]
    assert indices == sorted(set(indices))
    assert all(0 <= i < len(STEPS[project["template"]]) for i in indices)


def _last_forecasts(project: dict[str, Any]) -> dict[int, date]:
    return {f["milestone"]: date.fromisoformat(f["forecast_on"]) for f in project["forecasts"]}


@each_project
def test_only_unmet_steps_are_forecast_and_for_days_still_to_come(project: dict[str, Any]) -> None:
    for forecast in project["forecasts"]:
        assert forecast["milestone"] not in _met(project)
        assert forecast["forecast_on"] > forecast["changed_on"]


@each_project
def test_forecasts_move_after_the_approval_and_by_the_demos_day(project: dict[str, Any]) -> None:
    for forecast in project["forecasts"]:
        assert project["approved_on"] < forecast["changed_on"] <= DEMO["as_of"]


@each_project
def test_the_moves_of_a_step_stand_in_order_and_each_is_one(project: dict[str, Any]) -> None:
    for index in _last_forecasts(project):
        moves = [f for f in project["forecasts"] if f["milestone"] == index]
        assert [m["changed_on"] for m in moves] == sorted(m["changed_on"] for m in moves)
        assert all(a["forecast_on"] != b["forecast_on"] for a, b in pairwise(moves))


@each_project
def test_every_move_has_a_reason_and_a_line(project: dict[str, Any]) -> None:
    for forecast in project["forecasts"]:
        assert SlipReason(forecast["reason_code"])
        assert forecast["note"]


def test_projects_show_every_course() -> None:
    overdue = [p for p in PROJECTS if any(_due(p, i) < AS_OF and i not in _met(p) for i in range(8))]
    shown = {
        "finished": any(p["accepted_on"] for p in PROJECTS),
        "stopped": any(p["stopped"] for p in PROJECTS),
        "paused": any(p["paused"] for p in PROJECTS),
        "not started": any(not p["started_on"] and p["approved_on"] for p in PROJECTS),
        "no approved plan": any(p["started_on"] and not p["approved_on"] for p in PROJECTS),
        "ahead": any(_due(p, i) > AS_OF for p in PROJECTS for i in _met(p)),
        "late": any(p["met"] and not p["accepted_on"] for p in overdue),
        "slipping": any(
            AS_OF < _due(p, index) < day for p in PROJECTS for index, day in _last_forecasts(p).items()
        ),
        "lapsed": any(day < AS_OF for p in PROJECTS for day in _last_forecasts(p).values()),
        "moved again": any(len(p["forecasts"]) > len(_last_forecasts(p)) for p in PROJECTS),
        "in part": any("partial_percent" in m for p in PROJECTS for m in p["met"]),
    }
    assert [name for name, is_shown in shown.items() if not is_shown] == []
