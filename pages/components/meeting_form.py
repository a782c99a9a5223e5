"""The one form for meetings: log one, or correct one."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from pages.components.context import _, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.form_turn import drawn_from, end_turn, turn_key
from tracker.errors import EditConflict
from tracker.services.meeting import change_meeting, log_meeting

if TYPE_CHECKING:
    from db.models.meeting import Meeting

_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)


def meeting_form(key: str, division_id: int, meeting: "Meeting | None" = None) -> bool:
    """Draw the form; return whether it was saved. `key` tells forms on one page apart."""
    if meeting is not None and (settled := settled_values(key, "meeting")):
        values, seen = settled
        return _save(key, meeting, values, seen=seen)
    turn = turn_key(key)
    drawn = drawn_from(turn, f"{turn}_with_whom", meeting)
    with st.form(turn, border=False, enter_to_submit=False):
        values, places = _fields(turn, drawn)
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if not sent:
        return False
    version = drawn.version if drawn else None
    saved = _save(key, drawn, values | {"division_id": division_id}, seen=version)
    for field, place in places.items():
        with place:
            problem_beside(field)
    return saved


def _fields(key: str, meeting: "Meeting | None") -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw the fields; return what they hold, and the place for a problem beside each."""
    now = meeting.model_dump() if meeting else {"held_on": desk().today}
    values: dict[str, Any] = {}
    places: dict[str, Any] = {}

    def line(field: str, label: str, **options: Any) -> None:
        values[field] = st.text_input(label, now.get(field, ""), key=f"{key}_{field}", **options)
        places[field] = st.container()

    def day(field: str, label: str) -> None:
        bounds: dict[str, Any] = {"min_value": _FIRST_DAY, "max_value": _LAST_DAY, "format": "YYYY-MM-DD"}
        values[field] = st.date_input(label, now.get(field), key=f"{key}_{field}", **bounds)
        places[field] = st.container()

    left, right = st.columns(2)
    with left:
        day("held_on", _("Held on"))
        line("topic", _("Topic"))
        line("next_step", _("Next step"))
    with right:
        line("with_whom", _("With whom"), placeholder=_("Their office, such as 县长"), required=True)
        line("owner", _("Owner"))
        day("next_step_on", _("Next step on"))
    values["outcome"] = st.text_area(_("Outcome"), now.get("outcome", ""), key=f"{key}_outcome", height=80)
    places["outcome"] = st.container()
    return values, places


def _save(key: str, meeting: "Meeting | None", values: dict[str, Any], *, seen: int | None) -> bool:
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    try:
        with attempt():
            if meeting is None:
                log_meeting(desk(), values, token=token)
            else:
                change_meeting(desk(), meeting.key, values, seen=seen)
            st.session_state.pop(f"{key}_token", None)
            end_turn(key)
            announce(_("Saved."))
            return True
    except EditConflict as conflict:
        keep_conflict(key, conflict, values, meeting.model_dump() if meeting else None)
        st.rerun()
    return False
