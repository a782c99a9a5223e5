"""The S-curve on a page, with its figures as a table and its picture to take along."""

from collections.abc import Mapping

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.filters import change_address
from pages.components.link import link_to
from pages.components.list_filters import pillar_filter, region_names
from pages.components.looking_back import with_moment
from pages.components.record_table import Column, record_table
from pages.components.timeline_export import picture_buttons
from tracker.charts.curve import CURVE_NAMES, curve_chart
from tracker.charts.curve_heading import curve_heading
from tracker.charts.frame import WholeChart
from tracker.charts.view import ChartView
from tracker.services.curve import Curve, Part, WeighBy, read_curve
from tracker.services.lists import Choices

_PILLAR = "pillar"


def region_curve(region_id: int | None, choices: Choices, weigh_by: WeighBy) -> None:
    """Draw the S-curve of a region, or of all of them for None, of all pillars or the one in the address."""
    st.subheader(_("Planned and actual progress"))
    pillars = pillar_filter(choices).choices
    pillar = _pillar_choice(pillars)
    where = region_names(choices).get(str(region_id)) or _("All regions")
    part = Part(region_id=region_id, pillar_id=int(pillar) if pillar else None)
    _drawn(part, f"{where} · {pillars[pillar]}" if pillar else where, weigh_by)


def curve_part(part: Part, where: str) -> None:
    """Draw the S-curve of `part`, named `where`; say how to get one where no plan is approved."""
    st.subheader(_("Planned and actual progress"))
    _drawn(part, where, WeighBy.equal)


def _pillar_choice(pillars: Mapping[str, str]) -> str | None:
    """Draw the choice of a pillar for the curve alone and return the one in the address, if there is one."""
    asked = parameter(_PILLAR)
    key = "curve_pillar"
    st.session_state[key] = asked if asked in pillars else None
    st.selectbox(
        _("Pillar"),
        list(pillars),
        index=None,
        key=key,
        format_func=pillars.__getitem__,
        placeholder=_("All"),
        width=220,
        on_change=lambda: change_address(**{_PILLAR: st.session_state[key]}),
    )
    return asked if asked in pillars else None


def _drawn(part: Part, where: str, weigh_by: WeighBy) -> None:
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
