"""The milestone trend on a page, with its lines as a table and its picture to take along."""

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.filters import change_address
from pages.components.looking_back import with_moment
from pages.components.record_table import Column, record_table
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.trend import trend_chart
from tracker.charts.trend_heading import trend_heading
from tracker.charts.view import ChartView
from tracker.services.trend import Part, Trend, drawn, read_trend

# As many lines as can be told apart by hue and dash.
_MOST = 12
_TREND, _ALL = "trend", "all"


def trend_part(part: Part, where: str) -> None:
    """Draw the trend of the milestones of `part`, named `where`: all of them, or those that matter most."""
    st.subheader(_("Milestone trend"))
    day = as_of()
    whole = read_trend(desk(), day, part)
    if whole.is_empty():
        st.info(
            _("The trend begins with the first approved plan; every forecast moved after it is drawn on.")
        )
        return
    shown = whole if parameter(_TREND) == _ALL else drawn(whole, _MOST)
    heading = with_moment(trend_heading(whole, shown.milestones.height, where, day, words()))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        return trend_chart(shown, ChartView(day, *heading, dark=dark, narrow=narrow), words())

    st.altair_chart(draw(dark=is_dark(), narrow=is_phone()), key="trend", alt=heading[0][0])
    with st.container(horizontal=True):
        _how_many(whole, shown)
        picture_buttons(lambda: draw(dark=False, narrow=False), day, "milestone-trend")
    with st.expander(_("The trend as a table"), icon=":material/table:"):
        _table(whole)


def _how_many(whole: Trend, shown: Trend) -> None:
    """Offer all lines where some are left out, and the few again where all are drawn."""
    lines = whole.milestones.height
    if lines <= _MOST:
        return
    if shown.milestones.height < lines:
        label, wanted = _("Draw all {number} milestones", number=words().number(lines)), _ALL
    else:
        label, wanted = _("Draw the {number} that matter most", number=_MOST), None
    st.button(label, key="trend_lines", on_click=lambda: change_address(**{_TREND: wanted}))


def _table(whole: Trend) -> None:
    columns = [
        Column("project_name", _("Project")),
        Column("name", _("Milestone")),
        Column("first_on", _("First expected"), "date"),
        Column("last_on", _("Expected now, or met"), "date"),
        Column("moved_days", _("Days moved in all"), "number"),
        Column("moves", _("Times moved"), "number"),
        Column("met_on", _("Met on"), "date"),
    ]
    record_table(whole.milestones, columns, key="milestone-trend")
