"""The form for a project update: a text, what moved, new risks; or that nothing changed, with one tap.

What is typed is kept as a draft at every change. It is a fragment: typing does not draw the page anew.
"""

from typing import Any

import streamlit as st

from pages.components.agreement_form import day_field
from pages.components.context import _, default_day, desk
from pages.components.feedback import announce, attempt, forget_problems, problem_beside
from pages.components.field_names import field_name
from pages.components.kept_form import KeptForm
from pages.components.update_part import forecast_rows, forecast_values, risk_rows, risk_values, unmet
from tracker.services.project_sheet import ProjectSheet
from tracker.services.project_update import UpdateSheet, send_update
from tracker.services.update_request import RequestSheet

_CORRECT, _ASKED = "update_correct_{}", "update_asked_{}"


@st.fragment
def update_form(sheet: ProjectSheet, request: RequestSheet | None = None) -> None:
    """Draw the form; `request` is the open request that the update can answer."""
    if sheet.archived_at or not desk().may("update.write"):
        return
    form = _form(sheet)
    with st.container(border=True):
        st.subheader(_("Report how the project stands"))
        outcome = st.container()
        with outcome:
            _send_if_asked(sheet, form, request)
        _text_and_day(form, request)
        forecast_rows(sheet, form)
        _rest(sheet, form)
        _buttons(sheet, form)
    form.settle()


def correct(sheet: ProjectSheet, returned: UpdateSheet) -> None:
    """Fill the form with a returned update in the next run, to be corrected and sent again."""
    st.session_state[_CORRECT.format(sheet.id)] = returned


def _form(sheet: ProjectSheet) -> KeptForm:
    form = KeptForm(f"update:{sheet.id}", prefix=f"update_{sheet.id}_", start={}, is_draft=True)
    returned: UpdateSheet | None = st.session_state.pop(_CORRECT.format(sheet.id), None)
    if returned:
        forget_problems()
        form.finish(_start_from(returned))
        # Taken over as if typed: the correction is a draft from now on.
        form.settle()
    return form


def _start_from(returned: UpdateSheet) -> dict[str, Any]:
    start = {name: returned.update[name] for name in ("text", "reported_on", "reported_percent")}
    start["moved"] = [forecast["milestone_id"] for forecast in returned.forecasts]
    for forecast in returned.forecasts:
        for name in ("new_on", "note"):
            start[f"{name}_{forecast['milestone_id']}"] = forecast[name]
        start[f"reason_code_{forecast['milestone_id']}"] = forecast["reason_code"].value
    return start


def _text_and_day(form: KeptForm, request: RequestSheet | None) -> None:
    st.text_area(
        _("What happened, and what comes next"),
        key=form.field("text", ""),
        height=100,
        max_chars=20_000,
        on_change=form.keep,
    )
    problem_beside("text")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day_field(form, "reported_on", field_name("reported_on"), default=default_day(), width=160)
        if request:
            st.checkbox(
                _("This answers the request of {day}", day=request.asked_on),
                key=form.field("answers", True),
                on_change=form.keep,
            )


def _rest(sheet: ProjectSheet, form: KeptForm) -> None:
    """Draw what few updates need behind a click; the percent stands open where progress rests on it."""
    is_reported = (sheet.standing or {}).get("progress_basis") == "reported"
    if is_reported:
        _percent(form)
    label = _("New risks") if is_reported else _("Percent done, new risks")
    is_used = bool(form.get("risks") or form.get("reported_percent") is not None)
    with st.expander(label, icon=":material/add:", expanded=is_used):
        if not is_reported:
            _percent(form)
        risk_rows(form)


def _percent(form: KeptForm) -> None:
    st.number_input(
        field_name("reported_percent"),
        value=None,
        min_value=0,
        max_value=100,
        step=1,
        key=form.field("reported_percent"),
        width=200,
        placeholder=_("not stated"),
        on_change=form.keep,
    )
    problem_beside("reported_percent")


def _buttons(sheet: ProjectSheet, form: KeptForm) -> None:
    for place, (ask, label, icon, kind) in zip(
        st.columns(2),
        (
            ("sent", _("Send the update"), ":material/send:", "primary"),
            ("no_change", field_name("is_no_change"), ":material/trending_flat:", "secondary"),
        ),
        strict=True,
    ):
        place.button(
            label,
            key=form.key(f"-{ask}"),
            icon=icon,
            type=kind,  # type: ignore[arg-type]
            width="stretch",
            on_click=_ask,
            args=(sheet.id, form, ask, form.token),
        )
    problem_beside("is_no_change")
    st.caption(_("“No change” is an update too and needs no text. A lead accepts or returns what you send."))


def _ask(project_id: int, form: KeptForm, ask: str, token: str) -> None:
    if token == form.token:
        form.keep()
        st.session_state[_ASKED.format(project_id)] = (ask, token)


def _send_if_asked(sheet: ProjectSheet, form: KeptForm, request: RequestSheet | None) -> None:
    """Send what the form says if a button asked for it; all of it stays in the form if it is refused."""
    ask, token = st.session_state.pop(_ASKED.format(sheet.id), ("", ""))
    if token != form.token:
        return
    values = _values(sheet, form, request) | {"is_no_change": ask == "no_change"}
    with attempt():
        send_update(desk(), sheet.id, values, token=token)
        announce(_("The update is sent. It counts once a lead has accepted it."))
        form.finish({})
        st.rerun()


def _values(sheet: ProjectSheet, form: KeptForm, request: RequestSheet | None) -> dict[str, Any]:
    known = {milestone["id"] for milestone in unmet(sheet)}
    return {
        "text": form.get("text", ""),
        "reported_on": form.get("reported_on") or default_day(),
        "reported_percent": form.get("reported_percent"),
        "request_id": request.id if request and form.get("answers", True) else None,
        "forecasts": [row for row in forecast_values(form) if row["milestone_id"] in known],
        "risks": risk_values(form),
    }
