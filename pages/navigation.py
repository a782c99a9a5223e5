"""The script of the app: the table of pages, what stands on every page, and the page asked for."""

import streamlit as st

from pages.components.address import stand_on
from pages.components.chrome import draw_chrome
from pages.components.context import _, carry_day
from pages.components.saved_view_address import open_saved_view
from pages.components.saved_views import saved_views

st.set_page_config(page_title=_("County partnership tracker"), page_icon="🤝", layout="wide")

SECTIONS = {
    _("Review"): [
        st.Page("overview.py", title=_("Overview"), icon=":material/dashboard:", default=True),
        st.Page("timeline.py", title=_("Timeline"), icon=":material/view_timeline:", url_path="timeline"),
        st.Page("regions.py", title=_("Regions"), icon=":material/grid_on:", url_path="regions"),
        st.Page("landing.py", title=_("Landing"), icon=":material/flight_land:", url_path="landing"),
        st.Page(
            "due_calendar.py", title=_("Calendar"), icon=":material/calendar_view_month:", url_path="calendar"
        ),
        st.Page(
            "pushed_out.py", title=_("Pushed out"), icon=":material/event_upcoming:", url_path="pushed-out"
        ),
        st.Page("what_if.py", title=_("What if"), icon=":material/psychology_alt:", url_path="what-if"),
        st.Page("restatement.py", title=_("Then and now"), icon=":material/compare_arrows:", url_path="then"),
        st.Page("months.py", title=_("Closed months"), icon=":material/lock_clock:", url_path="months"),
        st.Page("briefing.py", title=_("Briefing"), icon=":material/summarize:", url_path="briefing"),
    ],
    _("Work"): [
        st.Page("attention.py", title=_("Attention"), icon=":material/inbox:", url_path="attention"),
        st.Page("log.py", title=_("Log an agreement"), icon=":material/edit_square:", url_path="log"),
        st.Page("agreements.py", title=_("Agreements"), icon=":material/handshake:", url_path="agreements"),
        st.Page("agreement.py", title=_("Agreement"), url_path="agreement", visibility="hidden"),
        st.Page("projects.py", title=_("Projects"), icon=":material/account_tree:", url_path="projects"),
        st.Page("project.py", title=_("Project"), url_path="project", visibility="hidden"),
        st.Page("milestones.py", title=_("Milestones"), icon=":material/flag:", url_path="milestones"),
        st.Page("counties.py", title=_("Counties"), icon=":material/map:", url_path="counties"),
        st.Page("county.py", title=_("County"), url_path="county", visibility="hidden"),
        st.Page("signing_events.py", title=_("Signing events"), icon=":material/event:", url_path="events"),
        st.Page("signing_event.py", title=_("Signing event"), url_path="event", visibility="hidden"),
    ],
    _("Administer"): [
        st.Page("history.py", title=_("History"), icon=":material/history:", url_path="history"),
        st.Page(
            "plan_templates.py", title=_("Plan templates"), icon=":material/checklist:", url_path="templates"
        ),
        st.Page(
            "sales_regions.py",
            title=_("Sales regions"),
            icon=":material/share_location:",
            url_path="sales-regions",
        ),
        st.Page("targets.py", title=_("Targets"), icon=":material/track_changes:", url_path="targets"),
        st.Page(
            "working_days.py",
            title=_("Working days"),
            icon=":material/calendar_month:",
            url_path="working-days",
        ),
        st.Page("thresholds.py", title=_("Thresholds"), icon=":material/tune:", url_path="thresholds"),
        st.Page("search.py", title=_("Search"), url_path="search", visibility="hidden"),
    ],
}

# A folded list would say "View more" in English.
page = st.navigation(SECTIONS, expanded=True)
if is_other := stand_on(page.url_path):
    carry_day()
open_saved_view(
    page.url_path, {one.url_path: one for pages in SECTIONS.values() for one in pages}, arrived=is_other
)
draw_chrome()
saved_views(page.url_path)
page.run()
