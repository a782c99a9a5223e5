"""Give one milestone another forecast, as on a phone, where the grid is too wide to type into."""

from typing import Any

import streamlit as st

from pages.components.act_dialog import LAST_DAY
from pages.components.context import _, default_day, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import is_in_conflict, keep_conflict, settled_values
from pages.components.forecast_reason import forecast_reason
from pages.components.form_turn import drawn_from, end_turn, turn_key
from tracker.errors import EditConflict
from tracker.services.forecast import change_forecast

Milestone = dict[str, Any]


def forecast_form(key: str, milestone: Milestone) -> None:
    """Draw the new day and why it moves; no day takes the forecast back. `key` is the milestone's."""
    form = f"{key}_forecast"
    if settled := settled_values(form, "milestone"):
        values, seen = settled
        _send(form, milestone, {"new_on": values.pop("forecast_on", values["new_on"])} | values, seen)
    if is_in_conflict(form):
        return
    turn = turn_key(form)
    milestone = drawn_from(turn, f"{turn}_note", milestone)
    with st.form(turn, enter_to_submit=False):
        new_on = st.date_input(
            _("New forecast"),
            milestone["forecast_on"],
            key=f"{turn}_new_on",
            format="YYYY-MM-DD",
            min_value=min(default_day(), milestone["forecast_on"] or default_day()),
            max_value=LAST_DAY,
            help=_("Empty takes the forecast back."),
        )
        place = st.container()
        values = {"new_on": new_on} | forecast_reason(turn, {})
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if sent:
        _send(form, milestone, values, milestone["version"])
        with place:
            for field in ("new_on", "reason_code", "note", "changed_on"):
                problem_beside(field)


def _send(form: str, milestone: Milestone, values: dict[str, Any], seen: int) -> None:
    try:
        with attempt():
            change_forecast(desk(), milestone["id"], values, seen=seen)
            end_turn(form)
            announce(_("Saved."))
            st.rerun()
    except EditConflict as conflict:
        keep_conflict(form, conflict, values)
        st.rerun()
