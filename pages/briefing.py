"""Briefing: the review of a part of the work and a month as one document or deck, and what it will say."""

import streamlit as st

from pages.components.briefing_choice import county_choice, language_choice, month_choice
from pages.components.briefing_view import briefing_buttons, briefing_view
from pages.components.context import _, as_of, desk
from pages.components.freshness import offer_refresh
from pages.components.overview_parts import first_steps
from pages.components.part_filter import part_filter
from tracker.services.briefing import read_briefing
from tracker.services.lists import has_records

st.title(_("Briefing"))
if not has_records(desk()):
    first_steps()
    st.stop()

part = part_filter()
with st.container(horizontal=True, vertical_alignment="bottom"):
    part = county_choice(part)
    month_on = month_choice()
    said = language_choice()
offer_refresh()
told = read_briefing(desk(), part, month_on, as_of())
briefing_buttons(told, said)
briefing_view(told, said)
