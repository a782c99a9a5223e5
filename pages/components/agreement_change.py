"""Correct an agreement on its page: the form that logs one, and what a second editor meets."""

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.components.agreement_form import (
    agreement_values,
    event_field,
    form_start,
    kind_field,
    money_and_owner,
    more_fields,
    pillar_field,
    term_fields,
    title_field,
)
from pages.components.context import _, desk
from pages.components.feedback import announce, attempt, forget_problems
from pages.components.field_conflict import is_in_conflict, keep_conflict, settled_values
from pages.components.kept_form import KeptForm
from tracker.errors import EditConflict
from tracker.money import read_amount
from tracker.services.agreement import change_agreement
from tracker.services.agreement_choice import AgreementChoices, agreement_choices
from tracker.services.agreement_file import AgreementFile

_EDITING, _ASKED, _CONFLICT = "agreement_editing", "agreement_change_asked", "change"


def begin_change(file: AgreementFile) -> None:
    """Open the form on this agreement, as it stands now."""
    forget_problems()
    st.session_state[_EDITING] = file.agreement.key
    st.session_state.pop("change.form", None)


def is_changing(file: AgreementFile) -> bool:
    """Return whether the form is open on this agreement."""
    return bool(st.session_state.get(_EDITING) == file.agreement.key and not file.agreement.archived_at)


def is_choosing() -> bool:
    """Return whether the dialog about a second editor's values is open; no other one can be."""
    return is_in_conflict(_CONFLICT)


def change_form(file: AgreementFile) -> None:
    """Draw the form; what was typed stays in it whatever the save meets."""
    if is_in_conflict(_CONFLICT):
        _conflict_dialog(file)
    form = KeptForm(f"change:{file.agreement.key}", prefix="change", start=_start(file), is_draft=False)
    if st.session_state.pop(_ASKED, False):
        _save(file, _values(form), form.get("seen"))
    choices = _with_own_event(file, agreement_choices(desk()))
    with st.container(border=True):
        kind_field(form)
        title_field(form)
        event_field(form, choices)
        pillar_field(form, choices)
        money_and_owner(form, choices)
        term_fields(form, file.standing["signed_on"] if file.standing else None)
        more_fields(form)
        with st.container(horizontal=True):
            st.button(_("Save"), type="primary", icon=":material/save:", key="change-save", on_click=_ask)
            st.button(_("Cancel"), type="tertiary", key="change-cancel", on_click=_close)
    form.keep()


def _with_own_event(file: AgreementFile, choices: AgreementChoices) -> AgreementChoices:
    """Offer the agreement's own event too: a withdrawn one would otherwise be lost by saving the form."""
    if file.event is None:
        return choices
    own = {file.event.key: (file.event.name, file.event.held_on)}
    return replace(choices, events=own | choices.events)


def _conflict_dialog(file: AgreementFile) -> None:
    # In a dialog, since the form's button that was pressed stands far below the place of a message.
    @st.dialog(_("Somebody else saved this agreement first"), width="medium", dismissible=False)
    def draw() -> None:
        if settled := settled_values(_CONFLICT, "agreement"):
            _save(file, *settled)

    draw()


def _start(file: AgreementFile) -> dict[str, Any]:
    pillars = [pillar.key for pillar in file.pillars]
    stored = file.agreement.model_dump()
    seen = {"pillar_ids": pillars, "pillar_ids_seen": pillars, "seen": file.agreement.version}
    return form_start(stored) | seen | {"known": stored}


def _values(form: KeptForm) -> dict[str, Any]:
    return agreement_values(form) | {
        "pillar_ids_seen": form.get("pillar_ids_seen"),
        "currency": form.get("currency", "CNY"),
    }


def _save(file: AgreementFile, values: dict[str, Any], seen: int | None) -> None:
    try:
        with attempt():
            change_agreement(desk(), file.agreement.key, dict(values), seen=seen)
            _close()
            announce(_("Saved."))
            st.rerun()
    except EditConflict as conflict:
        if "amount" in values:
            # The choice is between stored values, so the typed amount becomes one.
            values["amount_cents"] = read_amount(values.pop("amount"))
        keep_conflict(_CONFLICT, conflict, values, st.session_state["change.form"]["content"]["known"])
        st.rerun()


def _ask() -> None:
    st.session_state[_ASKED] = True


def _close() -> None:
    forget_problems()
    st.session_state.pop(_EDITING, None)
    st.session_state.pop("change.form", None)
