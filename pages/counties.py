"""Counties: find one by anything people type, see what was signed and done with each; take the list."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.county_columns import contact_filter, county_columns, kind_filter
from pages.components.filters import TEXT, filter_bar
from pages.components.freshness import offer_refresh
from pages.components.list_filters import region_filter
from pages.components.record_table import record_table
from pages.components.text import plain
from tracker.services.county import CountiesWanted, list_counties
from tracker.services.division import registry_version
from tracker.services.lists import read_choices

st.title(_("Counties"))
picked = filter_bar(
    [region_filter(read_choices(desk())), contact_filter()],
    [kind_filter()],
    text=_("Name, former name, code or pinyin"),
)
offer_refresh()
rows, total = list_counties(
    desk(),
    as_of(),
    CountiesWanted(
        region_id=next((int(i) for i in picked["region"]), None),
        kinds=picked["kind"],
        contact=next(iter(picked["contact"]), ""),
    ),
    next(iter(picked[TEXT]), ""),
)
if total == 0:
    st.info(_("On this day there is no county in your area."))
    st.stop()
record_table(rows, county_columns(), key="counties", total=total, opens="county.py")
st.caption(
    _(
        "Those that exist on this day, by the list of {version}. A joint agreement counts in each county.",
        version=plain(registry_version(desk())),
    )
)
