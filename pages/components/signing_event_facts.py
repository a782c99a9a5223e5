"""A signing event's facts and what became of it, and the ways to correct or withdraw it."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt
from pages.components.signing_event_form import signing_event_form
from pages.components.text import plain
from tracker.services.division import read_division
from tracker.services.figures import Grouping, read_figures
from tracker.services.signing_event import archive_signing_event, restore_signing_event

if TYPE_CHECKING:
    from db.models.signing_event import SigningEvent


def event_facts(event: "SigningEvent", day: date) -> None:
    """Draw what was recorded about the event, and the figures of what was signed there by `day`."""
    if event.archived_at is not None:
        st.warning(_("Withdrawn: {reason}", reason=plain(event.archive_reason)), icon=":material/archive:")
    host = ""
    if event.division_id:
        division = read_division(desk(), event.division_id).division
        host = words().name(division.name, division.name_en)
    lines = {_("Held on"): words().long_date(event.held_on), _("Place"): event.place, _("Host"): host}
    st.markdown(" · ".join(f"{label} **{plain(text)}**" for label, text in lines.items() if text))
    if event.note:
        st.text(event.note)
    rows = read_figures(desk(), day, Grouping.event).filter(pl.col("key") == event.key)
    if rows.is_empty():
        return
    counts = rows.row(0, named=True)
    with st.grid(4, min_column_width=150, border=True):
        st.metric(_("Agreements signed"), counts["agreements_signed"])
        st.metric(_("Projects"), counts["projects"])
        st.metric(_("Milestones met"), words().ratio(counts["milestones_met"], counts["milestones"]))
        st.metric(_("Milestones overdue"), counts["milestones_overdue"])


def correct_event(event: "SigningEvent") -> None:
    """Draw the form and the buttons that the person's role and the event's state allow."""
    if desk().may("signing_event.write") and event.archived_at is None:
        with st.expander(_("Change"), icon=":material/edit:"):
            if signing_event_form("event", event):
                st.rerun()
    if desk().may("signing_event.archive"):
        _restore(event) if event.archived_at is not None else _withdraw(event)


def _restore(event: "SigningEvent") -> None:
    if st.button(_("Restore"), icon=":material/restore_from_trash:", key="restore_event"):
        with attempt():
            restore_signing_event(desk(), event.key)
            announce(_("Saved."))
            st.rerun()


def _withdraw(event: "SigningEvent") -> None:
    with st.popover(_("Withdraw"), icon=":material/archive:"):
        st.caption(_("For entries made in error. The event leaves every list; it can be restored."))
        reason = st.text_input(_("Reason"), key="archive_reason")
        if st.button(_("Withdraw this event"), key="withdraw_event"):
            with attempt():
                archive_signing_event(desk(), event.key, reason)
                announce(_("Saved."))
                st.rerun()
