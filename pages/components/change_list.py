"""What changed since the day compared with: sentences to read aloud, each leading to its record."""

from datetime import date
from typing import Any, Final

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, words
from pages.components.link import link_to
from pages.components.part_filter import SINCE, part_address
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.rules.review_change import CHANGE_DEFINITIONS, CHANGE_NAMES, ChangeKind, change_sentence
from tracker.services.review import Part

CHANGED = "changed"
# Of each kind: the page is one glance, and the list of all is one step away.
_SHOWN: Final = 3
_RECORDS: Final = {
    ChangeKind.signed: ("agreement.py", "agreement_id"),
    ChangeKind.terminated: ("agreement.py", "agreement_id"),
    ChangeKind.expired: ("agreement.py", "agreement_id"),
}
_OF_PROJECT: Final = ("project.py", "project_id")


def change_list(rows: pl.DataFrame, since: date, part: Part) -> None:
    """Draw the changes by kind, a few of each, or all of the one kind that the address asks for."""
    st.subheader(_("What changed since {day}", day=words().long_date(since)))
    if rows.is_empty():
        st.info(_("Nothing was signed, landed, put off or ended since then, and no light turned."))
        return
    groups = {ChangeKind(kind[0]): group for kind, group in rows.partition_by("kind", as_dict=True).items()}
    asked = parameter(CHANGED)
    if asked in groups:
        _whole_list(ChangeKind(asked), groups[ChangeKind(asked)], part)
        return
    with st.grid(2, min_column_width=320, border=True) as grid:
        for kind, group in groups.items():
            with grid.cell():
                _group(kind, group, part)


def _group(kind: ChangeKind, group: pl.DataFrame, part: Part) -> None:
    title = f"**{_(CHANGE_NAMES[kind])} · {words().number(group.height)}**"
    st.markdown(title, help=_(CHANGE_DEFINITIONS[kind]))
    page, column = _RECORDS.get(kind, _OF_PROJECT)
    for row in group.head(_SHOWN).iter_rows(named=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
            st.markdown(plain(change_sentence(row, words())), width="stretch")
            link_to(page, _("Open"), id=row[column])
    if (more := group.height - _SHOWN) > 0:
        label = _("and {count} more", count=words().number(more))
        since = parameter(SINCE) or None
        link_to(
            "overview.py",
            label,
            icon=":material/list:",
            **part_address(part),
            **{SINCE: since, CHANGED: kind.value},
        )


def _whole_list(kind: ChangeKind, group: pl.DataFrame, part: Part) -> None:
    """Draw all changes of one kind as a table with its file, and the way back."""
    link_to(
        "overview.py",
        _("All changes"),
        icon=":material/arrow_back:",
        **part_address(part),
        **{SINCE: parameter(SINCE) or None},
    )
    st.markdown(f"**{_(CHANGE_NAMES[kind])}**", help=_(CHANGE_DEFINITIONS[kind]))
    sentences = [change_sentence(row, words()) for row in group.iter_rows(named=True)]
    page, column = _RECORDS.get(kind, _OF_PROJECT)
    record_table(
        group.with_columns(told=pl.Series(sentences, dtype=pl.String)),
        [Column("told", _("What happened")), *_columns(kind)],
        key=f"changes_{kind.value}",
        opens=page,
        id_column=column,
    )


def _columns(kind: ChangeKind) -> list[Column]:
    """Return the facts beside a sentence that a person may want to sort by; hidden at first."""
    facts: list[Any] = [
        Column("counties", _("County"), shown=False),
        Column("number", _("Agreement"), shown=False),
        Column("project", _("Project"), shown=False),
        Column("on", _("Date"), "date", shown=False),
    ]
    if kind in (ChangeKind.pushed_out, ChangeKind.landed):
        facts.append(Column("days", _("Days"), "number", shown=False))
    return facts
