"""Milestones: what is due, overdue or met, in one list."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.filters import Period, filter_bar
from pages.components.freshness import offer_refresh
from pages.components.link import link_to
from pages.components.list_filters import (
    event_filter,
    lapsed_filter,
    milestone_state_filter,
    owner_filter,
    pillar_filter,
    region_filter,
    wanted,
)
from pages.components.milestone_list import milestone_table
from tracker.services.lists import list_milestones, read_choices

st.title(_("Milestones"))
choices = read_choices(desk())
due = Period("due", _("Due"))
picked = filter_bar(
    [region_filter(choices), milestone_state_filter()],
    [lapsed_filter(), pillar_filter(choices), event_filter(choices), owner_filter(choices), due],
    text=_("Milestone, project, county"),
)
offer_refresh()
rows, total = list_milestones(desk(), as_of(), wanted(picked, due))
if total:
    milestone_table(rows, key="milestones", total=total)
else:
    st.info(_("No project has milestones by this day. Open a project and give it a plan."))
    link_to("projects.py", _("Projects"), icon=":material/account_tree:")
