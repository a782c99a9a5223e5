"""The heat table on a page: the chart with its pictures, and the same as a table to read and tick."""

from typing import NoReturn

import polars as pl
import streamlit as st

from pages.components.context import _, as_of, is_dark, is_phone, words
from pages.components.light_mark import light_count_columns
from pages.components.link import open_page
from pages.components.looking_back import with_moment
from pages.components.record_table import Column, record_table
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.region_heat import CELL, heat_chart, heat_heading
from tracker.charts.view import ChartView
from tracker.services.region_table import RegionTable


def heat_part(found: RegionTable) -> None:
    """Draw the lights and gaps by region and pillar; a cell opens its projects."""
    if found.cells.is_empty():
        st.info(_("No project is recorded in these regions by this day."))
        return
    said, day = words(), as_of()
    heading = with_moment(heat_heading(found, day, said))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        # In the language of the person who asked: a picture is drawn later, when nobody is known to.
        return heat_chart(found, ChartView(day, *heading, dark=dark, narrow=narrow), said)

    event = st.altair_chart(
        draw(dark=is_dark(), narrow=is_phone()),
        key="region_heat",
        on_select="rerun",
        selection_mode=[CELL],
        alt=heading[0][0],
    )
    if picked := event["selection"].get(CELL):
        _open(int(picked[0]["key"]), int(picked[0]["pillar_id"]))
    st.caption(_("Click a cell for its projects."))
    picture_buttons(lambda: draw(dark=False, narrow=False), day, "regions")
    with st.expander(_("Lights and gaps as a table"), icon=":material/table:"):
        _table(found)


def _table(found: RegionTable) -> None:
    rows = found.cells.with_columns(
        pillar=pl.col("pillar").fill_null(_("All pillars")),
        pillar_en=pl.col("pillar_en").fill_null(_("All pillars")),
        points=(100 * pl.col("gap")).round(1),
    )
    columns = [
        Column("label", _("Region")),
        Column("pillar", _("Pillar")),
        *light_count_columns(),
        Column(
            "points", _("Gap, points"), "number", help=_("Planned minus actual progress; blank: no plan.")
        ),
        Column("covered", _("Projects with a plan"), "number"),
        Column("projects", _("Projects"), "number"),
        Column("is_few", _("Few cases"), "yes"),
    ]
    ticked = record_table(rows, columns, key="region_cells", ticks=True)
    if ticked is not None:
        _open(rows["key"][ticked], rows["pillar_id"][ticked] or 0)


def _open(key: int, pillar_id: int) -> NoReturn:
    open_page("projects.py", region=key, pillar=pillar_id or None)
