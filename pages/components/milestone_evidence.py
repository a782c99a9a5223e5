"""Say what became of a milestone: chosen from the plan, then reported on, cancelled or brought back."""

from typing import Any

import streamlit as st

from db.vocabulary import DocumentKind
from pages.components.context import _, desk
from pages.components.document_list import document_list
from pages.components.evidence_list import evidence_list, outcome_text
from pages.components.field_conflict import settled_values
from pages.components.field_names import value_text
from pages.components.forecast_form import forecast_form
from pages.components.form_turn import end_turn
from pages.components.milestone_act import milestone_act
from pages.components.milestone_report import report_form, send_report
from pages.components.milestone_story import milestone_story
from pages.components.text import plain
from tracker.rules.milestone import STATE_NAMES
from tracker.services.document import read_documents
from tracker.services.project_sheet import ProjectSheet

_KEY = "evidence"
Milestone = dict[str, Any]


def milestone_evidence(sheet: ProjectSheet) -> None:
    """Draw what is on record of the milestones, the choice of one, and the form for what became of it."""
    evidence_list(sheet)
    if not sheet.milestones:
        return
    st.subheader(_("Report on a milestone"))
    milestone = _picked(sheet)
    key = f"{_KEY}_{milestone['id']}"
    if outcome := outcome_text(milestone):
        st.markdown(outcome)
    if desk().may("milestone.write") and not sheet.archived_at:
        if settled := settled_values(key, "milestone"):
            send_report(key, milestone, *settled)
        _act(key, milestone)
    _files(milestone)
    milestone_story(milestone)


def end_evidence_turn(milestone_id: int) -> None:
    """Draw a milestone's forms anew, from the version that this window has just saved."""
    for form in ("met", "credit", "forecast"):
        end_turn(f"{_KEY}_{milestone_id}_{form}")


def _picked(sheet: ProjectSheet) -> Milestone:
    known = {milestone["id"]: milestone for milestone in sheet.milestones}
    labels = {i: _label(known[i], sheet) for i in known}
    picked = st.selectbox(
        _("Milestone"),
        list(known),
        index=_next(sheet),
        format_func=labels.__getitem__,
        key=f"{_KEY}_{sheet.id}",
        label_visibility="collapsed",
    )
    return known[picked]


def _act(key: str, milestone: Milestone) -> None:
    acts = _acts(milestone)
    act = st.segmented_control(
        _("What happened"),
        list(acts),
        default=next(iter(acts)),
        format_func=acts.__getitem__,
        required=True,
        key=f"{key}_act",
        label_visibility="collapsed",
    )
    if act in ("met", "credit"):
        _asked(milestone)
        report_form(key, milestone, in_part=act == "credit")
    elif act == "forecast":
        forecast_form(key, milestone)
    elif act:
        milestone_act(key, milestone, act)


def _asked(milestone: Milestone) -> None:
    """Say what the plan asks for as evidence, and whether the milestone needs any."""
    said = [value_text("milestone", name, milestone[name], {}) for name in ("evidence_kind", "evidence_hint")]
    if any(text != "–" for text in said):
        st.caption(_("Evidence asked for: {what}", what=plain(" · ".join(s for s in said if s != "–"))))
    if milestone["is_key"] or milestone["is_gate"]:
        st.caption(_("A key milestone or landing gate needs a file, a link or a witness."))


def _files(milestone: Milestone) -> None:
    documents = read_documents(desk(), milestone_id=milestone["id"])
    if documents:
        with st.expander(
            _("Evidence on file ({count})", count=len(documents)), icon=":material/attach_file:"
        ):
            document_list({"milestone_id": milestone["id"]}, documents, DocumentKind.evidence)


def _next(sheet: ProjectSheet) -> int:
    """The place of the unmet milestone that is due first, as far as dates are known."""
    open_ones = [
        (milestone["due_on"] is None, milestone["due_on"], place)
        for place, milestone in enumerate(sheet.milestones)
        if not milestone["met_on"] and not milestone["cancelled_on"]
    ]
    return min(open_ones, key=lambda one: (one[0], str(one[1]), one[2]))[2] if open_ones else 0


def _label(milestone: Milestone, sheet: ProjectSheet) -> str:
    standing = sheet.states.get(milestone["id"])
    name = STATE_NAMES[standing["state"]] if standing else ""
    state = _(name) if name else ""
    # A choice's options are shown as they are: Markdown's escapes would stand in them.
    parts = [milestone["name"], value_text("milestone", "due_on", milestone["due_on"], {}), state]
    return " · ".join(part for part in parts if part)


def _acts(milestone: Milestone) -> dict[str, str]:
    if milestone["cancelled_on"]:
        return {"back": _("Bring it back")}
    if milestone["met_on"]:
        return {"met": _("Correct"), "unmet": _("Not met after all")}
    acts = {"met": _("Met"), "credit": _("Met in part"), "forecast": _("New forecast")}
    acts["cancel"] = _("Cancel it")
    return acts | ({"unmet": _("Not met after all")} if milestone["credited_on"] else {})
