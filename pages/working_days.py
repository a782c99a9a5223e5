"""Working days: see a year's holidays and make-up days and where they come from, and enter one's own days."""

import streamlit as st

from pages.components.calendar_day_form import calendar_day_form
from pages.components.context import _, desk
from pages.components.looking_back import as_stored_now
from pages.components.working_day_table import own_days, working_day_table, year_head, year_picker
from tracker.services.calendar_day import read_calendar_year

st.title(_("Working days"))
st.caption(
    _(
        "Lags of dependencies and slips can be counted in working days. They follow the published holidays"
        " and make-up days, and the organisation's own days before those."
    )
)
as_stored_now(_("Working days"))
year = read_calendar_year(desk(), year_picker())
year_head(year)
if desk().may("calendar.write"):
    with st.expander(_("Add a day of our own"), icon=":material/add:"):
        if calendar_day_form(f"new_day_{year.year}", year.year):
            st.rerun()
own_days(year)
working_day_table(year)
