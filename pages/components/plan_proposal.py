"""A change of an approved plan: put it forward, and approve, decline or withdraw it."""

from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from db.vocabulary import Decision
from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.permissions import works_alone
from tracker.services.plan_proposal import (
    approve_proposal,
    decline_proposal,
    propose_plan,
    withdraw_proposal,
)
from tracker.services.project_sheet import ProjectSheet

Proposal = dict[str, Any]


def propose_form(sheet: ProjectSheet) -> None:
    """Draw the reason and the button that puts the typed plan before an approver."""
    key = f"propose_{sheet.id}"
    # The click answers what the run before showed, not what this one has just read.
    shown = st.session_state.get(f"{key}_shown", sheet.plan_change_no)
    st.session_state[f"{key}_shown"] = sheet.plan_change_no
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.text_input(_("Reason"), key=f"{key}_reason", max_chars=2000, width=420)
        clicked = st.button(
            _("Propose the change"), type="primary", icon=":material/outgoing_mail:", key=f"{key}_save"
        )
    if clicked:
        # A second press of the button finds the token of the first.
        token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
        with attempt():
            propose_plan(desk(), sheet.id, reason, seen=shown, token=token)
            st.session_state.pop(f"{key}_token", None)
            announce(_("Proposed. Somebody else has to approve it."))
            st.rerun()
        problem_beside("reason")


def plan_proposal(sheet: ProjectSheet, proposal: Proposal) -> None:
    """Draw a proposal that waits for its decision, and what this person can do about it."""
    is_author = proposal["author"] == desk().person.name
    with st.container(border=True):
        st.markdown(f":material/hourglass_top: {_put_forward(proposal)}")
        st.markdown(plain(proposal["reason"]))
        if proposal["has_moved"]:
            st.warning(
                _("The plan changed since this was proposed, so it cannot be approved. Propose it anew."),
                icon=":material/edit_note:",
            )
        if sheet.archived_at:
            return
        if desk().may("plan.approve") and (not is_author or works_alone(desk().person)):
            _decide(sheet, proposal)
        elif is_author:
            st.caption(_("Somebody else has to approve it."))
        if is_author:
            _withdraw(proposal)


def _put_forward(proposal: Proposal) -> str:
    told = {"author": plain(actor_name(proposal["author"])), "day": proposal["proposed_on"]}
    if proposal["milestone_id"]:
        name = plain(proposal["name"])
        return _(
            "{author} proposed on {day} to cancel “{name}”, which re-baselines the plan.", **told, name=name
        )
    return _("{author} proposed on {day} to approve the changed plan.", **told)


def _decide(sheet: ProjectSheet, proposal: Proposal) -> None:
    key = f"proposal_{proposal['id']}"
    shown = st.session_state.get(f"{key}_shown", sheet.plan_change_no)
    st.session_state[f"{key}_shown"] = sheet.plan_change_no
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            _("Approved on"),
            desk().today,
            key=f"{key}_on",
            format="YYYY-MM-DD",
            min_value=date(1949, 10, 1),
            max_value=desk().today,
            width=180,
        )
        approved = st.button(
            _("Approve the change"),
            type="primary",
            icon=":material/verified:",
            key=f"{key}_approve",
            disabled=proposal["has_moved"],
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        note = st.text_input(_("Why not"), key=f"{key}_note", max_chars=2000, width=420)
        declined = st.button(_("Decline"), icon=":material/block:", key=f"{key}_decline")
    if approved or declined:
        with attempt():
            if approved:
                approve_proposal(desk(), proposal["id"], day, seen=shown)
                announce(_("The plan is approved."))
            else:
                decline_proposal(desk(), proposal["id"], note)
                announce(_("The change is declined."))
            st.rerun()
        for field in ("approved_on", "decision_note"):
            problem_beside(field)


def _withdraw(proposal: Proposal) -> None:
    if st.button(
        _("Withdraw the proposal"), icon=":material/undo:", key=f"proposal_{proposal['id']}_withdraw"
    ):
        with attempt():
            withdraw_proposal(desk(), proposal["id"])
            announce(_("The proposal is withdrawn."))
            st.rerun()


def proposals_told(proposals: list[Proposal]) -> None:
    """List the proposals that did not become a plan, newest first."""
    for proposal in reversed(proposals):
        told = {
            "author": plain(actor_name(proposal["author"])),
            "proposed": words().date(proposal["proposed_on"]),
            "day": words().date(proposal["decided_on"]),
            "who": plain(actor_name(proposal["decided_by"])),
        }
        if proposal["decision"] == Decision.returned:
            note = plain(proposal["decision_note"])
            said = _("Proposed by {author} on {proposed}, declined on {day} by {who}", **told)
            st.caption(f"{said}: {note}")
        elif proposal["decision"] == Decision.withdrawn:
            st.caption(_("Proposed by {author} on {proposed}, withdrawn on {day}", **told))
