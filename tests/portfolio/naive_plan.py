"""D6, D8 and D9 once more, row by row in plain Python, as plainly as the definitions read."""

from datetime import date
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def naive_state(tables: Tables, milestone: Row, as_of: date) -> str:
    """D6, first match wins."""
    due = current_due(tables, milestone, as_of)
    if _by(milestone["cancelled_on"], as_of):
        return "cancelled"
    if _by(milestone["met_on"], as_of):
        return "met"
    if _by(milestone["credited_on"], as_of):
        return "partially_met"
    project = next(p for p in tables["project"] if p["id"] == milestone["project_id"])
    if _by(project.get("stopped_on"), as_of):
        return "stopped"
    if due and due < as_of:
        return "overdue"
    if due and milestone["forecast_on"] and milestone["forecast_on"] > due:
        return "slipping"
    if due and (due - as_of).days <= 14:
        return "due_soon"
    return "scheduled"


def naive_progress(tables: Tables, project: Row, as_of: date) -> tuple[int, int, int, int]:
    """Return Σ weight, Σ weight × credit, Σ weight × p (all in hundredths), and how many count apart."""
    baseline = _baseline(tables, project["id"], as_of)
    total = actual = planned = apart = 0
    for milestone in tables["milestone"]:
        if milestone["project_id"] != project["id"] or _by(milestone["cancelled_on"], as_of):
            continue
        frozen = _frozen(tables, milestone["id"], baseline)
        if baseline and not frozen:
            apart += 1
            continue
        weight = frozen["weight"] if frozen else milestone["weight"]
        total += 100 * weight
        actual += weight * _credit(milestone, as_of)
        planned += 100 * weight if frozen and frozen["due_on"] < _plan_day(tables, project, as_of) else 0
    return total, actual, planned, apart


def current_due(tables: Tables, milestone: Row, as_of: date) -> date | None:
    """The due of the newest approved baseline, or the typed one."""
    frozen = _frozen(tables, milestone["id"], _baseline(tables, milestone["project_id"], as_of))
    due: date | None = frozen["due_on"] if frozen else milestone["due_on"]
    return due


def naive_is_late(tables: Tables, milestone: Row, as_of: date) -> bool | None:
    """Whether it was met after the due day that was in force on the day it was met."""
    if not _by(milestone["met_on"], as_of):
        return None
    due = current_due(tables, milestone, milestone["met_on"])
    return None if due is None else milestone["met_on"] > due


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _credit(milestone: Row, as_of: date) -> int:
    if _by(milestone["met_on"], as_of):
        return 100
    return milestone["credit_percent"] if _by(milestone["credited_on"], as_of) else 0


def _baseline(tables: Tables, project_id: int, as_of: date) -> Row | None:
    approved = [b for b in tables["baseline"] if b["project_id"] == project_id and b["approved_on"] <= as_of]
    return max(approved, key=lambda b: b["number"]) if approved else None


def _frozen(tables: Tables, milestone_id: int, baseline: Row | None) -> Row | None:
    if baseline is None:
        return None
    rows = tables["baseline_milestone"]
    own = [r for r in rows if r["baseline_id"] == baseline["id"] and r["milestone_id"] == milestone_id]
    return own[0] if own else None


def _plan_day(tables: Tables, project: Row, as_of: date) -> date:
    """The day the plan stands at: the first day of the suspension that as_of lies inside, or as_of."""
    starts = [
        s["from_on"]
        for s in tables["suspension"]
        if (s["project_id"] == project["id"] or s["agreement_id"] == project["agreement_id"])
        and s["from_on"] <= as_of
        and (s["to_on"] is None or s["to_on"] >= as_of)
    ]
    return min(starts, default=as_of)


def naive_effective_finish(tables: Tables, milestone: Row, as_of: date) -> date | None:
    """D7: the actual day, else the later of as_of and the forecast, or the current due without one."""
    if _by(milestone["cancelled_on"], as_of):
        return None
    if _by(milestone["met_on"], as_of):
        met: date = milestone["met_on"]
        return met
    expected = milestone["forecast_on"] or current_due(tables, milestone, as_of)
    return max(expected, as_of) if expected else None


def naive_project_slips(tables: Tables, as_of: date) -> tuple[int | None, int | None]:
    """The last effective finish minus the last due of baseline 0, and of the newest, uncancelled only."""
    live = [m for m in tables["milestone"] if not _by(m["cancelled_on"], as_of)]
    finishes = [f for m in live if (f := naive_effective_finish(tables, m, as_of))]
    newest = _baseline(tables, 1, as_of)
    first = next((b for b in tables["baseline"] if b["number"] == 0), None) if newest else None
    dues = [
        [frozen["due_on"] for m in live if (frozen := _frozen(tables, m["id"], baseline))]
        for baseline in (first, newest)
    ]
    original, current = ((max(finishes) - max(d)).days if d and finishes else None for d in dues)
    return original, current
