"""Requests for update 催报 about a project: the one that is open, asking, and the earlier ones."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components.context import FIRST_DAY, LAST_DAY, _, as_of, default_day, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_names import field_name
from pages.components.form_turn import end_turn, turn_key
from pages.components.record_names import actor_name
from pages.components.text import plain
from pages.components.update_list import decision_told
from tracker.rules.update_request import days_overdue
from tracker.services.project_sheet import ProjectSheet
from tracker.services.update_request import RequestSheet, ask_for_update, withdraw_request

_USUAL_DAYS = 7


def request_box(sheet: ProjectSheet, requests: list[RequestSheet]) -> None:
    """Draw the open request, or the way to ask, and the requests that are closed."""
    waiting = next((request for request in requests if request.is_open), None)
    if waiting:
        _waiting(sheet, waiting)
    elif desk().may("request.write") and not sheet.archived_at and not sheet.project["stopped_on"]:
        with st.popover(_("Ask for an update"), icon=":material/notifications_active:"):
            _form(sheet)
    closed = [request for request in requests if not request.is_open]
    if closed:
        with st.expander(_("Earlier requests ({count})", count=len(closed)), icon=":material/history:"):
            for request in closed:
                _closed(request)


def _waiting(sheet: ProjectSheet, request: RequestSheet) -> None:
    late = days_overdue(request.due_on, as_of())
    draw = st.error if late else st.warning
    due = [_("due on {day}", day=request.due_on)]
    due += [_("overdue by {days} days", days=late)] if late else []
    draw(
        f"{_asked(request)} · {' · '.join(due)}  \n{plain(request.question)}",
        icon=":material/notifications_active:",
    )
    _answers(request)
    if desk().may("request.write") and not sheet.archived_at:
        with st.popover(_("Withdraw the request"), icon=":material/undo:"):
            key = f"request_{request.id}"
            reason = st.text_input(_("Reason"), key=f"{key}_reason")
            if st.button(_("Withdraw the request"), key=f"{key}_withdraw"):
                with attempt():
                    withdraw_request(desk(), request.id, reason, on=default_day())
                    announce(_("Saved."))
                    st.rerun()


def _form(sheet: ProjectSheet) -> None:
    name = f"request_{sheet.id}"
    key = turn_key(name)
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    with st.form(key, border=False, enter_to_submit=False):
        values: dict[str, Any] = {"asked_on": default_day()}
        values["question"] = st.text_area(field_name("question"), key=f"{key}_question", height=80)
        question = st.container()
        values["due_on"] = st.date_input(
            _("Answer by"),
            default_day() + timedelta(days=_USUAL_DAYS),
            key=f"{key}_due_on",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
        )
        due_on = st.container()
        sent = st.form_submit_button(_("Ask"), type="primary", icon=":material/send:")
    if sent:
        with attempt():
            ask_for_update(desk(), sheet.id, values, token=token)
            end_turn(name)
            announce(_("Asked. It stands on the project's page and among what needs attention."))
            st.rerun()
        for field, place in (("question", question), ("due_on", due_on)):
            with place:
                problem_beside(field)


def _closed(request: RequestSheet) -> None:
    with st.container(border=True):
        st.markdown(f"{_asked(request)} · " + _("due on {day}", day=request.due_on))
        st.text(request.question)
        _answers(request)
        if request.outcome == "withdrawn":
            reason = plain(request.closing_note)
            st.caption(_("Withdrawn on {day}: {reason}", day=request.closed_on, reason=reason))
        else:
            late = days_overdue(request.due_on, request.closed_on) if request.closed_on else 0
            said = [_("Answered on {day}", day=request.closed_on)]
            said += [_("{days} days late", days=late)] if late else []
            st.caption(" · ".join(said))


def _asked(request: RequestSheet) -> str:
    who = plain(actor_name(request.asked_by))
    return _("{who} asked for an update on {day}", who=who, day=request.asked_on)


def _answers(request: RequestSheet) -> None:
    """Tell each update sent as an answer, and what a lead made of it."""
    for answer in request.answers:
        who = {"day": answer.reported_on, "who": plain(actor_name(answer.author))}
        told = [_("Answer of {day} by {who}", **who), decision_told(answer.model_dump())]
        st.markdown(f":material/subdirectory_arrow_right: {' · '.join(told)}")
