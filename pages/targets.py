"""Targets: set how many signings and landings each region is to reach in a year, and see what is reached."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.filters import as_of_picker
from pages.components.looking_back import as_stored_now
from pages.components.target_grid import target_grid, target_table
from pages.components.working_day_table import year_picker
from tracker.services.target import read_targets

st.title(_("Targets"))
st.caption(
    _(
        "Agreements to be signed, and agreements to land with their first project, from 1 January to 31"
        " December. A joint agreement counts in each of its regions, so regions need not add up to the whole."
    )
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    as_of_picker()
    year = year_picker()
as_stored_now(_("Targets"))
sheet = read_targets(desk(), as_of(), year)
if sheet.places.is_empty():
    st.info(_("No region lies wholly in your area, so that there is no target to show."))
    st.stop()
if desk().may("target.write"):
    target_grid(sheet)
else:
    target_table(sheet)
