"""Landing on a page: how many landed and how long it took, and the curves with their picture."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components.context import _, as_of, is_dark, is_phone, words
from pages.components.landing_table import steps_table
from pages.components.part_filter import part_name
from pages.components.rate_list import rate_help
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.landing import landing_chart
from tracker.charts.landing_heading import landing_heading
from tracker.charts.view import ChartView
from tracker.rules.landing import months_of
from tracker.rules.rate import RATES, RateValue
from tracker.services.landing import Grouping, Landings, Part, drawn_cohorts

_LANDING = next(rate for rate in RATES if rate.key == "landing")
_DAYS = ("first_days", "median_days", "third_days")


def landing_figures(found: Landings) -> None:
    """Say how many of all signed agreements have landed, within a year too, and how long that took them."""
    row, few = found.total.row(0, named=True), found.few
    with st.grid(4, min_column_width=160, border=True) as grid:
        with grid.cell():
            st.markdown(_(_LANDING.name), help=rate_help(_LANDING))
            _rate(RateValue(row["landed"], row["signed"], few))
        with grid.cell():
            help_ = _("Landed within 365 days of signing, of those signed at least 365 days ago.")
            st.markdown(_("Landed within a year"), help=help_)
            _rate(RateValue(row["year_landed"], row["year_of"], few))
        with grid.cell():
            help_ = _(
                "From the last required signature to the last landing gate met of the first landed project;"
                " half of the landed agreements took no longer. A month is 30.44 days."
            )
            st.markdown(_("Median months to land"), help=help_)
            _time_to_land(row, few)
        with grid.cell():
            help_ = _("Terminated or expired by this day, without a landed project.")
            st.markdown(_("Ended without landing"), help=help_)
            _rate(RateValue(row["terminated"] + row["expired"], row["signed"], few))


def _rate(value: RateValue) -> None:
    """Draw n/N as the figure and its share below, marked where N is small; nothing where it is 0."""
    _figure(words().ratio(value.n, value.of) if value.of else "–")
    if value.of:
        st.caption(_few(words().percent(value.share), value.is_few, value.few))


def _time_to_land(row: Mapping[str, Any], few: int) -> None:
    """Draw the median in months, and below it the quartiles and of how many agreements."""
    if row["median_days"] is None:
        _figure("–")
        return
    first, median, third = (words().number(months_of(row[name])) for name in _DAYS)
    _figure(median)
    spread = _(
        "middle half {first}–{third}; N = {number}",
        first=first,
        third=third,
        number=words().number(row["landed"]),
    )
    st.caption(_few(spread, row["landed"] < few, few))


def _figure(text: str) -> None:
    st.metric(text, text, label_visibility="collapsed")


def _few(told: str, is_few: bool, few: int) -> str:
    return _("{rate}, fewer than {few} cases", rate=told, few=few) if is_few else told


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
