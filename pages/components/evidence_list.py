"""What is on record of milestones that were met: when, when that was recorded, and what proves it."""

from typing import Any

import streamlit as st

from pages.components.context import _, words
from pages.components.text import plain
from tracker.rules.evidence import is_link
from tracker.services.project_sheet import ProjectSheet

Milestone = dict[str, Any]
_PROOF = ("evidence_link", "evidence_witness", "evidence_note")


def evidence_list(sheet: ProjectSheet) -> None:
    """List the milestones met, in part or whole, with their evidence, or say nothing."""
    told = [m for m in sheet.milestones if m["met_on"] or m["credited_on"]]
    if not told:
        return
    with st.expander(
        _("Milestones met, and their evidence ({count})", count=len(told)), icon=":material/fact_check:"
    ):
        for milestone in told:
            st.markdown(f"**{plain(milestone['name'])}** · {outcome_text(milestone)}")
            _proof(milestone, sheet.evidence.get(milestone["id"], ()))


def outcome_text(milestone: Milestone) -> str:
    """Return when a milestone was met and when that was recorded, or which share of it; else nothing."""
    if milestone["met_on"]:
        day, recorded_on = milestone["met_on"], milestone["met_recorded_on"]
        if recorded_on is None:
            return _("Met on {day}", day=words().date(day))
        return _(
            "Met on {day}, recorded on {recorded}", day=words().date(day), recorded=words().date(recorded_on)
        )
    if milestone["credited_on"]:
        day = words().date(milestone["credited_on"])
        return _("{share} % met as of {day}", share=milestone["credit_percent"], day=day)
    return ""


def _proof(milestone: Milestone, files: tuple[str, ...]) -> None:
    if files:
        st.caption(
            _("Files: {names}", names=plain("、".join(files) if words().is_chinese else ", ".join(files)))
        )
    if milestone["evidence_witness"]:
        st.caption(_("Witness: {who}", who=plain(milestone["evidence_witness"])))
    if milestone["evidence_note"]:
        st.caption(plain(milestone["evidence_note"]))
    link = milestone["evidence_link"]
    # Only what opens as a page is made a link, whatever else found its way into the database.
    if is_link(link):
        st.link_button(plain(link), link, type="tertiary", icon=":material/link:")
    elif link:
        st.caption(plain(link))
