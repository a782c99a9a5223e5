"""Landing on a page: how many landed and how long it took, and the curves with their picture."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components.context import _, as_of, is_dark, is_phone, words
from pages.components.landing_table import steps_table
from pages.components.part_filter import part_name
from pages.components.rate_list import rate_text
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.landing import landing_chart
from tracker.charts.landing_heading import landing_heading
from tracker.charts.view import ChartView
from tracker.rules.landing import months_of
from tracker.rules.rate import RateValue
from tracker.services.landing import Grouping, Landings, Part, drawn_cohorts

_DAYS = ("first_days", "median_days", "third_days")


def landing_figures(found: Landings) -> None:
    """Say how many of all signed agreements have landed, within a year too, and how long that took them."""
    row = found.total.row(0, named=True)
    with st.grid(4, min_column_width=160, border=True) as grid:
        with grid.cell():
            help_ = _("Signed agreements with at least one landed project, of all signed.")
            st.markdown(_("Landing rate"), help=help_)
            st.markdown(f"**{rate_text(RateValue(row['landed'], row['signed'], found.few))}**")
        with grid.cell():
            help_ = _("Landed within 365 days of signing, of those signed at least 365 days ago.")
            st.markdown(_("Landed within a year"), help=help_)
            st.markdown(f"**{rate_text(RateValue(row['year_landed'], row['year_of'], found.few))}**")
        with grid.cell():
            help_ = _(
                "From the last required signature to the last landing gate met of the first landed project;"
                " half of the landed agreements took no longer. A month is 30.44 days."
            )
            st.markdown(_("Time to land, median"), help=help_)
            st.markdown(f"**{_spread(row, found.few)}**")
        with grid.cell():
            help_ = _("Terminated or expired by this day, without a landed project.")
            st.markdown(_("Ended without landing"), help=help_)
            ended = RateValue(row["terminated"] + row["expired"], row["signed"], found.few)
            st.markdown(f"**{rate_text(ended)}**")


def _spread(row: Mapping[str, Any], few: int) -> str:
    """Return median and quartiles of the time to land in months, and of how many agreements."""
    if row["median_days"] is None:
        return "–"
    first, median, third = (words().number(months_of(row[name])) for name in _DAYS)
    told = _(
        "{median} months; the middle half {first} to {third}; N = {number}",
        median=median,
        first=first,
        third=third,
        number=words().number(row["landed"]),
    )
    return told if row["landed"] >= few else _("{rate}, fewer than {few} cases", rate=told, few=few)


def landing_curves(found: Landings, by: Grouping, chosen: list[int], part: Part) -> None:
    """Draw the curves of the cohorts chosen, or of the newest or largest, with pictures to take."""
    said, day, drawn = words(), as_of(), drawn_cohorts(found, by, chosen)
    heading = landing_heading(drawn, part_name(part), day, said)

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        # In the language of the person who asked: a picture is drawn later, when nobody is known to.
        return landing_chart(drawn, ChartView(day, *heading, dark=dark, narrow=narrow), said)

    st.altair_chart(draw(dark=is_dark(), narrow=is_phone()), key="landing", alt=heading[0][0])
    picture_buttons(lambda: draw(dark=False, narrow=False), day, f"landing-{by.value}")
    with st.expander(_("The curves as a table"), icon=":material/table:"):
        steps_table(drawn)
