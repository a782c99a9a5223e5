"""The updates of a project, newest first; a lead accepts or returns those that wait."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components.context import _, default_day, desk, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.record_names import actor_name
from pages.components.text import plain
from pages.components.update_form import correct
from tracker.rules.forecast import SLIP_REASON_NAMES
from tracker.rules.risk import EXPOSURE_NAMES, exposure
from tracker.services.project_sheet import ProjectSheet
from tracker.services.project_update import (
    UpdateSheet,
    accept_update,
    archive_update,
    restore_update,
    return_update,
)

_SHOWN = 5


def update_list(sheet: ProjectSheet, updates: list[UpdateSheet]) -> None:
    """Draw the newest updates, and the earlier ones once they are asked for."""
    st.subheader(_("Updates"))
    if not updates:
        st.info(_("No update yet. Silence counts from the start of the project, or from the last update."))
        return
    for update in updates[:_SHOWN]:
        _one(sheet, update)
    if len(updates) > _SHOWN and st.toggle(
        _("Show all {count}", count=len(updates)), key=f"updates_{sheet.id}_all"
    ):
        for update in updates[_SHOWN:]:
            _one(sheet, update)


def _one(sheet: ProjectSheet, update: UpdateSheet) -> None:
    fields = update.update
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            _badge(update)
            who = plain(actor_name(fields["author"]))
            st.markdown(f"**{words().date(fields['reported_on'])}** · {who}")
        _content(update)
        if fields["archived_at"]:
            st.caption(_("Withdrawn: {reason}", reason=plain(fields["archive_reason"])))
        if fields["decided_on"]:
            st.markdown(f":gray[{decision_told(fields)}]")
        if not sheet.archived_at:
            _acts(sheet, update)


def _badge(update: UpdateSheet) -> None:
    if update.update["archived_at"]:
        st.badge(_("withdrawn"), icon=":material/archive:", color="gray")
    elif update.is_waiting:
        st.badge(_("waits for review"), icon=":material/hourglass_top:", color="orange")
    elif update.update["decision"] == "accepted":
        st.badge(_("review passed"), icon=":material/check:", color="green")
    else:
        st.badge(_("returned"), icon=":material/undo:", color="red")


def _content(update: UpdateSheet) -> None:
    fields = update.update
    if fields["is_no_change"]:
        st.markdown(_("Nothing has changed."))
    if said := fields["text"]:
        st.text(said)
    lines = []
    if fields["reported_percent"] is not None:
        lines.append(_("Reported: {percent} % done", percent=fields["reported_percent"]))
    lines += [_forecast(forecast) for forecast in update.forecasts]
    lines += [_risk(risk) for risk in update.risks]
    if fields["request_id"]:
        lines.append(_("Sent as the answer to a request"))
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))


def _forecast(forecast: dict[str, Any]) -> str:
    old, new = forecast["old_on"], forecast["new_on"]
    moved = f"{plain(forecast['milestone'])}: {words().date(old) or '–'} → {words().date(new) or '–'}"
    if old and new:
        moved += " " + _("({days} days)", days=f"{(new - old).days:+d}")
    reason = SLIP_REASON_NAMES[forecast["reason_code"]]
    told = [moved, _(reason), plain(forecast["note"])]
    return " · ".join([*told, _("left out")] if forecast["is_left_out"] else told)


def _risk(risk: dict[str, Any]) -> str:
    grade = _(EXPOSURE_NAMES[exposure(risk["likelihood"] * risk["impact"])])
    return _("New risk: {title} ({grade})", title=plain(risk["title"]), grade=grade)


def decision_told(fields: Mapping[str, Any]) -> str:
    """Return what a lead made of an update, of the columns of its table, as Markdown."""
    if fields["decided_on"] is None:
        return _("waits for review")
    said = {"day": fields["decided_on"], "who": plain(actor_name(fields["decided_by"]))}
    if fields["decision"] == "returned":
        return _("Returned on {day} by {who}:", **said) + f" {plain(fields['decision_note'])}"
    if fields["author"] == fields["decided_by"]:
        return _("Accepted on {day} by {who}, who had sent it", **said)
    return _("Accepted on {day} by {who}", **said)


def _acts(sheet: ProjectSheet, update: UpdateSheet) -> None:
    key = f"update_{update.id}"
    with st.container(horizontal=True):
        if update.is_waiting and desk().may("update.decide"):
            _accept(update, key)
            _return(update, key)
        if update.update["decision"] == "returned" and desk().may("update.write"):
            st.button(
                _("Correct and send again"),
                key=f"{key}_correct",
                icon=":material/edit:",
                on_click=correct,
                args=(sheet, update),
            )
        if desk().may("update.decide"):
            _withdraw(update, key)


def _accept(update: UpdateSheet, key: str) -> None:
    if st.button(_("Accept the update"), key=f"{key}_accept", type="primary", icon=":material/check:"):
        with attempt():
            left_out = accept_update(desk(), update.id, on=_decided_on(update), token=_token(key))
            if left_out:
                names = "、".join(left_out)
                announce(_("Accepted. Left out, since met or cancelled meanwhile: {names}", names=names))
            else:
                announce(_("Accepted; its new days are the forecasts now."))
            st.rerun()


def _token(key: str) -> str:
    token: str = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    return token


def _return(update: UpdateSheet, key: str) -> None:
    with st.popover(_("Return"), icon=":material/undo:"):
        note = st.text_area(_("What is missing"), key=f"{key}_note", height=80)
        if st.button(_("Return it to its author"), key=f"{key}_return", type="primary"):
            with attempt():
                return_update(desk(), update.id, note, on=_decided_on(update))
                announce(_("Returned."))
                st.rerun()
            problem_beside("decision_note")


def _decided_on(update: UpdateSheet) -> date:
    # On a demonstration's own day, if that is not before the update.
    reported_on: date = update.update["reported_on"]
    return max(default_day(), reported_on)


def _withdraw(update: UpdateSheet, key: str) -> None:
    if update.update["archived_at"]:
        if st.button(_("Restore"), key=f"{key}_restore", icon=":material/unarchive:"):
            with attempt():
                restore_update(desk(), update.id)
                announce(_("Saved."))
                st.rerun()
        return
    # Seldom needed, so it does not stand out beside each update.
    with st.popover(_("Withdraw"), type="tertiary", icon=":material/archive:"):
        st.caption(_("For an update entered in error. The forecasts and risks it brought stay."))
        reason = st.text_input(_("Reason"), key=f"{key}_reason")
        if st.button(_("Withdraw this update"), key=f"{key}_withdraw"):
            with attempt():
                archive_update(desk(), update.id, reason)
                announce(_("Saved."))
                st.rerun()
