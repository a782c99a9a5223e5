"""Overview: the answer in one line, the key figures, what changed, the map, the funnel and the S-curve."""

import streamlit as st

from pages.components.change_list import change_list
from pages.components.context import _, as_of, desk
from pages.components.curve_chart import curve_part
from pages.components.filters import chosen
from pages.components.freshness import offer_refresh
from pages.components.funnel import part_funnel
from pages.components.key_figures import Past, figures_of, key_figures, progress_figure, weight_filter
from pages.components.light_mark import light_counts
from pages.components.overview_parts import (
    due_part,
    finding,
    first_steps,
    part_links,
    province_table,
    status_part,
)
from pages.components.part_filter import part_address, part_filter, part_name, since_day
from pages.components.rate_list import rate_list
from pages.components.tile_map import province_map
from tracker.services.lists import has_records
from tracker.services.review import (
    WeighBy,
    is_division,
    read_part_figures,
    read_part_series,
    read_province_figures,
)
from tracker.services.review_change import read_changes
from tracker.services.target import read_attainment

st.title(_("Overview"))
if not has_records(desk()):
    first_steps()
    st.stop()

part = part_filter([weight_filter()], compared=True)
since = since_day()
offer_refresh()
weigh_by = WeighBy.amount if WeighBy.amount.value in chosen("weigh_by") else WeighBy.equal
row = read_part_figures(desk(), as_of(), part, weigh_by)
changes = read_changes(desk(), since, as_of(), part)
finding(row, changes, since)
part_links(part)
past = Past(
    since,
    read_part_figures(desk(), since, part),
    read_part_series(desk(), as_of(), part),
    read_attainment(desk(), as_of(), part),
)
key_figures(figures_of(row, as_of()), part, past)
progress_figure(row, weigh_by)
light_counts(row, **part_address(part))
change_list(changes, since, part)

with st.grid(5, min_column_width=150, gap="medium") as grid:
    with grid.cell(column_span=3):
        st.subheader(_("Where it stands"))
        province_map(part)
    with grid.cell(column_span=2):
        st.subheader(_("From contact to going live"))
        part_funnel(part)
curve_part(part, part_name(part), weigh_by)
with st.grid(2, min_column_width=400, gap="medium") as grid:
    with grid.cell():
        status_part(row, part)
    with grid.cell():
        due_part(part)
rate_list(row)
if not is_division(part.region_id):
    st.subheader(_("By province"))
    province_table(read_province_figures(desk(), as_of(), part, weigh_by))
