"""A timeline to take along: as a picture, and as a table that keyboards and readers can use."""

from collections.abc import Callable, Iterable
from datetime import date

import streamlit as st

from pages.components.context import _, known_mark
from pages.components.light_mark import light_column
from pages.components.project_peek import open_project
from pages.components.record_table import Column, record_table
from tracker.charts.frame import WholeChart
from tracker.charts.picture import MEDIA_TYPES, Format, file_name, picture, slides
from tracker.errors import N_
from tracker.rules.light import LIGHT_NAMES
from tracker.rules.project import PROJECT_STATE_NAMES
from tracker.services.timeline import TimelineFrames

_KINDS: dict[Format, str] = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}
_STATES = {s.value: name for s, name in PROJECT_STATE_NAMES.items()} | {"no_project": N_("no project yet")}


def picture_buttons(
    draw: Callable[[], WholeChart],
    day: date,
    name: str = "timeline",
    parts: Callable[[], Iterable[WholeChart]] | None = None,
) -> None:
    """Offer the chart that `draw` makes, with light colours, in each format; it is drawn when asked for.

    `name` is what the files are called after, once a page. `parts` makes the same chart in parts that a slide
    has room for.
    """
    with st.container(horizontal=True):
        for kind, label in _KINDS.items():
            st.download_button(
                label,
                data=lambda kind=kind: picture(draw(), kind),  # type: ignore[misc]
                file_name=file_name(name, day, kind, known_mark()),
                mime=MEDIA_TYPES[kind],
                icon=":material/download:",
                key=f"{name}_picture_{kind}",
                on_click="ignore",
                help=_("The chart as a picture, for a slide or a paper."),
            )

        if parts:
            stem = file_name(name, day, "png", known_mark()).removesuffix(".png")
            st.download_button(
                _("Slides"),
                data=lambda: slides(parts(), stem),
                file_name=f"{stem}.zip",
                mime="application/zip",
                icon=":material/slideshow:",
                key=f"{name}_slides",
                on_click="ignore",
                help=_("The rows of this page as pictures that are read from the back of a room."),
            )


def timeline_table(page: TimelineFrames, key: str) -> None:
    """Draw the rows as a table; a ticked row opens its project beside the chart, as a click on it does."""
    rows, then = page.rows, []
    if page.earlier:
        rows = rows.join(page.earlier.rows.drop("project_id"), on="row", how="left", maintain_order="left")
        lights = {light.value: name for light, name in LIGHT_NAMES.items()}
        then = [
            Column("light_then", _("Light then"), names=lights),
            Column("finish_then_on", _("Finish then"), "date"),
            Column("moved_days", _("Days moved since then"), "number"),
        ]
    grouped = [Column("group_name", _("Group"))] if (rows["group_key"] != 0).any() else []
    columns = [
        *grouped,
        Column("province_name", _("Province")),
        Column("county_name", _("County")),
        Column("agreement_number", _("Agreement")),
        Column("project_name", _("Project")),
        Column("pillar_name", _("Pillar")),
        light_column(),
        *then,
        Column("state", _("State"), names=_STATES),
        Column("start_on", _("Start"), "date"),
        Column("finish_on", _("Finish"), "date"),
        Column("progress", _("Actual progress"), "share"),
        Column("planned", _("Planned progress"), "share"),
        Column("slip_original_days", _("Days against the first plan"), "number"),
        Column("slip_current_days", _("Days against the current plan"), "number"),
        Column("baselines", _("Times re-baselined"), "number"),
        Column("ghost_to", _("First planned finish"), "date", shown=False),
        Column("term_end_on", _("The term ends"), "date", shown=False),
        Column("outlives_term", _("Ends after the agreement's term"), "yes", shown=False),
    ]
    record_table(rows, columns, key=key, picks=open_project, id_column="project_id")
