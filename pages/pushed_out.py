"""Pushed out: what was expected in a month or quarter when it began, and has been put off beyond it since."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.filters import filter_bar
from pages.components.freshness import offer_refresh
from pages.components.list_filters import region_filter, wanted
from pages.components.period_choice import period_choice
from pages.components.pushed_table import pushed_table, reason_counts
from tracker.services.lists import list_pushed_out, read_choices

st.title(_("Pushed out"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    period, first, last = period_choice()
    picked = filter_bar([region_filter(read_choices(desk()))])
offer_refresh()
found = list_pushed_out(desk(), (first, last), as_of(), wanted(picked).region_id)
st.caption(
    _(
        "Milestones that stood between {first} and {last} when the period began, and are expected after it as"
        " of {day}: put off by a forecast or a re-baseline. What merely went by is overdue, and not here.",
        first=first,
        last=last,
        day=as_of(),
    )
)
if as_of() < first:
    st.info(_("This period has not begun on the day looked at."))
elif found.rows.is_empty():
    st.success(
        _("Nothing of {total} was pushed out of {period}.", total=found.stood, period=period),
        icon=":material/check_circle:",
    )
else:
    reason_counts(found, period)
    pushed_table(found.rows, f"pushed-out-{period}")
