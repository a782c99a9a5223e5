"""Turn the projects of the example content into records, through the services an editor would use."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.project import milestones_of
from tracker.rules.milestone_draft import ROW_FIELDS
from tracker.services.demo_code import DemoCodes
from tracker.services.desk import Desk
from tracker.services.evidence import credit_milestone, meet_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan
from tracker.services.project import open_project
from tracker.services.project_course import (
    accept_project,
    go_live,
    pause_project,
    start_project,
    stop_project,
)
from tracker.services.project_scope import reach_back, writable_project

Entry = Mapping[str, Any]


def load_project(desk: Desk, agreement_id: int, entry: Entry, *, codes: DemoCodes, texts: Entry) -> None:
    """Open one example project with its plan, and let happen to it what the content tells.

    `texts` hold `owner`, who looks after its agreement, and `evidence_note`, with {evidence_hint_zh} in it.
    Raises: InvalidInput, StorageError.
    """
    desk.allow("project.write", {codes.divisions[entry["county"]]})
    project_id = open_project(desk, agreement_id, _opening(entry, codes, texts["owner"]))
    with desk.transaction() as work:
        reach_back(work, writable_project(work, project_id), _day(entry["opened_on"]))
    if approved_on := _day(entry["approved_on"]):
        approve_plan(desk, project_id, approved_on)
    _run_course(desk, project_id, entry)
    plan = _plan(desk, project_id)
    _meet(desk, plan, entry["met"], texts["evidence_note"])
    _forecast(desk, project_id, entry["forecasts"])
    _rest(desk, project_id, entry)


def _opening(entry: Entry, codes: DemoCodes, owner: str) -> dict[str, Any]:
    return {
        "name": entry["name"],
        "division_id": codes.divisions[entry["county"]],
        "pillar_id": codes.pillar_of_template[entry["template"]],
        "unit_id": codes.units[entry["unit"]] if entry["unit"] else None,
        "template_id": codes.templates[entry["template"]],
        "owner": owner,
        "county_owner": entry["county_owner"],
        "planned_start_on": entry["anchor_on"],
        "anchor_on": entry["anchor_on"],
    }


def _run_course(desk: Desk, project_id: int, entry: Entry) -> None:
    acts = (("started_on", start_project), ("live_on", go_live), ("accepted_on", accept_project))
    for field, act in acts:
        if day := _day(entry[field]):
            act(desk, project_id, day, seen=None)


def _meet(desk: Desk, plan: Sequence[Milestone], told: Sequence[Entry], note: str) -> None:
    for entry in told:
        milestone = plan[entry["milestone"]]
        if milestone.due_on is None:
            continue
        on = milestone.due_on + timedelta(days=entry["days_late"])
        values: dict[str, Any] = {"evidence_note": note.format(evidence_hint_zh=milestone.evidence_hint)}
        if share := entry.get("partial_percent"):
            values |= {"credited_on": on, "credit_percent": share}
            credit_milestone(desk, milestone.key, values, seen=milestone.version)
        else:
            meet_milestone(desk, milestone.key, values | {"met_on": on}, seen=milestone.version)


def _forecast(desk: Desk, project_id: int, told: Sequence[Entry]) -> None:
    if not told:
        return
    rows = [m.model_dump(include={"id", "version", *ROW_FIELDS}) for m in _plan(desk, project_id)]
    seen = {row["id"]: dict(row) for row in rows}
    for entry in told:
        rows[entry["milestone"]]["forecast_on"] = _day(entry["forecast_on"])
    save_milestones(desk, project_id, rows, seen=seen)


def _rest(desk: Desk, project_id: int, entry: Entry) -> None:
    if paused := entry["paused"]:
        values = {"from_on": paused["from"], "to_on": paused["to"], "reason": paused["reason"]}
        pause_project(desk, project_id, values)
    if stopped := entry["stopped"]:
        with desk.reading() as session:
            version = session.get_one(Project, project_id).version
        values = {"stopped_on": stopped["on"], "stop_reason": stopped["reason"]}
        stop_project(desk, project_id, values, seen=version)


def _plan(desk: Desk, project_id: int) -> list[Milestone]:
    with desk.reading() as session:
        plan = milestones_of(session, project_id)
        session.expunge_all()
        return plan


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
