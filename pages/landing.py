"""Landing: how many of the agreements signed have landed, how soon, and what became of each signing event."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.follow_up import events_compared
from pages.components.freshness import offer_refresh
from pages.components.landing_choice import cohort_kind, cohorts_chosen
from pages.components.landing_table import cohort_agreements, cohort_table
from pages.components.landing_view import landing_curves, landing_figures
from pages.components.link import link_to
from pages.components.overview_parts import first_steps
from pages.components.part_filter import part_filter
from tracker.services.landing import read_landings
from tracker.services.lists import has_records

st.title(_("Landing"))
if not has_records(desk()):
    first_steps()
    st.stop()

part = part_filter()
offer_refresh()
by = cohort_kind()
found = read_landings(desk(), as_of(), by, part)
if found.total.is_empty():
    st.info(_("No agreement here was signed by this day. Choose a later day, or clear the filters."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:")
    st.stop()

landing_figures(found)
if found.is_empty():
    st.info(_("None of the agreements signed belongs to a cohort of this kind. Choose another kind above."))
else:
    chosen = cohorts_chosen(found)
    landing_curves(found, by, chosen, part)
    if chosen:
        st.subheader(_("Agreements of the cohorts chosen"))
        cohort_agreements(by, part, chosen)
    else:
        st.subheader(_("Cohorts"))
        cohort_table(found, by, part)
events_compared(part)
