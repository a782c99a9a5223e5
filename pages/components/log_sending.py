"""Sending the log form: the warning of likely duplicates, the buttons, and what was logged."""

import streamlit as st

from pages.components.context import _, desk
from pages.components.feedback import announce, attempt, forget_problems
from pages.components.kept_form import KeptForm
from pages.components.link import link_to, open_page
from pages.components.log_form import log_values, next_turn
from pages.components.text import plain
from tracker.services.agreement import log_agreements
from tracker.services.agreement_file import read_agreement
from tracker.services.agreement_twin import likely_duplicates

_ASKED, _DONE, _DOUBLE = "log_asked", "log_done", "log_double"


def send_if_asked(form: KeptForm) -> None:
    """Save what the form says if a button asked for it; everything stays in the form if it is refused."""
    asked, token = st.session_state.pop(_ASKED, ("", ""))
    if token != form.token:
        # Nothing asked, or a click on the buttons of a form that was saved already.
        return
    values = log_values(form)
    if not form.get("not_twin") and likely_duplicates(desk(), values):
        forget_problems()
        st.session_state[_DOUBLE] = True
        return
    ids: list[int] = []
    with attempt():
        ids = log_agreements(desk(), values, token)
    if ids:
        # Said before the form is ended: a second click stops this run anywhere, and the next one then either
        # finds the word already kept, or the old token and so the same agreements.
        st.session_state[_DONE] = ids
        announce(_("Agreements logged: {count}.", count=len(ids)))
        form.finish(next_turn(form) if asked == "next" else {})
        _show_done(ids, stay=asked == "next")


def logged_panel() -> None:
    """Say what the last sending logged, with a way to each agreement."""
    ids = st.session_state.get(_DONE, [])
    if not ids:
        return
    with st.container(border=True):
        st.success(_("Logged. The form below is ready for the next one."), icon=":material/check_circle:")
        for agreement_id in ids:
            agreement = read_agreement(desk(), agreement_id, desk().today).agreement
            label = f"{plain(agreement.number)} {plain(agreement.title)}"
            link_to("agreement.py", label, icon=":material/handshake:", id=agreement_id)


def duplicate_warning(form: KeptForm) -> None:
    """Show the agreements that may be the one in the form, and ask whether it is another."""
    twins = likely_duplicates(desk(), log_values(form))
    if not twins:
        st.session_state.pop(_DOUBLE, None)
        return
    with st.container(border=True):
        st.warning(_("This may be logged already:"), icon=":material/content_copy:")
        for twin in twins:
            why = _("same title") if twin.same_title else _("same county, partner and kind, signed nearby")
            day = twin.signed_on.isoformat() if twin.signed_on else _("not signed")
            label = f"{plain(twin.number)} {plain(twin.title)} · {day} · {why}"
            link_to("agreement.py", label, icon=":material/handshake:", id=twin.id)
        st.checkbox(
            _("It is another agreement; save it too"), key=form.field("not_twin", False), on_change=form.keep
        )
        if st.session_state.pop(_DOUBLE, None) and not form.get("not_twin"):
            st.error(_("Nothing was saved yet. Tick the box if it is really another one."))


def send_buttons(form: KeptForm) -> None:
    """Draw the buttons; a form's buttons go with its turn, so that a second click finds nothing to send."""
    with st.container(horizontal=True):
        _button(form, "save", _("Save"), "primary")
        _button(form, "next", _("Save and log the next"), "secondary")
        st.button(
            _("Discard draft"),
            key=form.key("-discard"),
            icon=":material/delete:",
            type="tertiary",
            on_click=_discard,
            args=(form,),
        )
    st.caption(_("What you enter is kept as a draft at every change; only text not yet sent can be lost."))


def _button(form: KeptForm, ask: str, label: str, kind: str) -> None:
    st.button(
        label,
        key=form.key(f"-{ask}"),
        type=kind,  # type: ignore[arg-type]
        icon=":material/save:" if ask == "save" else ":material/playlist_add:",
        on_click=_ask,
        args=(form, ask, form.token),
    )


def _ask(form: KeptForm, ask: str, token: str) -> None:
    if token != form.token:
        # The second click of a double click, after the first has saved.
        return
    form.keep()
    st.session_state.pop(_DONE, None)
    st.session_state[_ASKED] = (ask, token)


def _discard(form: KeptForm) -> None:
    forget_problems()
    st.session_state.pop(_DONE, None)
    form.finish({})


def _show_done(ids: list[int], *, stay: bool) -> None:
    if len(ids) == 1 and not stay:
        del st.session_state[_DONE]
        open_page("agreement.py", id=ids[0])
    st.rerun()
