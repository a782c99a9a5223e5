"""The S-curve on a page, with its figures as a table and its picture to take along."""

import streamlit as st

from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.link import link_to
from pages.components.looking_back import with_moment
from pages.components.record_table import Column, record_table
from pages.components.timeline_export import picture_buttons
from tracker.charts.curve import CURVE_NAMES, curve_chart
from tracker.charts.curve_heading import curve_heading
from tracker.charts.frame import WholeChart
from tracker.charts.view import ChartView
from tracker.services.curve import Curve, Part, WeighBy, read_curve


def curve_part(part: Part, where: str, weigh_by: WeighBy = WeighBy.equal) -> None:
    """Draw the S-curve of `part`, named `where`; say how to get one where no plan is approved."""
    st.subheader(_("Planned and actual progress"))
    day = as_of()
    found = read_curve(desk(), day, part, weigh_by)
    if found.is_empty():
        st.info(_("The curve begins with the first approved plan; no project here has one by this day."))
        if part.project_id is None:
            link_to("projects.py", _("Projects"), icon=":material/account_tree:")
        return
    heading = with_moment(curve_heading(found, where, day, words()))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        return curve_chart(found, ChartView(day, *heading, dark=dark, narrow=narrow), words())

    st.altair_chart(draw(dark=is_dark(), narrow=is_phone()), key="curve", alt=heading[0][0])
    picture_buttons(lambda: draw(dark=False, narrow=False), day, "s-curve")
    with st.expander(_("The curve as a table"), icon=":material/table:"):
        _table(found)


def _table(found: Curve) -> None:
    shares = [Column(name, _(wording), "share") for name, wording in CURVE_NAMES.items()]
    record_table(found.points, [Column("day", _("Date"), "date"), *shares], key="s-curve")
