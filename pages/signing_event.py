"""A signing event: its facts, the agreements signed there and what became of them; correct or withdraw it."""

from typing import TYPE_CHECKING

import streamlit as st

from pages.components.agreement_list import agreement_table
from pages.components.context import _, as_of, desk, record_id, words
from pages.components.feedback import announce, attempt, sentence
from pages.components.filters import as_of_picker
from pages.components.history_table import history_of
from pages.components.link import link_to
from pages.components.milestone_list import milestone_table
from pages.components.signing_event_form import signing_event_form
from pages.components.text import plain
from tracker.errors import NotFound
from tracker.services.division import read_division
from tracker.services.lists import Wanted, list_agreements, list_milestones
from tracker.services.signing_event import (
    archive_signing_event,
    read_signing_event,
    restore_signing_event,
)

if TYPE_CHECKING:
    from db.models.signing_event import SigningEvent


def _facts(event: "SigningEvent") -> None:
    host = ""
    if event.division_id:
        division = read_division(desk(), event.division_id).division
        host = words().name(division.name, division.name_en)
    lines = {_("Held on"): words().long_date(event.held_on), _("Place"): event.place, _("Host"): host}
    st.markdown(" · ".join(f"{label} **{plain(text)}**" for label, text in lines.items() if text))
    if event.note:
        st.text(event.note)


def _change(event: "SigningEvent") -> None:
    if desk().may("signing_event.write") and event.archived_at is None:
        with st.expander(_("Change"), icon=":material/edit:"):
            if signing_event_form("event", event):
                st.rerun()
    if not desk().may("signing_event.archive"):
        return
    if event.archived_at is not None:
        if st.button(_("Restore"), icon=":material/restore_from_trash:"):
            with attempt():
                restore_signing_event(desk(), event.key)
                announce(_("Saved."))
                st.rerun()
        return
    with st.popover(_("Withdraw"), icon=":material/archive:"):
        st.caption(_("For entries made in error. The event leaves every list; it can be restored."))
        reason = st.text_input(_("Reason"), key="archive_reason")
        if st.button(_("Withdraw this event")):
            with attempt():
                archive_signing_event(desk(), event.key, reason)
                announce(_("Saved."))
                st.rerun()


try:
    event = read_signing_event(desk(), record_id() or 0)
except NotFound as error:
    st.warning(sentence(error))
    link_to("signing_events.py", _("Signing events"), icon=":material/event:")
    st.stop()

st.title(plain(event.name))
if event.archived_at is not None:
    st.warning(_("Withdrawn: {reason}", reason=plain(event.archive_reason)), icon=":material/archive:")
as_of_picker()
_facts(event)
agreements, _total = list_agreements(desk(), as_of(), Wanted(event_ids=[event.key]))
milestones, _total = list_milestones(desk(), as_of(), Wanted(event_ids=[event.key]))
st.subheader(_("Agreements of this event"))
if agreements.is_empty():
    st.info(_("No agreement is recorded for this event yet."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:")
else:
    agreement_table(agreements, key="event_agreements")
    st.subheader(_("Milestones of their projects"))
    milestone_table(milestones, key="event_milestones")
_change(event)
history_of("signing_event", event.key)
