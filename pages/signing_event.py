"""A signing event: its facts, the agreements signed there and what became of them; correct or withdraw it."""

import streamlit as st

from pages.components.agreement_list import agreement_table
from pages.components.context import _, as_of, desk, record_id
from pages.components.curve_chart import curve_part
from pages.components.feedback import sentence
from pages.components.filters import as_of_picker
from pages.components.follow_up import event_follow_up
from pages.components.history_table import history_of
from pages.components.link import link_to
from pages.components.looking_back import as_stored_now
from pages.components.milestone_list import milestone_table
from pages.components.signing_event_facts import correct_event, event_facts
from pages.components.text import plain
from tracker.errors import NotFound
from tracker.services.curve import Part
from tracker.services.lists import Wanted, list_agreements, list_milestones
from tracker.services.signing_event import read_signing_event

try:
    event = read_signing_event(desk(), record_id() or 0)
except NotFound as error:
    st.title(_("Signing event"))
    st.error(sentence(error))
    link_to("signing_events.py", _("Signing events"), icon=":material/event:")
    st.stop()

st.title(plain(event.name))
as_of_picker()
as_stored_now(_("Name, day, place, host and note"))
event_facts(event, as_of())
event_follow_up(event.key)
agreements, _total = list_agreements(desk(), as_of(), Wanted(event_ids=[event.key]))
st.subheader(_("Agreements of this event"))
if agreements.is_empty():
    st.info(_("No agreement is recorded for this event by this day."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:", event=event.key)
else:
    agreement_table(agreements, key="event_agreements")
    milestones, _total = list_milestones(desk(), as_of(), Wanted(event_ids=[event.key]))
    st.subheader(_("Milestones of their projects"))
    milestone_table(milestones, key="event_milestones")
    curve_part(Part(event_id=event.key), event.name)
correct_event(event)
history_of("signing_event", event.key)
