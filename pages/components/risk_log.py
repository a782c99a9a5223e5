"""The risk log of a project: the open risks by exposure, then those closed and withdrawn."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from pages.components.context import _, as_of, default_day, desk, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_names import field_name
from pages.components.risk_form import risk_form
from pages.components.text import plain
from tracker.errors import EditConflict
from tracker.rules.risk import EXPOSURE_NAMES, IMPACT_NAMES, LIKELIHOOD_NAMES, exposure
from tracker.services.project_sheet import ProjectSheet
from tracker.services.risk import archive_risk, close_risk, read_risks, reopen_risk, restore_risk

if TYPE_CHECKING:
    from db.models.risk import Risk


def risk_log(sheet: ProjectSheet) -> None:
    """Draw the section."""
    st.subheader(_("Risks"))
    risks = read_risks(desk(), sheet.id)
    may_write = desk().may("risk.write") and not sheet.archived_at
    if may_write:
        with st.expander(_("Add a risk"), icon=":material/add:"):
            if risk_form(f"risk_of_{sheet.id}", sheet.id):
                st.rerun()
    open_risks = [r for r in risks if r.closed_on is None and r.archived_at is None]
    if not open_risks:
        st.info(_("No open risk is recorded."))
    for risk in open_risks:
        _one(risk, may_write=may_write)
    past = [r for r in risks if r.closed_on is not None or r.archived_at is not None]
    label = _("Closed and withdrawn risks ({count})", count=len(past))
    if past and st.toggle(label, key=f"risks_{sheet.id}"):
        for risk in past:
            _one(risk, may_write=may_write)


def _one(risk: "Risk", *, may_write: bool) -> None:
    product = risk.likelihood * risk.impact
    told = f"{product} {_(EXPOSURE_NAMES[exposure(product)])} · {plain(risk.title)}"
    with st.expander(f"{told} · {_standing(risk)}" if _standing(risk) else told, icon=_icon(risk)):
        likelihood, impact = _(LIKELIHOOD_NAMES[risk.likelihood]), _(IMPACT_NAMES[risk.impact])
        st.markdown(
            f"{field_name('likelihood')}: {likelihood} × {field_name('impact')}: {impact} = {product}"
        )
        facts = {"owner": risk.owner, "opened_on": words().date(risk.opened_on)}
        facts["due_on"] = words().date(risk.due_on)
        st.markdown(" · ".join(f"{field_name(f)}: {plain(value) or '–'}" for f, value in facts.items()))
        if risk.response:
            st.markdown(field_name("response") + ":")
            st.text(risk.response)
        if risk.closing_note:
            st.text(risk.closing_note)
        if may_write:
            _acts(risk)


def _icon(risk: "Risk") -> str:
    if risk.archived_at:
        return ":material/archive:"
    return ":material/check_circle:" if risk.closed_on else ":material/warning:"


def _standing(risk: "Risk") -> str:
    if risk.archived_at:
        return _("Withdrawn: {reason}", reason=plain(risk.archive_reason))
    if risk.closed_on:
        return _("closed on {day}", day=risk.closed_on)
    if risk.due_on and risk.due_on < as_of():
        return _("overdue by {days} days", days=(as_of() - risk.due_on).days)
    return _("due on {day}", day=risk.due_on) if risk.due_on else ""


def _acts(risk: "Risk") -> None:
    key = f"risk_{risk.key}"
    with st.container(horizontal=True):
        if risk.archived_at:
            if st.button(_("Restore"), key=f"{key}_restore"):
                _carry_out(lambda: restore_risk(desk(), risk.key))
            return
        if risk.closed_on:
            _reasoned(f"{key}_reopen", _("Reopen"), lambda reason: reopen_risk(desk(), risk.key, reason))
        else:
            with st.popover(_("Change"), icon=":material/edit:"):
                if risk_form(key, risk.project_id, risk):
                    st.rerun()
            _close(risk, key)
        _reasoned(f"{key}_archive", _("Withdraw"), lambda reason: archive_risk(desk(), risk.key, reason))


def _close(risk: "Risk", key: str) -> None:
    with st.popover(_("Close the risk"), icon=":material/check_circle:"):
        day = st.date_input(field_name("closed_on"), default_day(), key=f"{key}_closed", format="YYYY-MM-DD")
        problem = st.container()
        note = st.text_area(field_name("closing_note"), key=f"{key}_note", height=80)
        if st.button(_("Close the risk"), key=f"{key}_close", type="primary"):
            values = {"closed_on": day, "closing_note": note}
            _carry_out(lambda: close_risk(desk(), risk.key, values, seen=risk.version))
            with problem:
                problem_beside("closed_on")
            problem_beside("closing_note")


def _reasoned(key: str, label: str, act: Callable[[str], None]) -> None:
    with st.popover(label):
        reason = st.text_input(_("Reason"), key=f"{key}_reason")
        if st.button(label, key=key):
            _carry_out(lambda: act(reason))


def _carry_out(act: Callable[[], None]) -> None:
    try:
        with attempt():
            act()
            announce(_("Saved."))
            st.rerun()
    except EditConflict:
        st.warning(_("Somebody changed this risk since you opened it. Look at it again."))
