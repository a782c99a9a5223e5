"""The one form for the organisation's own days: enter one, or correct one."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from pages.components.context import FIRST_DAY, LAST_DAY, _, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name
from pages.components.form_turn import drawn_from, end_turn, turn_key
from tracker.errors import EditConflict
from tracker.services.calendar_day import add_calendar_day, change_calendar_day

if TYPE_CHECKING:
    from db.models.calendar_day import CalendarDay


def calendar_day_form(key: str, year: int, own: "CalendarDay | None" = None) -> bool:
    """Draw the form; return whether it was saved. A new day is proposed in `year`."""
    if own is not None and (settled := settled_values(key, "calendar_day")):
        return _save(key, own, *settled)
    turn = turn_key(key)
    drawn = drawn_from(turn, f"{turn}_day", own)
    proposed = desk().today if desk().today.year == year else date(year, 1, 1)
    now = drawn.model_dump() if drawn else {"day": proposed}
    with st.form(turn, border=False, enter_to_submit=False):
        values, places = _fields(turn, now)
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if not sent:
        return False
    saved = _save(key, drawn, values, drawn.version if drawn else None)
    for field, place in places.items():
        with place:
            problem_beside(field)
    return saved


def _fields(key: str, now: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw the fields; return what they hold, and the place for a problem beside each."""
    values: dict[str, Any] = {}
    places: dict[str, Any] = {}
    left, right = st.columns(2)
    with left:
        values["day"] = st.date_input(
            field_name("day"),
            now["day"],
            key=f"{key}_day",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
        )
        places["day"] = st.container()
    with right:
        kinds = {False: _("day of rest"), True: _("working day")}
        values["is_working"] = st.radio(
            _("On this day we have a"),
            list(kinds),
            index=int(now.get("is_working", False)),
            format_func=kinds.__getitem__,
            key=f"{key}_is_working",
            horizontal=True,
        )
    for field in ("reason", "source"):
        values[field] = st.text_input(
            field_name(field), now.get(field, ""), key=f"{key}_{field}", max_chars=300
        )
        places[field] = st.container()
    return values, places


def _save(key: str, own: "CalendarDay | None", values: dict[str, Any], seen: int | None) -> bool:
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    try:
        with attempt():
            if own is None:
                add_calendar_day(desk(), values, token=token)
            else:
                change_calendar_day(desk(), own.key, values, seen=seen)
            st.session_state.pop(f"{key}_token", None)
            end_turn(key)
            announce(_("Saved."))
            return True
    except EditConflict as conflict:
        keep_conflict(key, conflict, values, own.model_dump() if own else None)
        st.rerun()
    return False
