"""The figures once more, row by row in plain Python, as slowly and as plainly as the definitions read."""

from datetime import date, timedelta
from typing import Any

Tables = dict[str, list[dict[str, Any]]]


def naive_figures(tables: Tables, as_of: date, by: str | None) -> dict[Any, dict[str, int]]:
    """Return key → counts, of the groups that have an agreement, a project or a contacted county."""
    agreements = [a for a in tables["agreement"] if a["opened_on"] <= as_of]
    known = {a["id"] for a in agreements}
    projects = [p for p in tables["project"] if p["opened_on"] <= as_of and p["agreement_id"] in known]
    counts: dict[Any, dict[str, int]] = {}
    for agreement in agreements:
        _count_agreement(tables, agreement, projects, as_of, counts, by)
    for project in projects:
        agreement = next(a for a in agreements if a["id"] == project["agreement_id"])
        for key in _keys_of_project(tables, project, agreement, as_of, by):
            for name, number in _of_project(tables, project, as_of).items():
                _count(counts, key, name, number)
    if by in (None, "province", "prefecture", "county"):
        for division in tables["division"]:
            if division["level"] == "county":
                _count_county(tables, division, as_of, counts, by)
    return {k: c for k, c in counts.items() if by is None or c.keys() & _SHOWING}


_SHOWING = {"agreements", "projects", "counties_contacted"}


def _count(counts: dict[Any, dict[str, int]], key: Any, name: str, number: int = 1) -> None:
    if number:
        group = counts.setdefault(key, {})
        group[name] = group.get(name, 0) + number


def _count_agreement(
    tables: Tables,
    agreement: dict[str, Any],
    projects: list[dict[str, Any]],
    as_of: date,
    counts: dict[Any, dict[str, int]],
    by: str | None,
) -> None:
    own = [p for p in projects if p["agreement_id"] == agreement["id"]]
    signed = _signed_on(tables, agreement["id"], as_of) is not None
    framework = signed and agreement["kind"] == "framework"
    following = [
        a
        for a in tables["agreement"]
        if a.get("parent_id") == agreement["id"] and a["opened_on"] <= as_of
        if a["kind"] in ("specific", "contract") and _signed_on(tables, a["id"], as_of)
    ]
    reached = {
        "agreements": True,
        "agreements_signed": signed,
        "agreements_decomposed": signed and any(_baseline(tables, p["id"], as_of) for p in own),
        "agreements_performed": signed and any(_by(p.get("started_on"), as_of) for p in own),
        "agreements_landed": signed and any(naive_landed_on(tables, p["id"], as_of) for p in own),
        "frameworks": framework,
        "frameworks_upgraded": framework and bool(following),
    }
    for key in _keys_of_agreement(tables, agreement, as_of, by):
        for name, is_so in reached.items():
            _count(counts, key, name, int(is_so))


def _count_county(
    tables: Tables, division: dict[str, Any], as_of: date, counts: dict[Any, dict[str, int]], by: str | None
) -> None:
    for key in _regions(tables, division["id"], by):
        _count(counts, key, "counties")
        parties = [p for p in tables["party"] if p["division_id"] == division["id"]]
        known = {a["id"] for a in tables["agreement"] if a["opened_on"] <= as_of}
        signed = [
            p for p in parties if p["agreement_id"] in known and _signed_on(tables, p["agreement_id"], as_of)
        ]
        met = [m for m in tables["meeting"] if m["division_id"] == division["id"] and m["held_on"] <= as_of]
        _count(counts, key, "counties_signed", 1 if signed else 0)
        _count(counts, key, "counties_contacted", 1 if signed or met else 0)


def _signed_on(tables: Tables, agreement_id: int, as_of: date) -> date | None:
    days = [p["signed_on"] for p in tables["party"] if p["agreement_id"] == agreement_id and p["required"]]
    if not days or None in days or max(days) > as_of:
        return None
    return max(days)


def _regions(tables: Tables, division_id: int, by: str | None) -> list[Any]:
    division = next(d for d in tables["division"] if d["id"] == division_id)
    if by is None:
        return [0]
    if by == "county":
        return [division_id]
    if division["level"] == by:
        return [division_id]
    above = division.get("province_id") if by == "province" else division.get("parent_id")
    level = next((d["level"] for d in tables["division"] if d["id"] == above), None)
    return [above] if level == by else []


def _keys_of_agreement(tables: Tables, agreement: dict[str, Any], as_of: date, by: str | None) -> set[Any]:
    if by in ("province", "prefecture", "county"):
        parties = [p for p in tables["party"] if p["agreement_id"] == agreement["id"]]
        return {key for p in parties for key in _regions(tables, p["division_id"], by)}
    if by == "year":
        signed = _signed_on(tables, agreement["id"], as_of)
        return {signed.year} if signed else set()
    if by == "owner":
        return {agreement["owner"]}
    return {0}


def _keys_of_project(
    tables: Tables, project: dict[str, Any], agreement: dict[str, Any], as_of: date, by: str | None
) -> set[Any]:
    if by in ("province", "prefecture", "county"):
        return set(_regions(tables, project["division_id"], by))
    return _keys_of_agreement(tables, agreement, as_of, by)


def _baseline(tables: Tables, project_id: int, as_of: date) -> dict[str, Any] | None:
    approved = [b for b in tables["baseline"] if b["project_id"] == project_id and b["approved_on"] <= as_of]
    return max(approved, key=lambda b: b["number"], default=None)


def _of_project(tables: Tables, project: dict[str, Any], as_of: date) -> dict[str, int]:
    baseline = _baseline(tables, project["id"], as_of)
    stopped = project.get("stopped_on")
    started, live = (_by(project.get(day), as_of) for day in ("started_on", "live_on"))
    due = _by(project.get("planned_start_on"), as_of)
    counts = {
        "projects": 1,
        "projects_approved": int(baseline is not None),
        "projects_started": int(started),
        "projects_live": int(live),
        "projects_approved_started": int(baseline is not None and started),
        "projects_approved_live": int(baseline is not None and live),
        "projects_due": int(due),
        "projects_due_started": int(due and started),
        "projects_landed": int(naive_landed_on(tables, project["id"], as_of) is not None),
        "projects_stopped": int(_by(stopped, as_of)),
    }
    for step in tables["milestone"]:
        if step["project_id"] == project["id"]:
            for name in _of_milestone(tables, step, baseline, as_of, gone=bool(stopped and stopped <= as_of)):
                counts[name] = counts.get(name, 0) + 1
    return counts


def _of_milestone(
    tables: Tables, step: dict[str, Any], baseline: dict[str, Any] | None, as_of: date, *, gone: bool
) -> list[str]:
    cancelled, met = step.get("cancelled_on"), step.get("met_on")
    if cancelled and cancelled <= as_of:
        return []
    if met and met <= as_of:
        return ["milestones", "milestones_met"]
    if gone:
        return ["milestones"]
    frozen = [
        f["due_on"]
        for f in tables["baseline_milestone"]
        if baseline and f["baseline_id"] == baseline["id"] and f["milestone_id"] == step["id"]
    ]
    due, forecast = frozen[0] if frozen else step.get("due_on"), step.get("forecast_on")
    names = ["milestones"] + (["milestones_lapsed"] if forecast and forecast < as_of else [])
    if due and due < as_of:
        return [*names, "milestones_overdue"]
    if due and due <= as_of + timedelta(days=90):
        return [*names, "milestones_ahead"]
    return names


def naive_landed_on(tables: Tables, project_id: int, as_of: date) -> date | None:
    """D5: the last of the gates marked in the baseline in force, once each is met with evidence."""
    baseline = _baseline(tables, project_id, as_of)
    marked = {
        f["milestone_id"]
        for f in tables["baseline_milestone"]
        if baseline and f["baseline_id"] == baseline["id"] and f["is_gate"]
    }
    gates = [m for m in tables["milestone"] if m["id"] in marked and not _by(m.get("cancelled_on"), as_of)]
    proven = {d["milestone_id"] for d in tables.get("document", []) if d["kind"] == "evidence"}
    for gate in gates:
        told = gate["id"] in proven or gate.get("evidence_link") or gate.get("evidence_witness")
        if not (_by(gate.get("met_on"), as_of) and told):
            return None
    return max((gate["met_on"] for gate in gates), default=None)


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
