"""Approve a plan; propose, approve or decline a change of it; see which plans were approved before."""

from datetime import date
from typing import Any

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_names import field_name, value_text
from pages.components.plan_proposal import plan_proposal, proposals_told, propose_form
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.permissions import works_alone
from tracker.rules.plan import PlanChange
from tracker.services.plan import approve_plan
from tracker.services.plan_proposal import project_proposals
from tracker.services.project_sheet import ProjectSheet


def plan_approval(sheet: ProjectSheet) -> None:
    """Draw whether the plan is approved, what changed since, and what can be done about it."""
    if not sheet.baselines:
        st.info(_("No approved plan yet: planned progress cannot be computed."), icon=":material/draft:")
        if desk().may("plan.approve") and not sheet.archived_at and sheet.milestones:
            _approve(sheet, _("Approve the plan"), again=False)
        return
    _in_force(sheet.baselines[-1])
    if sheet.changes:
        _changes(sheet)
    proposals = project_proposals(desk(), sheet.id)
    _next_step(sheet, next((p for p in proposals if p["decided_on"] is None), None))
    with st.expander(_("Approved plans"), icon=":material/history:"):
        for baseline in reversed(sheet.baselines):
            st.markdown(_told(baseline))
        proposals_told(proposals)


def _next_step(sheet: ProjectSheet, waiting: dict[str, Any] | None) -> None:
    """Draw the proposal that waits, or else the way to approve or propose what changed."""
    if waiting:
        plan_proposal(sheet, waiting)
    elif sheet.changes and not sheet.archived_at:
        if works_alone(desk().person):
            _approve(sheet, _("Approve the changed plan"), again=True)
        elif desk().may("plan.propose"):
            propose_form(sheet)


def _in_force(newest: dict[str, Any]) -> None:
    names = {"number": newest["number"], "day": newest["approved_on"]}
    told = _("Plan B{number}, approved on {day}, is in force.", **names)
    if newest["self_approved"]:
        told = f"{told} {_alone()}"
    st.success(told, icon=":material/verified:")


def _alone() -> str:
    return _("Approved by its author: there was nobody else.")


def _changes(sheet: ProjectSheet) -> None:
    st.warning(
        _("The plan changed since it was approved. Figures keep to the approved one until this is approved."),
        icon=":material/edit_note:",
    )
    heads = [_("Milestone"), "", _("approved"), _("now")]
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    lines += [_line(change, sheet) for change in sheet.changes]
    st.markdown("\n".join(lines))


def _line(change: PlanChange, sheet: ProjectSheet) -> str:
    if change.field in ("added", "removed"):
        said = _("not in it") if change.field == "added" else _("in it")
        known = {milestone["id"]: milestone["name"] for milestone in sheet.milestones}
        return f"| {plain(change.name or known.get(change.milestone_id, ''))} | | {said} | |"
    values = (value_text("milestone", change.field, value, {}) for value in (change.approved, change.typed))
    name = change.name if change.milestone_id else _("the project itself")
    return f"| {plain(name)} | {field_name(change.field)} | " + " | ".join(map(plain, values)) + " |"


def _approve(sheet: ProjectSheet, label: str, *, again: bool) -> None:
    key = f"approve_{sheet.id}"
    # The click answers what the run before showed, not what this one has just read.
    shown = st.session_state.get(f"{key}_shown", sheet.plan_change_no)
    st.session_state[f"{key}_shown"] = sheet.plan_change_no
    if again:
        st.caption(_("There is nobody else to approve it, so you may; this is recorded and shown."))
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
        reason = st.text_input(_("Reason"), key=f"{key}_reason", max_chars=2000, width=320) if again else ""
        clicked = st.button(label, type="primary", icon=":material/verified:", key=f"{key}_save")
    if clicked:
        with attempt():
            approve_plan(desk(), sheet.id, day, reason=reason, seen=shown)
            announce(_("The plan is approved."))
            st.rerun()
        for field in ("approved_on", "reason"):
            problem_beside(field)


def _told(baseline: dict[str, Any]) -> str:
    names = {
        "number": baseline["number"],
        "day": words().date(baseline["approved_on"]),
        "who": plain(actor_name(baseline["approver"])),
    }
    if baseline["self_approved"]:
        told = _("**B{number}** approved on {day} by {who}", **names) + f" · {_alone()}"
    elif baseline["author"]:
        author = plain(actor_name(baseline["author"]))
        told = _("**B{number}** proposed by {author}, approved on {day} by {who}", author=author, **names)
    else:
        told = _("**B{number}** approved on {day} by {who}", **names)
    return f"{told}: {plain(baseline['reason'])}" if baseline["reason"] else told
