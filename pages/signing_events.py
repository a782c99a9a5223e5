"""Signing events: which were held, what was signed there and what became of it; add one."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.filters import Period, filter_bar
from pages.components.freshness import offer_refresh
from pages.components.link import open_page
from pages.components.list_filters import region_filter, wanted
from pages.components.record_table import Column, record_table
from pages.components.signing_event_form import signing_event_form
from tracker.services.lists import list_signing_events, read_choices

st.title(_("Signing events"))
held = Period("held", _("Held"))
picked = filter_bar([region_filter(read_choices(desk()))], [held], text=_("Name, place"))
offer_refresh()
if desk().may("signing_event.write"):
    with st.expander(_("Add a signing event"), icon=":material/add:"):
        added = signing_event_form("new_event")
    if added:
        open_page("signing_event.py", id=added)
rows, total = list_signing_events(desk(), as_of(), wanted(picked, held))
if total:
    record_table(
        rows,
        [
            Column("held_on", _("Held on"), "date"),
            Column("name", _("Name")),
            Column("place", _("Place")),
            Column("agreements_signed", _("Agreements signed"), "number"),
            Column("projects", _("Projects"), "number"),
            Column("milestones", _("Milestones"), "number"),
            Column("milestones_met", _("Milestones met"), "number"),
            Column("milestones_overdue", _("Milestones overdue"), "number"),
        ],
        key="signing_events",
        total=total,
        opens="signing_event.py",
    )
else:
    st.info(_("No signing event is recorded by this day. Add one here, or while you log an agreement."))
