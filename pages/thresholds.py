"""Thresholds: see from when lights, states and warnings turn, change them from today on, and see what was."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.filters import as_of_picker
from pages.components.looking_back import as_stored_now
from pages.components.threshold_form import threshold_form
from pages.components.threshold_table import applies_note, threshold_history, threshold_table
from tracker.services.threshold import read_thresholds

st.title(_("Thresholds"))
as_of_picker()
sheet = read_thresholds(desk(), as_of())
threshold_table(sheet)
if desk().may("threshold.write"):
    with st.expander(_("Change the thresholds"), icon=":material/tune:"):
        applies_note(desk().today)
        if threshold_form():
            st.rerun()
as_stored_now(_("Thresholds"))
threshold_history(sheet)
