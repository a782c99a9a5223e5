"""Changes as a table in words, and one of them with its old and new values."""

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.field_names import field_name, record_name, value_text
from pages.components.link import link_to
from pages.components.record_names import act_name, actor_name, entity_name
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.services.history import Entry, HistoryPage, HistoryQuestion, read_history

_PAGES = {
    "agreement": "agreement.py",
    "project": "project.py",
    "signing_event": "signing_event.py",
    "division": "county.py",
}


def history_of(entity: str, record_id: int) -> None:
    """Draw the newest changes of one record, closed until it is opened."""
    opened = st.expander(_("History"), icon=":material/history:", on_change="rerun", key=f"{entity}_history")
    with opened:
        if opened.open:
            history_table(
                read_history(desk(), HistoryQuestion(entity=entity, record_id=record_id)), key=entity
            )


def history_table(page: HistoryPage, *, key: str) -> None:
    """Draw a page of changes; a ticked one shows its old and new values below."""
    frame = pl.DataFrame([_row(entry, page) for entry in page.entries])
    ticked = record_table(
        frame,
        [
            Column("at", _("When")),
            Column("actor", _("Who")),
            Column("entity", _("Kind of record")),
            Column("record", _("Record")),
            Column("act", _("Act")),
            Column("changes", _("Changes")),
            Column("reason", _("Reason")),
            Column("origin", _("From where"), shown=False),
        ],
        key=f"{key}_history",
        ticks=True,
    )
    if ticked is not None:
        _one(page.entries[ticked], page)


def _row(entry: Entry, page: HistoryPage) -> dict[str, str]:
    changes = [
        f"{field_name(field)}: {value_text(entry.entity, field, new, page.names)}"
        if old is None
        else f"{field_name(field)}: {value_text(entry.entity, field, old, page.names)}"
        f" → {value_text(entry.entity, field, new, page.names)}"
        for field, (old, new) in entry.fields.items()
    ]
    return {
        "at": words().instant(entry.recorded_at, desk().settings.zone),
        "actor": actor_name(entry.actor),
        "entity": entity_name(entry.entity),
        "record": record_name(entry.entity, entry.record_id, page.names),
        "act": act_name(entry.action),
        "changes": "; ".join(changes),
        "reason": entry.reason,
        "origin": entry.origin,
    }


def _one(entry: Entry, page: HistoryPage) -> None:
    row = _row(entry, page)
    with st.container(border=True):
        st.markdown(f"**{plain(row['act'])}** · {plain(row['entity'])} · {plain(row['record'])}")
        st.caption(" · ".join(plain(row[name]) for name in ("at", "actor", "reason") if row[name]))
        lines = ["| | " + _("before") + " | " + _("after") + " |", "|---|---|---|"]
        for field, values in entry.fields.items():
            old, new = (plain(value_text(entry.entity, field, value, page.names)) for value in values)
            lines.append(f"| {field_name(field)} | {old} | {new} |")
        st.markdown("\n".join(lines))
        if entry.entity in _PAGES:
            link_to(
                _PAGES[entry.entity], _("Open the record"), icon=":material/open_in_new:", id=entry.record_id
            )
