"""Tell the example projects' reports: updates, requests, risks, changed plans, and what waits for what.

The content lies in db/reference/demo_reports.json, by the project's name. What one person puts forward, the
group that owns the project sends, so that another one decides on it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.project import milestones_of
from db.reference import FOLDER
from tracker.permissions import Person, Role
from tracker.rules.milestone_draft import ROW_FIELDS
from tracker.services.dependency import add_dependency
from tracker.services.desk import Desk
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan_proposal import approve_proposal, propose_plan
from tracker.services.project_update import accept_update, return_update, send_update
from tracker.services.risk import close_risk, open_risk
from tracker.services.update_request import ask_for_update

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class _Example:
    """An example project, the desk that decides, and the desk of the group that owns it."""

    id: int
    office: Desk
    owner: Desk
    plan: tuple[Milestone, ...]


def load_reports(desk: Desk) -> None:
    """Write the reports of the projects that the content names. Raises: NotAllowed, StorageError."""
    desk.allow("demo.load")
    content = json.loads((FOLDER / "demo_reports.json").read_text(encoding="utf-8"))
    known = _examples(desk)
    for name, told in content.items():
        example = known[name]
        for entry in told.get("rebaselines", []):
            _rebaseline(example, entry)
        for entry in told.get("risks", []):
            _risk(example, entry)
        for entry in told.get("updates", []):
            _update(example, entry)
        for entry in told.get("requests", []):
            _request(example, entry)
        for entry in told.get("waits", []):
            _wait(example, entry, known[entry["for"]])
        for entry in told.get("cancelled", []):
            milestone_id, on = example.plan[entry["milestone"]].key, date.fromisoformat(entry["on"])
            cancel_milestone(example.office, milestone_id, on, entry["reason"])


def _examples(desk: Desk) -> dict[str, _Example]:
    found = {}
    with desk.reading() as session:
        for project in session.exec(select(Project)).all():
            group = replace(desk, person=Person(project.owner, Role.editor))
            plan = tuple(milestones_of(session, project.key))
            found[project.name] = _Example(project.key, desk, group, plan)
        session.expunge_all()
    return found


def _update(example: _Example, entry: Entry, request_id: int | None = None) -> None:
    values: dict[str, Any] = {"reported_on": entry["on"], "request_id": request_id}
    values |= {"text": entry.get("text", ""), "is_no_change": entry.get("no_change", False)}
    values["risks"] = entry.get("risks", [])
    values["forecasts"] = [
        {**forecast, "milestone_id": example.plan[forecast["milestone"]].key}
        for forecast in entry.get("forecasts", [])
    ]
    update_id = send_update(example.owner, example.id, values)
    if "after_days" not in entry:
        return
    decided_on = date.fromisoformat(entry["on"]) + timedelta(days=entry["after_days"])
    if note := entry.get("returned"):
        return_update(example.office, update_id, note, on=decided_on)
    else:
        accept_update(example.office, update_id, on=decided_on)


def _request(example: _Example, entry: Entry) -> None:
    values = {"asked_on": entry["on"], "due_on": entry["due_on"], "question": entry["question"]}
    request_id = ask_for_update(example.office, example.id, values)
    if answer := entry.get("answer"):
        _update(example, answer, request_id)


def _risk(example: _Example, entry: Entry) -> None:
    fields = ("title", "likelihood", "impact", "owner", "response", "due_on")
    values = {name: entry[name] for name in fields}
    risk_id = open_risk(example.owner, example.id, values, on=date.fromisoformat(entry["on"]))
    if closed := entry.get("closed"):
        ending = {"closed_on": closed["on"], "closing_note": closed["note"]}
        close_risk(example.owner, risk_id, ending, seen=1)


def _rebaseline(example: _Example, entry: Entry) -> None:
    """Move the steps from one on that are not met, propose that, and approve it."""
    rows = _rows(example)
    seen = {row["id"]: dict(row) for row in rows}
    met = {m.key for m in example.plan if m.met_on or m.credited_on}
    for row in rows[entry["from_milestone"] :]:
        if row["id"] not in met:
            row["due_on"] += timedelta(days=entry["days"])
    save_milestones(example.owner, example.id, rows, seen=seen)
    proposed_on = date.fromisoformat(entry["proposed_on"])
    proposal_id = propose_plan(example.owner, example.id, entry["reason"], proposed_on=proposed_on)
    approve_proposal(example.office, proposal_id, date.fromisoformat(entry["on"]))


def _rows(example: _Example) -> Sequence[dict[str, Any]]:
    with example.office.reading() as session:
        plan = milestones_of(session, example.id)
        return [m.model_dump(include={"id", "version", *ROW_FIELDS}) for m in plan]


def _wait(example: _Example, entry: Entry, other: _Example) -> None:
    link = {name: entry[name] for name in ("kind", "lag_days", "in_working_days")}
    link["predecessor_id"] = other.plan[entry["its"]].key
    with example.office.reading() as session:
        link["agreed_on"] = max(session.get_one(Project, i).opened_on for i in (example.id, other.id))
    add_dependency(example.office, example.plan[entry["milestone"]].key, link)
