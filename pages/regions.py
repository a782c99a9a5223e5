"""Regions side by side: lights and gaps by pillar, targets, and the ranking with its arithmetic."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.freshness import offer_refresh
from pages.components.link import link_to
from pages.components.overview_parts import first_steps
from pages.components.region_choice import province_chosen, region_kind
from pages.components.region_heat import heat_part
from pages.components.region_ranking import ranking_part
from pages.components.region_target import targets_part
from tracker.services.lists import has_records
from tracker.services.region_table import Grouping, read_region_table

st.title(_("Regions"))
if not has_records(desk()):
    first_steps()
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    by = region_kind()
    province = province_chosen() if by is Grouping.prefecture else None
offer_refresh()
if by is Grouping.prefecture and province is None:
    st.info(_("Choose a province to see its prefectures."))
    st.stop()
found = read_region_table(desk(), as_of(), by, province)
if found.rows.is_empty():
    st.info(_("No region of this kind is defined yet."))
    link_to("sales_regions.py", _("Sales regions"), icon=":material/share_location:")
    st.stop()

heat_part(found)
ranking_part(found)
targets_part(found)
