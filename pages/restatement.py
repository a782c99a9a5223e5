"""Then and now: the figures of a day as they were known at a moment beside those known now, explained."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.filters import filter_bar
from pages.components.list_filters import region_filter, wanted
from pages.components.looking_back import is_looking_back
from pages.components.restatement_view import restatement_tables
from tracker.services.lists import read_choices
from tracker.services.restatement import restate

st.title(_("Then and now"))
picked = filter_bar([region_filter(read_choices(desk()))])
if not is_looking_back():
    st.info(
        _(
            "Choose an earlier moment in the sidebar. This page then shows which figures of the chosen day"
            " were known differently, and every fact that was recorded since."
        ),
        icon=":material/history_toggle_off:",
    )
    st.stop()
restatement_tables(restate(desk(), as_of(), wanted(picked).region_id), key="restatement")
