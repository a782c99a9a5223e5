"""A record's history, field by field, newest first, with a way to put a value back."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt
from pages.components.field_names import field_name, record_name, value_text
from pages.components.record_names import act_name, actor_name, entity_name
from pages.components.text import plain
from tracker.services.desk import Desk
from tracker.services.field_history import FieldChange, agreement_history, put_value_back
from tracker.services.history import Names, name_values
from tracker.services.project_history import project_history, put_project_value_back

_SHOWN = 30


@dataclass(frozen=True)
class HistorySource:
    """Where a kind of record's history is read, and how a value of it is put back."""

    name: str
    read: Callable[[Desk, int], list[FieldChange]]
    put_back: Callable[[Desk, int, int, str], None]


OF_AGREEMENT = HistorySource("agreement", agreement_history, put_value_back)
OF_PROJECT = HistorySource("project", project_history, put_project_value_back)


def history_list(record_id: int, source: HistorySource = OF_AGREEMENT) -> None:
    """Draw who changed what and when; closed until it is opened."""
    opened = st.expander(
        _("History"), icon=":material/history:", on_change="rerun", key=f"{source.name}_history"
    )
    with opened:
        if not opened.open:
            return
        changes = source.read(desk(), record_id)
        acts = [list(group) for _key, group in groupby(changes, key=lambda c: c.entry_id)]
        all_shown = len(acts) <= _SHOWN or st.toggle(_("Show all {count}", count=len(acts)))
        shown = acts if all_shown else acts[:_SHOWN]
        spoken_of = [(c.entity, c.field, v) for act in shown for c in act for v in (c.old, c.new)]
        parts = [(act[0].entity, f"{act[0].entity}_id", act[0].record_id) for act in shown]
        names = name_values(desk(), spoken_of + [part for part in parts if part[0] != source.name])
        for act in shown:
            _act(record_id, source, act, names)


def _act(record_id: int, source: HistorySource, changes: list[FieldChange], names: Names) -> None:
    first = changes[0]
    when = words().instant(first.recorded_at, desk().settings.zone)
    what = f"{entity_name(first.entity)} – {act_name(first.action)}"
    if (first.entity, first.record_id) in names and first.entity != source.name:
        what = f"{record_name(first.entity, first.record_id, names)} – {act_name(first.action)}"
    st.markdown(f"**{when}** · {plain(actor_name(first.actor))} · {plain(what)}")
    if first.reason:
        st.caption(_("Reason: {reason}", reason=plain(first.reason)))
    for change in changes:
        _field(record_id, source, change, names)


def _field(record_id: int, source: HistorySource, change: FieldChange, names: Names) -> None:
    old, new = (
        plain(value_text(change.entity, change.field, v, names) if v not in (None, "") else "–")
        for v in (change.old, change.new)
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        was = "" if change.old is None and not change.can_put_back else f"{old} → "
        st.markdown(f"{field_name(change.field)}: {was}{new}")
        if change.can_put_back and desk().may("history.restore"):
            st.button(
                _("Put “{value}” back", value=old),
                key=f"put_back_{change.entry_id}_{change.field}",
                icon=":material/undo:",
                type="tertiary",
                on_click=_put_back,
                args=(record_id, source, change),
            )


def _put_back(record_id: int, source: HistorySource, change: FieldChange) -> None:
    with attempt():
        source.put_back(desk(), record_id, change.entry_id, change.field)
        announce(_("Saved."))
