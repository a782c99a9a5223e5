"""The one form for risks: enter one, or assess it anew."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from pages.components.context import FIRST_DAY, LAST_DAY, _, default_day, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name
from pages.components.form_turn import drawn_from, end_turn, turn_key
from tracker.errors import EditConflict
from tracker.rules.risk import IMPACT_NAMES, LIKELIHOOD_NAMES
from tracker.services.risk import change_risk, open_risk

if TYPE_CHECKING:
    from db.models.risk import Risk


def risk_form(key: str, project_id: int, risk: "Risk | None" = None) -> bool:
    """Draw the form; return whether it was saved. `key` tells forms on one page apart."""
    if risk is not None and (settled := settled_values(key, "risk")):
        values, seen = settled
        return _save(key, project_id, (risk, values, seen))
    turn = turn_key(key)
    drawn = drawn_from(turn, f"{turn}_title", risk)
    with st.form(turn, border=False, enter_to_submit=False):
        values, places = _fields(turn, drawn.model_dump() if drawn else {})
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if not sent:
        return False
    saved = _save(key, project_id, (drawn, values, drawn.version if drawn else None))
    for field, place in places.items():
        with place:
            problem_beside(field)
    return saved


def _fields(key: str, now: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw the fields; return what they hold, and the place for a problem beside each."""
    values: dict[str, Any] = {}
    places: dict[str, Any] = {}

    def line(field: str) -> None:
        values[field] = st.text_input(
            field_name(field), now.get(field, ""), key=f"{key}_{field}", max_chars=300
        )
        places[field] = st.container()

    def grade(field: str, names: dict[int, str]) -> None:
        labels = {value: _(name) for value, name in names.items()}
        values[field] = st.selectbox(
            field_name(field),
            list(labels),
            index=list(labels).index(now.get(field, 3)),
            format_func=labels.__getitem__,
            key=f"{key}_{field}",
        )

    line("title")
    left, right = st.columns(2)
    with left:
        grade("likelihood", LIKELIHOOD_NAMES)
        line("owner")
    with right:
        grade("impact", IMPACT_NAMES)
        values["due_on"] = st.date_input(
            field_name("due_on"),
            now.get("due_on"),
            key=f"{key}_due_on",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
        )
        places["due_on"] = st.container()
    values["response"] = st.text_area(
        field_name("response"), now.get("response", ""), key=f"{key}_response", height=80
    )
    places["response"] = st.container()
    return values, places


def _save(key: str, project_id: int, filled: tuple["Risk | None", dict[str, Any], int | None]) -> bool:
    risk, values, seen = filled
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    try:
        with attempt():
            if risk is None:
                open_risk(desk(), project_id, values, on=default_day(), token=token)
            else:
                change_risk(desk(), risk.key, values, seen=seen)
            st.session_state.pop(f"{key}_token", None)
            end_turn(key)
            announce(_("Saved."))
            return True
    except EditConflict as conflict:
        keep_conflict(key, conflict, values, risk.model_dump() if risk else None)
        st.rerun()
    return False
