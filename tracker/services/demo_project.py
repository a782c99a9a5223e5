"""Turn the projects of the example content into records, through the services an editor would use."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.project import milestones_of
from db.vocabulary import EvidenceKind
from tracker.services.demo_code import DemoCodes
from tracker.services.desk import Desk
from tracker.services.evidence import credit_milestone, meet_milestone
from tracker.services.forecast import change_forecast
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
# What the content says once about what proves the milestones of all its projects.
PROOF = ("as_of", "evidence_note", "evidence_link", "evidence_witness", "recorded_after_days")
_ON_SCREEN = (EvidenceKind.link, EvidenceKind.data_report, EvidenceKind.system_screenshot)


def load_project(desk: Desk, agreement_id: int, entry: Entry, *, codes: DemoCodes, texts: Entry) -> None:
    """Open one example project with its plan, and let happen to it what the content tells.

    `texts` hold `owner`, who looks after its agreement, and what PROOF names: `evidence_note` with
    {evidence_hint_zh} in it, and `recorded_after_days` to be taken in turn, up to the day `as_of`.
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
    _meet(desk, plan, entry["met"], texts)
    _record_then(desk, project_id, texts)
    _forecast(desk, plan, entry["forecasts"])
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


def _meet(desk: Desk, plan: Sequence[Milestone], told: Sequence[Entry], texts: Entry) -> None:
    for entry in told:
        milestone = plan[entry["milestone"]]
        if milestone.due_on is None:
            continue
        on = milestone.due_on + timedelta(days=entry["days_late"])
        # Some were met before the plan let them begin.
        values = _proof(milestone, texts) | {"is_confirmed": True}
        if share := entry.get("partial_percent"):
            values |= {"credited_on": on, "credit_percent": share}
            credit_milestone(desk, milestone.key, values, seen=milestone.version)
        else:
            meet_milestone(desk, milestone.key, values | {"met_on": on}, seen=milestone.version)


def _proof(milestone: Milestone, texts: Entry) -> dict[str, Any]:
    """What proves a milestone: a link for what can be seen on a screen, a witness for all else of weight."""
    proof = {"evidence_note": texts["evidence_note"].format(evidence_hint_zh=milestone.evidence_hint)}
    if milestone.evidence_kind in _ON_SCREEN:
        return proof | {"evidence_link": f"{texts['evidence_link']}/{milestone.key}"}
    is_marked = milestone.is_key or milestone.is_gate
    return proof | ({"evidence_witness": texts["evidence_witness"]} if is_marked else {})


def _record_then(desk: Desk, project_id: int, texts: Entry) -> None:
    """Let what was met be recorded some days later, instead of on the day the content is loaded."""
    after_days, last = texts["recorded_after_days"], date.fromisoformat(texts["as_of"])
    with desk.transaction() as work:
        met = [m for m in milestones_of(work.session, project_id) if m.met_on]
        for milestone in met:
            if milestone.met_on:
                days = timedelta(days=after_days[milestone.position % len(after_days)])
                milestone.met_recorded_on = min(milestone.met_on + days, max(milestone.met_on, last))
        work.save_many(met)


def _forecast(desk: Desk, plan: Sequence[Milestone], told: Sequence[Entry]) -> None:
    for entry in told:
        milestone_id = plan[entry["milestone"]].key
        with desk.reading() as session:
            seen = session.get_one(Milestone, milestone_id).version
        values = {name: entry[name] for name in ("changed_on", "reason_code", "note")}
        change_forecast(desk, milestone_id, values | {"new_on": entry["forecast_on"]}, seen=seen)


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
