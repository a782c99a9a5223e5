"""Timeline: each county's terms, projects and milestones against the calendar; click a bar to open it."""

import streamlit as st

from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.filters import change_address, chosen_number
from pages.components.link import link_to
from pages.components.looking_back import with_moment
from pages.components.project_peek import chart_key, open_picked, project_peek
from pages.components.timeline_export import picture_buttons, timeline_table
from pages.components.timeline_filters import (
    bar_colour,
    keep_picked_period,
    period,
    scale,
    timeline_filters,
    view_bar,
    whole_period_button,
)
from tracker.charts.frame import WholeChart
from tracker.charts.picture import SLIDE_WIDTH
from tracker.charts.timeline import timeline_chart
from tracker.charts.timeline_heading import Extent, timeline_heading
from tracker.charts.view import TimelineView
from tracker.charts.year_strip import year_strip_chart
from tracker.services.timeline import TimelineFrames, page_of, read_timeline, slides_of, usual_period

st.title(_("Timeline"))
choice, region, said = timeline_filters()
view_bar()
day = as_of()
timeline = read_timeline(desk(), day, choice, words())
if timeline.frames.is_empty():
    st.info(_("No agreement signed by this day matches. Change the filters or the day, or log an agreement."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:")
    st.stop()

shown = period(usual_period(timeline, day, scale()))
extent = Extent(region, timeline.counties, timeline.agreements, timeline.in_scope, said)
heading = with_moment(timeline_heading(timeline.frames, extent, day, words()))
page = page_of(timeline, number := max(chosen_number("page"), 1))
opened = chosen_number("project")
# Asked here: a picture is drawn later, when neither the address nor the person's language is known.
language, looks = words(), (bar_colour(), scale())


def _view(room: float, *, dark: bool = False, narrow: bool = False) -> TimelineView:
    return TimelineView(*shown, day, *heading, dark, narrow, *looks, room)


def _picture(part: TimelineFrames = page, width: int = 1400) -> WholeChart:
    return timeline_chart(part, _view(width - 20), language)


view = _view(520 if opened else 820, dark=is_dark(), narrow=is_phone())
if not timeline.months.is_empty():
    st.altair_chart(
        year_strip_chart(timeline.months, view, words()),
        key="strip",
        on_select=lambda: keep_picked_period("strip"),
        selection_mode=["period"],
        alt=_("Milestones by month; drag to choose the period shown below"),
    )
    whole_period_button()

chart_side, peek_side = st.columns([2, 1]) if opened else (st.container(), None)
key = chart_key("bars")
with chart_side:
    with st.container(key="timeline"):
        st.altair_chart(
            timeline_chart(page, view, words()),
            key=key,
            on_select=lambda: open_picked(key),
            selection_mode=["pick"],
            alt=heading[0][0],
        )
    if len(timeline.pages) > 1:
        st.pagination(
            len(timeline.pages),
            default=min(number, len(timeline.pages)),
            key="timeline_page",
            on_change=lambda: change_address(page=str(st.session_state["timeline_page"])),
        )
    picture_buttons(_picture, day, parts=lambda: [_picture(p, SLIDE_WIDTH) for p in slides_of(page)])
if peek_side:
    with peek_side:
        project_peek(opened, day)
with st.expander(_("As a table"), icon=":material/table:"):
    timeline_table(page, chart_key(f"timeline_{number}"))
