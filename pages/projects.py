"""Projects: find them by text, place, light, state, pillar, unit or owner; open one, or take the list."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.filters import filter_bar
from pages.components.light_mark import light_filter
from pages.components.link import link_to
from pages.components.list_filters import event_filter, owner_filter, pillar_filter, region_filter, wanted
from pages.components.project_columns import (
    county_filter,
    project_columns,
    project_state_filter,
    template_filter,
    term_filter,
    unit_filter,
)
from pages.components.record_table import record_table
from tracker.services.lists import read_choices
from tracker.services.project_list import list_projects, project_choices

st.title(_("Projects"))
choices, own = read_choices(desk()), project_choices(desk())
picked = filter_bar(
    [region_filter(choices), light_filter(), project_state_filter(), pillar_filter(choices)],
    [
        county_filter(own),
        unit_filter(own),
        owner_filter(choices),
        template_filter(own),
        event_filter(choices),
        term_filter(),
    ],
    text=_("Name, county, agreement, owner"),
)
rows, total = list_projects(
    desk(),
    as_of(),
    wanted(picked),
    county_ids=[int(i) for i in picked["county"]],
    unit_ids=[int(i) for i in picked["unit"]],
    template_ids=[int(i) for i in picked["template"]],
    lights=picked["light"],
    in_conflict=bool(picked["term"]),
)
if total == 0:
    st.info(_("No project yet. A project begins with an agreement: log one, and give it a plan template."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:")
    link_to("agreements.py", _("Agreements"), icon=":material/handshake:")
    st.stop()
record_table(rows, project_columns(), key="projects", total=total, opens="project.py")
