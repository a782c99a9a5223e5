"""Acts on a milestone that ask for a reason: not met after all, cancelled, brought back."""

from typing import Any

import streamlit as st

from pages.components.act_dialog import FIRST_DAY
from pages.components.context import _, default_day, desk, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_names import field_name
from pages.components.form_turn import end_turn
from tracker.services.evidence import unmeet_milestone
from tracker.services.milestone import bring_back_milestone, cancel_milestone

Milestone = dict[str, Any]


def milestone_act(key: str, milestone: Milestone, act: str) -> None:
    """Draw the form of an act (`unmet`, `cancel` or `back`) and carry it out; `key` is the milestone's."""
    form = f"{key}_{act}"
    today, day = desk().today, None
    with st.form(form, enter_to_submit=False):
        _explain(milestone, act)
        if act == "cancel":
            day = st.date_input(
                field_name("cancelled_on"),
                min(default_day(), today),
                key=f"{form}_day",
                format="YYYY-MM-DD",
                min_value=FIRST_DAY,
                max_value=today,
            )
        reason = st.text_input(_("Reason"), key=f"{form}_reason", max_chars=2000)
        place = st.container()
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if sent:
        with attempt():
            _carry_out(milestone, act, reason, day)
            for report in ("met", "credit"):
                end_turn(f"{key}_{report}")
            st.rerun()
        with place:
            problem_beside("reason")


def _explain(milestone: Milestone, act: str) -> None:
    if act == "cancel":
        st.caption(_("If the approved plan holds it, cancelling is a re-baseline, which others approve."))
    elif act == "unmet":
        st.caption(_("The history keeps that it was reported, and why that is taken back."))
        if milestone["met_on"] and milestone["credited_on"]:
            share = milestone["credit_percent"]
            day = words().date(milestone["credited_on"])
            st.caption(_("The {share} % stated as of {day} stand.", share=share, day=day))


def _carry_out(milestone: Milestone, act: str, reason: str, day: Any) -> None:
    if act == "cancel":
        is_cancelled = cancel_milestone(desk(), milestone["id"], day, reason)
        announce(_("Saved.") if is_cancelled else _("Proposed. Somebody else has to approve it."))
    elif act == "back":
        bring_back_milestone(desk(), milestone["id"], reason)
        announce(_("Saved."))
    else:
        unmeet_milestone(desk(), milestone["id"], reason, seen=milestone["version"])
        announce(_("Saved."))
