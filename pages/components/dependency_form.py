"""The forms for dependencies: let a milestone wait for another, or correct how it waits."""

from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from db.vocabulary import DependencyKind
from pages.components.context import _, as_of, desk, named, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name
from pages.components.form_turn import drawn_from, end_turn, turn_key
from tracker.errors import EditConflict
from tracker.rules.dependency import KIND_NAMES
from tracker.services.dependency import add_dependency, change_dependency
from tracker.services.dependency_sheet import Wait, find_predecessors
from tracker.services.project_sheet import ProjectSheet

_NOTHING: dict[str, Any] = {
    "kind": DependencyKind.finish_to_start,
    "lag_days": 0,
    "in_working_days": False,
    "agreed_on": None,
}


def add_dependency_form(sheet: ProjectSheet) -> None:
    """Draw the form for a new dependency of one of the project's milestones, and save it once sent.

    It is no form of the browser's: what can be waited for is searched while it is filled in.
    """
    turn = turn_key(f"dependency_of_{sheet.id}")
    own = {m["id"]: m["name"] for m in sheet.milestones if m["cancelled_on"] is None}
    successor_id = st.selectbox(
        field_name("successor_id"), list(own), format_func=own.__getitem__, key=f"{turn}_successor"
    )
    text = st.text_input(
        _("Search what it waits for"),
        key=f"{turn}_text",
        type="search",
        placeholder=_("Milestone, project, county or agreement number"),
        help=_("Without a text the milestones of the same agreement are offered."),
    )
    found = find_predecessors(desk(), sheet.id, text or "", as_of())
    choices = {row["id"]: _choice(row, sheet.id) for row in found if row["id"] != successor_id}
    predecessor_id = st.selectbox(
        field_name("predecessor_id"),
        list(choices),
        format_func=choices.__getitem__,
        key=f"{turn}_predecessor",
        index=None,
        placeholder=_("Choose a milestone") if choices else _("Nothing found"),
    )
    place = st.container()
    values, places = _fields(turn, _NOTHING)
    if st.button(_("Save"), key=f"{turn}_save", type="primary", icon=":material/save:"):
        _add(sheet, successor_id, values | {"predecessor_id": predecessor_id})
        for field, beside in (places | {"predecessor_id": place}).items():
            with beside:
                problem_beside(field)


def change_dependency_form(key: str, wait: Wait) -> bool:
    """Draw the form that corrects how and how long a milestone waits; return whether it was saved."""
    if settled := settled_values(key, "dependency"):
        return _change(key, wait, *settled)
    turn = turn_key(key)
    drawn = drawn_from(turn, f"{turn}_lag_days", wait)
    values, places = _fields(turn, drawn.values)
    if not st.button(_("Save"), key=f"{turn}_save", type="primary", icon=":material/save:"):
        return False
    saved = _change(key, drawn, values, drawn.version)
    for field, beside in places.items():
        with beside:
            problem_beside(field)
    return saved


def _choice(row: dict[str, Any], project_id: int) -> str:
    due = f" · {words().date(row['due_on'])}" if row["due_on"] else ""
    if row["project_id"] == project_id:
        return f"{row['name']}{due}"
    county = named({"name": row["county"], "name_en": row["county_en"]})
    return f"{row['project']} · {row['name']} · {county}{due}"


def _fields(key: str, now: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw how and how long; return what the fields hold, and the place for a problem beside each."""
    values: dict[str, Any] = {}
    kinds = {kind: f"{_(KIND_NAMES[kind])} ({kind.value})" for kind in DependencyKind}
    values["kind"] = st.selectbox(
        _("How it waits"),
        list(kinds),
        index=list(kinds).index(now["kind"]),
        format_func=kinds.__getitem__,
        key=f"{key}_kind",
    )
    places = {"kind": st.container()}
    left, right = st.columns(2)
    with left:
        values["lag_days"] = st.number_input(
            field_name("lag_days"),
            value=now["lag_days"],
            step=1,
            key=f"{key}_lag_days",
            help=_("Days after it; negative for days before it."),
        )
        places["lag_days"] = st.container()
    with right:
        units = {False: _("calendar days"), True: _("working days")}
        values["in_working_days"] = st.radio(
            _("Counted in"),
            list(units),
            index=int(now["in_working_days"]),
            format_func=units.__getitem__,
            key=f"{key}_in_working_days",
            horizontal=True,
        )
    values["agreed_on"] = st.date_input(
        field_name("agreed_on"),
        now["agreed_on"] or desk().today,
        key=f"{key}_agreed_on",
        format="YYYY-MM-DD",
        min_value=date(1949, 10, 1),
        max_value=max(desk().today, now["agreed_on"] or desk().today),
        help=_("It holds from this day; figures of earlier days do not know it."),
    )
    places["agreed_on"] = st.container()
    return values, places


def _add(sheet: ProjectSheet, successor_id: int | None, values: dict[str, Any]) -> None:
    key = f"dependency_of_{sheet.id}"
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    with attempt():
        add_dependency(desk(), successor_id or 0, values, token=token)
        st.session_state.pop(f"{key}_token", None)
        end_turn(key)
        announce(_("Saved."))
        st.rerun()


def _change(key: str, wait: Wait, values: dict[str, Any], seen: int | None) -> bool:
    try:
        with attempt():
            change_dependency(desk(), wait.id, values, seen=seen)
            end_turn(key)
            announce(_("Saved."))
            return True
    except EditConflict as conflict:
        keep_conflict(key, conflict, values, wait.values)
        st.rerun()
    return False
