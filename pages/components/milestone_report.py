"""The report that a milestone was met, whole or in part: a day, and a photo, a link or a witness."""

from datetime import date
from typing import Any

import streamlit as st

from pages.components.act_dialog import FIRST_DAY
from pages.components.context import _, default_day, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict
from pages.components.field_names import field_name
from pages.components.form_turn import drawn_from, end_turn, turn_key
from tracker.errors import EditConflict, InvalidInput
from tracker.rules.document import EXTENSIONS, LARGEST_BYTES
from tracker.rules.evidence import MetBeforeStart
from tracker.services.document import store_upload
from tracker.services.evidence import credit_milestone, meet_milestone

Milestone = dict[str, Any]
_EARLY = "{}_early"


def report_form(key: str, milestone: Milestone, *, in_part: bool) -> None:
    """Draw the form; `key` is the milestone's, and each of its forms has its own turn."""
    turn = turn_key(f"{key}_{'credit' if in_part else 'met'}")
    milestone = drawn_from(turn, f"{turn}_note", milestone)
    places: dict[str, Any] = {}
    with st.form(turn, enter_to_submit=False):
        values = _outcome(turn, milestone, places, in_part=in_part)
        upload = st.file_uploader(
            _("A photo or another file, up to 50 MB"),
            type=list(EXTENSIONS),
            key=f"{turn}_file",
            max_upload_size=LARGEST_BYTES // 1024**2,
        )
        places["evidence"] = st.container()
        values |= _proof(turn, milestone, places)
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if sent:
        is_early = send_report(key, milestone, values, milestone["version"], upload)
        for field, place in places.items():
            with place:
                problem_beside(field)
        if is_early:
            st.session_state[_EARLY.format(turn)] = True
            with places["is_confirmed"]:
                _confirmation(turn)


def send_report(
    key: str, milestone: Milestone, values: dict[str, Any], seen: int, upload: Any = None
) -> bool:
    """Send a report; if it comes back, return whether that was for a day before the milestone's start."""
    act = credit_milestone if "credited_on" in values else meet_milestone
    is_early = False
    try:
        with attempt():
            # The file is judged first, so that a wrong one stops the whole.
            stored = store_upload(desk(), upload.name, upload) if upload else None
            try:
                act(desk(), milestone["id"], values, seen=seen, evidence=stored)
            except InvalidInput as error:
                is_early = any(isinstance(problem, MetBeforeStart) for problem in error.problems)
                raise
            for form in ("met", "credit"):
                end_turn(f"{key}_{form}")
            announce(_("Saved."))
            st.rerun()
    except EditConflict as conflict:
        keep_conflict(key, conflict, values)
        st.rerun()
    return is_early


def _outcome(turn: str, milestone: Milestone, places: dict[str, Any], *, in_part: bool) -> dict[str, Any]:
    """Draw the day and, of what was met in part, the share."""
    name = "credited_on" if in_part else "met_on"
    values: dict[str, Any] = {}
    left, right = st.columns(2)
    with left:
        values[name] = _day(name, milestone[name], turn)
        places[name] = st.container()
        places["is_confirmed"] = st.container()
        if st.session_state.get(_EARLY.format(turn)):
            with places["is_confirmed"]:
                values["is_confirmed"] = _confirmation(turn)
    if in_part:
        with right:
            now = milestone["credit_percent"] or 50
            # No bounds here: what lies outside is answered by a sentence, not by a number that jumps.
            share = st.number_input(field_name("credit_percent"), value=now, step=1, key=f"{turn}_share")
            values["credit_percent"] = share
            places["credit_percent"] = st.container()
    return values


def _confirmation(turn: str) -> bool:
    return st.checkbox(_("It was met before its start, and the day is right"), key=f"{turn}_confirmed")


def _proof(turn: str, milestone: Milestone, places: dict[str, Any]) -> dict[str, Any]:
    """Draw what proves it beside a file."""
    values: dict[str, Any] = {}
    for place, field, hint in zip(
        st.columns(2),
        ("evidence_link", "evidence_witness"),
        ("https://", _("Office and post, as: deputy head of the commerce bureau")),
        strict=True,
    ):
        with place:
            values[field] = st.text_input(
                field_name(field),
                milestone[field],
                key=f"{turn}_{field}",
                placeholder=hint,
                max_chars=300,
            )
            places[field] = st.container()
    values["evidence_note"] = st.text_area(
        _("Note"), milestone["evidence_note"], key=f"{turn}_note", height=68
    )
    return values


def _day(field: str, now: date | None, turn: str) -> Any:
    today = desk().today
    return st.date_input(
        field_name(field),
        now or min(default_day(), today),
        key=f"{turn}_day",
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=today,
    )
