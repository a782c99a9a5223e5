"""Agreements: find one, narrow the list, take it away as a file."""

import streamlit as st

from pages.components.agreement_list import agreement_table
from pages.components.context import _, as_of, desk
from pages.components.filters import Period, filter_bar
from pages.components.freshness import offer_refresh
from pages.components.link import link_to
from pages.components.list_filters import (
    decision_filter,
    event_filter,
    kind_filter,
    owner_filter,
    pillar_filter,
    region_filter,
    signed_filter,
    status_filter,
    wanted,
)
from tracker.services.lists import list_agreements, read_choices

st.title(_("Agreements"))
choices = read_choices(desk())
signing = Period("signing", _("Signed"))
picked = filter_bar(
    [region_filter(choices), status_filter()],
    [
        signed_filter(),
        pillar_filter(choices),
        kind_filter(),
        event_filter(choices),
        owner_filter(choices),
        signing,
        decision_filter(),
    ],
    text=_("Number, title, county, partner"),
)
offer_refresh()
rows, total = list_agreements(desk(), as_of(), wanted(picked, signing))
if total:
    agreement_table(rows, key="agreements", total=total)
else:
    st.info(_("No agreement is recorded by this day."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:")
