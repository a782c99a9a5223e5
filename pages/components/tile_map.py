"""The map of the provinces on a page: the choice of its measure, a click that narrows, and its picture."""

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.filters import change_address
from pages.components.looking_back import with_moment
from pages.components.part_filter import part_name
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.tile_map import TILE, tile_chart
from tracker.charts.tile_map_heading import tile_heading
from tracker.charts.view import ChartView
from tracker.rules.tile_measure import MEASURE_NAMES, TileMeasure
from tracker.services.review import Part, read_tile_map

_MEASURE = "measure"
_KEY = "tile_measure"


def province_map(part: Part) -> None:
    """Draw the provinces of a part as tiles; a click narrows the page to the province."""
    measure = _measure()
    found = read_tile_map(desk(), as_of(), part, measure)
    if found.is_empty():
        st.info(_("No province has anything to show here by this day. Another measure or day may."))
        return
    heading = with_moment(tile_heading(found, part_name(part), as_of(), words()))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        return tile_chart(found, ChartView(as_of(), *heading, dark=dark, narrow=narrow), words())

    event = st.altair_chart(
        draw(dark=is_dark(), narrow=is_phone()),
        # Another part is another widget, so that a tile can be clicked again after coming back.
        key=f"tile_map_{part}",
        on_select="rerun",
        selection_mode=[TILE],
        alt=heading[0][0],
    )
    st.caption(_("Click a province to look at it alone; the table of provinces below says the same."))
    picture_buttons(lambda: draw(dark=False, narrow=False), as_of(), "provinces")
    if chosen := event["selection"].get(TILE):
        change_address(region=str(chosen[0]["division_id"]))
        st.rerun()


def _measure() -> TileMeasure:
    """Draw the choice of the measure and return it: the one in the address, or the landing rate."""
    asked = parameter(_MEASURE)
    chosen = TileMeasure(asked) if asked in {m.value for m in TileMeasure} else TileMeasure.landing
    st.session_state[_KEY] = chosen.value
    st.segmented_control(
        _("Shown on the map"),
        [measure.value for measure in TileMeasure],
        format_func=lambda value: _(MEASURE_NAMES[TileMeasure(value)]),
        key=_KEY,
        required=True,
        wrap=True,
        on_change=lambda: change_address(**{_MEASURE: st.session_state[_KEY]}),
    )
    return chosen
