"""An agreement's history, field by field, newest first, with a way to put a value back."""

from itertools import groupby

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt
from pages.components.field_names import act_name, entity_name, field_name, value_text
from pages.components.history_table import actor_name
from pages.components.text import plain
from tracker.services.field_history import FieldChange, agreement_history, put_value_back
from tracker.services.history import Names, name_values

_SHOWN = 30


def history_list(agreement_id: int) -> None:
    """Draw who changed what and when; closed until it is opened."""
    opened = st.expander(_("History"), icon=":material/history:", on_change="rerun", key="agreement_history")
    with opened:
        if not opened.open:
            return
        changes = agreement_history(desk(), agreement_id)
        acts = [list(group) for _key, group in groupby(changes, key=lambda c: c.entry_id)]
        all_shown = len(acts) <= _SHOWN or st.toggle(_("Show all {count}", count=len(acts)))
        shown = acts if all_shown else acts[:_SHOWN]
        names = name_values(
            desk(), [(c.entity, c.field, v) for act in shown for c in act for v in (c.old, c.new)]
        )
        for act in shown:
            _act(agreement_id, act, names)


def _act(agreement_id: int, changes: list[FieldChange], names: Names) -> None:
    first = changes[0]
    when = words().instant(first.recorded_at, desk().settings.zone)
    what = f"{entity_name(first.entity)} – {act_name(first.action)}"
    st.markdown(f"**{when}** · {plain(actor_name(first.actor))} · {plain(what)}")
    if first.reason:
        st.caption(_("Reason: {reason}", reason=plain(first.reason)))
    for change in changes:
        _field(agreement_id, change, names)


def _field(agreement_id: int, change: FieldChange, names: Names) -> None:
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
                args=(agreement_id, change),
            )


def _put_back(agreement_id: int, change: FieldChange) -> None:
    with attempt():
        put_value_back(desk(), agreement_id, change.entry_id, change.field)
        announce(_("Saved."))
