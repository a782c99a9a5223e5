"""Setting a project's light for a while, lifting it, and what was set before."""

from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components.context import LAST_DAY, _, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.light_mark import light_mark, light_word
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.rules.light import Light
from tracker.rules.light_override import last_day
from tracker.services.light import LightSheet
from tracker.services.light_override import lift_light, set_light

_COLOURS = (Light.green, Light.yellow, Light.red)


def override_part(sheet: LightSheet, place: str) -> None:
    """Draw the lights people set, and, for those who may, a way to set or lift one."""
    over = sheet.row["is_paused"] or sheet.row["computed_light"] in (Light.blue, Light.stopped)
    if desk().may("light.override"):
        if sheet.standing:
            _lift(sheet, place)
        elif not over:
            _set(sheet, place)
    if sheet.overrides:
        st.markdown("**" + _("Lights people set") + "**")
        for override in sheet.overrides:
            st.caption(_told(override.model_dump()))


def _set(sheet: LightSheet, place: str) -> None:
    key = f"set_light_{place}_{sheet.project_id}"
    with st.expander(_("Set the light for a while"), icon=":material/edit:"):
        _form(sheet, key, last_day(sheet.limits, desk().today))


def _form(sheet: LightSheet, key: str, last: date) -> None:
    st.caption(
        _("The computed light stays visible beside it. It holds from today to {last} at most.", last=last)
    )
    values: dict[str, Any] = {}
    places: dict[str, Any] = {}
    with st.form(key, border=False, enter_to_submit=False):
        values["colour"] = st.segmented_control(
            _("Light"), _COLOURS, format_func=light_word, key=f"{key}_colour"
        )
        places["colour"] = st.container()
        # Later days can be picked too, so that the limit is told rather than silently kept.
        days: dict[str, Any] = {"min_value": desk().today, "max_value": LAST_DAY, "format": "YYYY-MM-DD"}
        values["until_on"] = st.date_input(_("Until and including"), last, key=f"{key}_until_on", **days)
        places["until_on"] = st.container()
        values["reason"] = st.text_area(_("Reason"), key=f"{key}_reason", height=80)
        places["reason"] = st.container()
        sent = st.form_submit_button(_("Set the light"), type="primary")
    if not sent:
        # A second press of the button arrives as a run of its own, which finds the token of the first.
        st.session_state[f"{key}_token"] = uuid4().hex
        return
    with attempt():
        set_light(desk(), sheet.project_id, values, token=st.session_state.get(f"{key}_token", ""))
        announce(_("Saved."))
        st.rerun()
    for name, beside in places.items():
        with beside:
            problem_beside(name)


def _lift(sheet: LightSheet, place: str) -> None:
    standing = sheet.standing
    label = _("Lift it: show the computed light again")
    if standing and st.button(label, key=f"lift_light_{place}_{sheet.project_id}", icon=":material/undo:"):
        with attempt():
            lift_light(desk(), standing.key)
            announce(_("Saved."))
            st.rerun()


def _told(row: dict[str, Any]) -> str:
    values = {"start": row["from_on"], "end": row["until_on"], "who": plain(actor_name(row["author"]))}
    told = f"{light_mark(row['colour'])} · " + _("{start} to {end}, by {who}", **values)
    if row["lifted_on"]:
        told += " · " + _("lifted on {day}", day=row["lifted_on"])
    return f"{told} · {plain(row['reason'])}"
