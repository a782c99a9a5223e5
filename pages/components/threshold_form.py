"""The form that changes thresholds from today on."""

from typing import Any

import streamlit as st

from pages.components.context import _, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.form_turn import drawn_from, end_turn, turn_key
from tracker.errors import EditConflict
from tracker.rules.threshold import MEANINGS, NAMES, THRESHOLD_NAMES, UNIT_NAMES, limits_of, unit_of
from tracker.services.threshold import ThresholdSheet, change_thresholds, read_thresholds

_NAME = "thresholds_form"


def threshold_form() -> bool:
    """Draw the form; return whether it was saved."""
    now = read_thresholds(desk(), desk().today)
    if settled := settled_values(_NAME, "threshold"):
        values, seen = settled
        return _save(values, now, seen=seen)
    key = turn_key(_NAME)
    drawn = drawn_from(key, f"{key}_{NAMES[0]}", now)
    places: dict[str, Any] = {}
    values = {}
    with st.form(key, border=False, enter_to_submit=False):
        cells = st.grid(3, min_column_width=240)
        for name in NAMES:
            with cells.cell():
                values[name] = _field(key, name, drawn.values[name])
                places[name] = st.container()
        reason = st.text_input(_("Reason"), key=f"{key}_reason", max_chars=2000)
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if not sent:
        return False
    saved = _save(values | {"reason": reason}, drawn, seen=drawn.seen)
    for name, place in places.items():
        with place:
            problem_beside(name)
    return saved


def _field(key: str, name: str, value: int) -> int | None:
    least, most = limits_of(name)
    label = f"{_(THRESHOLD_NAMES[name])} · {_(UNIT_NAMES[unit_of(name)])}"
    found: int | None = st.number_input(
        label, least, most, value, step=1, key=f"{key}_{name}", help=_(MEANINGS[name])
    )
    return found


def _save(typed: dict[str, Any], drawn: ThresholdSheet, *, seen: int) -> bool:
    values = {name: typed[name] for name in NAMES}
    try:
        with attempt():
            change_thresholds(desk(), values, seen=seen, reason=typed["reason"])
            end_turn(_NAME)
            announce(_("Saved."))
            return True
    except EditConflict as conflict:
        keep_conflict(_NAME, conflict, typed, drawn.values)
        st.rerun()
    return False
