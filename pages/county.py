"""A county: its facts and former names, what was signed and done with it, and the meetings; log a meeting."""

import streamlit as st

from pages.components.agreement_list import agreement_table
from pages.components.context import _, as_of, desk, record_id, words
from pages.components.county_facts import county_head
from pages.components.county_meetings import county_meetings
from pages.components.curve_chart import curve_part
from pages.components.feedback import sentence
from pages.components.filters import as_of_picker
from pages.components.freshness import offer_refresh
from pages.components.history_table import history_of
from pages.components.light_mark import light_counts
from pages.components.link import link_to
from pages.components.looking_back import as_stored_now
from pages.components.project_columns import project_columns
from pages.components.record_table import record_table
from tracker.errors import NotFound
from tracker.services.curve import Part
from tracker.services.division import read_division
from tracker.services.figures import read_region_figures
from tracker.services.lists import Wanted, list_agreements
from tracker.services.project_list import list_projects

try:
    sheet = read_division(desk(), record_id() or 0)
except NotFound as error:
    st.title(_("County"))
    st.warning(sentence(error))
    link_to("counties.py", _("Counties"), icon=":material/map:")
    st.stop()

division_id = sheet.division.id
county_head(sheet)
as_of_picker()
offer_refresh()
agreements, _total = list_agreements(desk(), as_of(), Wanted(region_id=division_id))
projects, _total = list_projects(desk(), as_of(), Wanted(region_id=division_id))
st.subheader(_("Agreements"))
if agreements.is_empty():
    st.info(_("No agreement is recorded with this county by this day."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:", division=division_id)
else:
    agreement_table(agreements, key="county_agreements")
st.subheader(_("Projects"))
if projects.is_empty():
    st.info(_("No project is recorded in this county by this day."))
else:
    light_counts(read_region_figures(desk(), as_of(), division_id), county=division_id)
    label = _("All {count}", count=words().number(projects.height))
    link_to("projects.py", label, icon=":material/list:", county=division_id)
    record_table(projects, project_columns(), key="county_projects", opens="project.py")
    name = words().name(sheet.division.name, sheet.division.name_en)
    curve_part(Part(region_id=division_id), name)
as_stored_now(_("Meetings"))
county_meetings(division_id)
history_of("division", division_id)
