"""A briefing on its page: the documents to take along, and a preview of the figures and sentences in them."""

import polars as pl
import streamlit as st

from pages.components.context import _, desk
from pages.components.text import plain
from tracker.exchange.paper import Section, Table
from tracker.i18n import Words
from tracker.services.briefing import Briefing
from tracker.services.briefing_file import (
    FORMATS,
    MEDIA_TYPES,
    Format,
    briefing_file_name,
    make_briefing,
    preview_briefing,
)

# Of a row with reasons, so many columns name it; the others are sentences, which a table would cut off.
_NAMING = 4
_LABELS: dict[Format, str] = {"docx": "Word", "pdf": "PDF", "pptx": "PowerPoint"}


def briefing_buttons(told: Briefing, said: Words) -> None:
    """Offer the documents; each is made when it is asked for, which takes some seconds."""
    here = desk()
    with st.container(horizontal=True, vertical_alignment="center"):
        for kind in FORMATS:
            st.download_button(
                _LABELS[kind],
                # Made later, when nobody is known to ask: so with this desk and in these words.
                data=lambda kind=kind: make_briefing(here, told, [kind], said)[kind],  # type: ignore[misc]
                file_name=briefing_file_name(here, told, kind, said),
                mime=MEDIA_TYPES[kind],
                icon=":material/download:",
                key=f"briefing_{kind}",
                on_click="ignore",
                type="primary" if kind == "docx" else "secondary",
            )
        st.caption(_("Made when you ask for it, with charts: that takes some seconds."))


def briefing_view(told: Briefing, said: Words) -> None:
    """Draw what the document says, in its language and without its charts."""
    paper = preview_briefing(desk(), told, said)
    st.subheader(plain(paper.title))
    st.caption("  \n".join(plain(line) for line in paper.lines))
    for number, section in enumerate(paper.sections):
        # Charts are drawn for the documents alone; a section of nothing else would stand here empty.
        if section.sentences or section.tables or section.listings:
            _section(section, number)
    with st.expander(paper.definitions.heading, icon=":material/menu_book:"):
        _body(paper.definitions, "definitions")


def _section(section: Section, number: int) -> None:
    st.markdown(f"#### {plain(section.heading)}")
    _body(section, str(number))


def _body(section: Section, key: str) -> None:
    if section.sentences:
        st.markdown("  \n".join(plain(sentence) for sentence in section.sentences))
    for listing in section.listings:
        st.markdown(
            "\n".join([f"**{plain(listing.title)}**", *(f"- {plain(line)}" for line in listing.lines)])
        )
        if listing.rest:
            st.caption(plain(listing.rest))
    for number, table in enumerate(section.tables):
        if table.title:
            st.markdown(f"**{plain(table.title)}**")
        _table(table, f"briefing_{key}_{number}")
        if table.rest:
            st.caption(plain(table.rest))


def _table(table: Table, key: str) -> None:
    """Draw a table of texts; headings may be alike, so that columns go by number."""
    if table.lights and len(table.columns) > _NAMING:
        _entries(table)
        return
    names = [str(number) for number in range(len(table.columns))]
    frame = pl.DataFrame(list(table.rows), schema=dict.fromkeys(names, pl.String), orient="row")
    st.dataframe(
        frame,
        key=key,
        height="content",
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(column.head, alignment="right" if column.is_number else None)
            for name, column in zip(names, table.columns, strict=True)
        },
    )


def _entries(table: Table) -> None:
    """Draw each row as a paragraph: what it is about, then its sentences under their heads."""
    told = []
    for row in table.rows:
        names = [plain(text) for text in row[:_NAMING] if text]
        lines = ["**" + " · ".join(names) + "**"]
        for column, text in zip(table.columns[_NAMING:], row[_NAMING:], strict=True):
            lines += [f":small[{plain(column.head)}: {plain(text)}]"] if text else []
        told.append("  \n".join(lines))
    st.markdown("\n\n".join(told))
