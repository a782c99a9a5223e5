"""D11 once more, row by row in plain Python, as plainly as the definition reads."""

from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from tests.portfolio.naive_plan import current_due, naive_progress

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def naive_light(tables: Tables, project: Row, as_of: date, term: tuple[str, date | None]) -> Row:
    """Return computed_light, light, the five tests and is_dormant; `term` is the status and its end."""
    tests: Row = dict.fromkeys(("plan", "start", "key", "silence", "term"), "none") | {"dormant": False}
    rests = any(s["from_on"] <= as_of and (s["to_on"] or date.max) >= as_of for s in _pauses(tables, project))
    if _by(project.get("stopped_on"), as_of):
        computed = "stopped"
    elif _by(project.get("accepted_on"), as_of):
        computed = "blue"
    elif rests:
        computed = "grey"
    else:
        tests, judged = _tests(tables, project, as_of)
        tests["term"] = {"active": "green", "expiring": "yellow", "expired": "red"}.get(term[0], "none")
        warned = next((c for c in ("red", "yellow") if c in tests.values()), "")
        computed = warned or ("green" if judged else "grey")
    chosen = "" if rests or computed in ("stopped", "blue") else _override(tables, as_of)
    shown = computed if (chosen, computed) == ("green", "grey") else chosen or computed
    dormant = tests.pop("dormant")
    colours = {f"light_{name}": colour for name, colour in tests.items()}
    return {"computed_light": computed, "light": shown, "is_dormant": dormant} | colours


def _tests(tables: Tables, project: Row, as_of: date) -> tuple[Row, bool]:
    """Every test but the term's, and whether there was a plan to be judged by."""
    tests: Row = dict.fromkeys(("plan", "key", "silence"), "none") | {"dormant": False}
    approved = any(b["approved_on"] <= as_of for b in tables["baseline"])
    total, actual, planned, _apart = naive_progress(tables, project, as_of)
    if approved and total:
        tests["plan"] = _plan(100 * (planned - actual), total)
    if approved:
        tests["key"] = _key(tables, project, as_of)
    tests["start"] = _start(project, as_of)
    if _by(project.get("started_on"), as_of):
        since = _silent_since(tables, project, as_of)
        yellow, red = (since + relativedelta(months=n) <= as_of for n in (2, 3))
        tests["silence"] = _worse(yellow, red)
        tests["dormant"] = as_of > since + relativedelta(months=6)
    return tests, approved and total > 0


def _plan(behind: int, total: int) -> str:
    return _worse(behind >= 10 * total, behind > 30 * total)


def _key(tables: Tables, project: Row, as_of: date) -> str:
    late = [
        (as_of - due).days
        for m in tables["milestone"]
        if m["project_id"] == project["id"] and m.get("is_key")
        if not any(_by(m[day], as_of) for day in ("cancelled_on", "met_on", "credited_on"))
        if (due := current_due(tables, m, as_of)) and due < as_of
    ]
    return _worse(max(late, default=0) > 0, max(late, default=0) > 30)


def _start(project: Row, as_of: date) -> str:
    planned = project.get("planned_start_on")
    if planned is None or _by(project.get("started_on"), as_of):
        return "none"
    return _worse(planned < as_of, planned + relativedelta(months=3) <= as_of)


def _silent_since(tables: Tables, project: Row, as_of: date) -> date:
    spoken: list[date] = [project["started_on"]]
    spoken += [
        u["reported_on"]
        for u in tables["project_update"]
        if u["decision"] == "accepted" and u["decided_on"] <= as_of and u["reported_on"] <= as_of
    ]
    since = max(spoken)
    days = (since + timedelta(days=n) for n in range(1, (as_of - since).days + 1))
    rested = [
        day
        for day in days
        if any(s["from_on"] <= day <= (s["to_on"] or date.max) for s in _pauses(tables, project))
    ]
    return since + timedelta(days=len(rested))


def _override(tables: Tables, as_of: date) -> str:
    running = [
        o
        for o in tables["light_override"]
        if o["from_on"] <= as_of <= o["until_on"] and not _by(o["lifted_on"], as_of)
    ]
    return max(running, key=lambda o: (o["from_on"], o["id"]))["colour"] if running else ""


def _pauses(tables: Tables, project: Row) -> list[Row]:
    own, above = project["id"], project["agreement_id"]
    return [s for s in tables["suspension"] if own == s["project_id"] or above == s["agreement_id"]]


def _worse(yellow: bool, red: bool) -> str:
    return "red" if red else "yellow" if yellow else "green"


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
