"""The one form for signing events: add one, also in place while an agreement is logged, or correct one."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from pages.components.context import FIRST_DAY, LAST_DAY, _, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.form_turn import drawn_from, end_turn, turn_key
from pages.components.list_filters import region_names
from tracker.errors import EditConflict
from tracker.services.lists import read_choices
from tracker.services.signing_event import change_signing_event, hold_signing_event

if TYPE_CHECKING:
    from db.models.signing_event import SigningEvent


def signing_event_form(key: str, event: "SigningEvent | None" = None) -> int | None:
    """Draw the form; return the event's id once it is saved. `key` tells forms on one page apart."""
    if event is not None and (settled := settled_values(key, "signing_event")):
        values, seen = settled
        return _save(key, event, values, seen=seen)
    turn = turn_key(key)
    drawn = drawn_from(turn, f"{turn}_name", event)
    with st.form(turn, border=False, enter_to_submit=False):
        values, places = _fields(turn, drawn)
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if not sent:
        return None
    saved = _save(key, drawn, values, seen=drawn.version if drawn else None)
    for field, place in places.items():
        with place:
            problem_beside(field)
    return saved


def _fields(key: str, event: "SigningEvent | None") -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw the fields; return what they hold, and the place for a problem beside each."""
    hosts = region_names(read_choices(desk()))
    now = event.model_dump() if event else {}
    values: dict[str, Any] = {}
    places: dict[str, Any] = {}

    def beside(field: str) -> None:
        places[field] = st.container()

    values["name"] = st.text_input(_("Name"), now.get("name", ""), key=f"{key}_name", required=True)
    beside("name")
    values["held_on"] = st.date_input(
        _("Held on"),
        now.get("held_on"),
        key=f"{key}_held_on",
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        required=True,
    )
    beside("held_on")
    values["place"] = st.text_input(_("Place"), now.get("place", ""), key=f"{key}_place")
    beside("place")
    host = str(now.get("division_id") or "")
    options = list(hosts) if not host or host in hosts else [host, *hosts]
    picked = st.selectbox(
        _("Host province or prefecture"),
        options,
        index=options.index(host) if host else None,
        format_func=lambda value: hosts.get(value, value),
        key=f"{key}_division_id",
        placeholder=_("None in particular"),
    )
    values["division_id"] = int(picked) if picked else None
    beside("division_id")
    values["note"] = st.text_area(_("Note"), now.get("note", ""), key=f"{key}_note", height=80)
    beside("note")
    return values, places


def _save(key: str, event: "SigningEvent | None", values: dict[str, Any], *, seen: int | None) -> int | None:
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    try:
        with attempt():
            if event is None:
                saved = hold_signing_event(desk(), values, token=token)
            else:
                change_signing_event(desk(), saved := event.key, values, seen=seen)
            st.session_state.pop(f"{key}_token", None)
            end_turn(key)
            announce(_("Saved."))
            return saved
    except EditConflict as conflict:
        keep_conflict(key, conflict, values, event.model_dump() if event else None)
        st.rerun()
    return None
