"""Overview: the key figures of everything or of one region, what falls due, and each province's row."""

import streamlit as st

from pages.components.context import _, as_of, desk, is_dark, words
from pages.components.curve_chart import region_curve
from pages.components.filters import filter_bar
from pages.components.freshness import offer_refresh
from pages.components.key_figures import figures_of, key_figures, progress_figure, weight_filter
from pages.components.light_mark import light_counts
from pages.components.link import open_page
from pages.components.list_filters import region_filter, wanted
from pages.components.overview_parts import first_steps, province_table, status_counts, week_links
from pages.components.rate_list import rate_list
from tracker.charts.overview import due_chart, status_chart
from tracker.services.figures import Grouping, WeighBy, read_figures, read_region_figures
from tracker.services.lists import has_records, list_weeks_ahead, read_choices

st.title(_("Overview"))
if not has_records(desk()):
    first_steps()
    st.stop()

choices = read_choices(desk())
picked = filter_bar([region_filter(choices)], [weight_filter()])
weigh_by = WeighBy((picked["weigh_by"] or ["equal"])[0])
offer_refresh()
region_id = wanted(picked).region_id
row = read_region_figures(desk(), as_of(), region_id, weigh_by)
key_figures(figures_of(row, as_of()), region_id)
progress_figure(row, weigh_by)
light_counts(row, region=region_id)

left, right = st.columns(2, gap="medium")
with left:
    st.subheader(_("Agreements by status"))
    statuses = status_counts(row)
    if statuses.is_empty():
        st.info(_("No agreement is recorded by this day."))
    else:
        event = st.altair_chart(
            status_chart(statuses, words(), is_dark()),
            key="status_chart",
            on_select="rerun",
            selection_mode=["status"],
        )
        if chosen := event["selection"].get("status"):
            open_page("agreements.py", status=chosen[0]["status"], region=region_id)
        st.caption(_("Click a bar for its agreements."))
weeks, months = list_weeks_ahead(desk(), as_of(), region_id)
with right:
    st.subheader(_("Milestones due"))
    if months.is_empty():
        st.info(_("Nothing is overdue or due in the next 90 days."))
    else:
        st.altair_chart(due_chart(months, words(), is_dark()), key="due_chart")
        week_links(weeks, region_id)

rate_list(row)
region_curve(region_id, choices, weigh_by)
if region_id is None:
    st.subheader(_("By province"))
    province_table(read_figures(desk(), as_of(), Grouping.province, weigh_by))
