"""The funnel on a page: each stage by its own n and N, with its picture."""

import streamlit as st

from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.looking_back import with_moment
from pages.components.part_filter import part_name
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.funnel import funnel_chart, funnel_heading
from tracker.charts.view import ChartView
from tracker.services.review import Part, read_funnel


def part_funnel(part: Part) -> None:
    """Draw the funnel of a part; the rates below are the same as a table, with their definitions."""
    stages = read_funnel(desk(), as_of(), part)
    heading = with_moment(funnel_heading(stages, part_name(part), as_of(), words()))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        return funnel_chart(stages, ChartView(as_of(), *heading, dark=dark, narrow=narrow), words())

    st.altair_chart(draw(dark=is_dark(), narrow=is_phone()), key="funnel", alt=heading[0][0])
    if not part.has_counties:
        st.caption(_("Counties belong to a region, not to a pillar or an event: their stages stay out here."))
    picture_buttons(lambda: draw(dark=False, narrow=False), as_of(), "funnel")
