"""Say what became of a milestone: met with a date and evidence, met in part, not after all, cancelled."""

from datetime import date
from typing import Any

import streamlit as st

from db.vocabulary import DocumentKind
from pages.components.context import _, default_day, desk, words
from pages.components.document_list import document_list
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name, value_text
from pages.components.form_turn import drawn_from, end_turn, turn_key
from pages.components.text import plain
from tracker.errors import EditConflict
from tracker.rules.document import EXTENSIONS, LARGEST_BYTES
from tracker.rules.milestone import STATE_NAMES
from tracker.services.document import read_documents, store_upload
from tracker.services.evidence import credit_milestone, meet_milestone, unmeet_milestone
from tracker.services.milestone import bring_back_milestone, cancel_milestone
from tracker.services.project_sheet import ProjectSheet

_KEY = "evidence"
Milestone = dict[str, Any]


def milestone_evidence(sheet: ProjectSheet) -> None:
    """Draw the choice of a milestone and the form for what became of it."""
    _evidence_told(sheet)
    if not sheet.milestones or sheet.archived_at or not desk().may("milestone.write"):
        return
    st.subheader(_("Report on a milestone"))
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
    milestone = known[picked]
    if settled := settled_values(f"{_KEY}_{picked}", "milestone"):
        _report(milestone, *settled)
    asked = [
        value_text("milestone", name, milestone[name], {}) for name in ("evidence_kind", "evidence_hint")
    ]
    if any(said != "–" for said in asked):
        st.caption(_("Evidence asked for: {what}", what=plain(" · ".join(s for s in asked if s != "–"))))
    acts = _acts(milestone)
    act = st.segmented_control(
        _("What happened"),
        list(acts),
        default=next(iter(acts)),
        format_func=acts.__getitem__,
        required=True,
        key=f"{_KEY}_{picked}_act",
        label_visibility="collapsed",
    )
    if act in ("met", "credit"):
        _met_form(milestone, in_part=act == "credit")
    elif act:
        _reason_form(milestone, act)
    documents = read_documents(desk(), milestone_id=picked)
    if documents:
        with st.expander(
            _("Evidence on file ({count})", count=len(documents)), icon=":material/attach_file:"
        ):
            document_list({"milestone_id": picked}, documents, DocumentKind.evidence)


def _evidence_told(sheet: ProjectSheet) -> None:
    """List what the notes say of the milestones met, in part or whole, or say nothing."""
    told = [milestone for milestone in sheet.milestones if milestone["evidence_note"]]
    if not told:
        return
    with st.expander(_("Evidence noted ({count})", count=len(told)), icon=":material/fact_check:"):
        for milestone in told:
            day = words().date(milestone["met_on"] or milestone["credited_on"])
            st.markdown(f"**{plain(milestone['name'])}** · {day}  \n{plain(milestone['evidence_note'])}")


def end_evidence_turn(milestone_id: int) -> None:
    """Draw a milestone's forms anew, from the version that this window has just saved."""
    for form in ("met", "credit"):
        end_turn(f"{_KEY}_{milestone_id}_{form}")


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
    acts = {"met": _("Met"), "credit": _("Met in part"), "cancel": _("Cancel it")}
    return acts | ({"unmet": _("Not met after all")} if milestone["credited_on"] else {})


def _met_form(milestone: Milestone, *, in_part: bool) -> None:
    key = turn_key(f"{_KEY}_{milestone['id']}_{'credit' if in_part else 'met'}")
    milestone = drawn_from(key, f"{key}_note", milestone)
    name = "credited_on" if in_part else "met_on"
    values: dict[str, Any] = {}
    with st.form(key, enter_to_submit=False):
        left, right = st.columns([1, 2])
        with left:
            values[name] = _day(name, milestone[name], key)
            if in_part:
                now = milestone["credit_percent"] or 50
                share = st.number_input(field_name("credit_percent"), 1, 99, now, key=f"{key}_share")
                values["credit_percent"] = share
            problems = st.container()
        with right:
            values["evidence_note"] = st.text_area(
                _("Evidence: a note or a link"), milestone["evidence_note"], key=f"{key}_note", height=80
            )
        upload = st.file_uploader(
            _("Evidence as a file, up to 50 MB"),
            type=list(EXTENSIONS),
            key=f"{key}_file",
            max_upload_size=LARGEST_BYTES // 1024**2,
        )
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if sent:
        _report(milestone, values, milestone["version"], upload)
        with problems:
            for field in values:
                problem_beside(field)


def _day(field: str, now: date | None, key: str) -> Any:
    today = desk().today
    return st.date_input(
        field_name(field),
        now or min(default_day(), today),
        key=f"{key}_day",
        format="YYYY-MM-DD",
        min_value=date(1949, 10, 1),
        max_value=today,
    )


def _report(milestone: Milestone, values: dict[str, Any], seen: int, upload: Any = None) -> None:
    act = credit_milestone if "credited_on" in values else meet_milestone
    try:
        with attempt():
            # The file is judged first, so that a wrong one stops the whole.
            stored = store_upload(desk(), upload.name, upload) if upload else None
            act(desk(), milestone["id"], values, seen=seen, evidence=stored)
            end_evidence_turn(milestone["id"])
            announce(_("Saved."))
            st.rerun()
    except EditConflict as conflict:
        keep_conflict(f"{_KEY}_{milestone['id']}", conflict, values)
        st.rerun()


def _reason_form(milestone: Milestone, act: str) -> None:
    key = f"{_KEY}_{milestone['id']}_{act}"
    with st.form(key, enter_to_submit=False):
        if act == "cancel":
            st.caption(_("If the approved plan holds it, cancelling is a re-baseline, which others approve."))
            day = _day("cancelled_on", None, key)
        reason = st.text_input(_("Reason"), key=f"{key}_reason", max_chars=2000)
        if not st.form_submit_button(_("Save"), type="primary", icon=":material/save:"):
            return
    said = _("Saved.")
    with attempt():
        if act == "cancel":
            if not cancel_milestone(desk(), milestone["id"], day, reason):
                said = _("Proposed. Somebody else has to approve it.")
        elif act == "back":
            bring_back_milestone(desk(), milestone["id"], reason)
        else:
            unmeet_milestone(desk(), milestone["id"], reason, seen=milestone["version"])
        end_evidence_turn(milestone["id"])
        announce(said)
        st.rerun()
