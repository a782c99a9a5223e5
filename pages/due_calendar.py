"""Calendar: what falls due where and when, who has how much to do, and which terms end."""

import streamlit as st

from pages.components.context import _, desk
from pages.components.expiry_view import expiry_calendar
from pages.components.freshness import offer_refresh
from pages.components.month_heat import month_heat
from pages.components.overview_parts import first_steps
from pages.components.part_filter import part_filter
from pages.components.sections import section
from pages.components.workload_view import workload_view
from tracker.services.lists import has_records

st.title(_("Calendar"))
if not has_records(desk()):
    first_steps()
    st.stop()

part = part_filter()
offer_refresh()
shown = section({"due": _("Milestones due"), "workload": _("Workload"), "expiry": _("Expiry and decisions")})
if shown == "due":
    month_heat(part)
elif shown == "workload":
    workload_view(part)
else:
    expiry_calendar(part)
