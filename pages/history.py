"""History: who changed what, when and why, with the old and the new values."""

import streamlit as st

from pages.components.context import _, desk
from pages.components.filters import Filter, Period, change_address, chosen_day, chosen_number, filter_bar
from pages.components.freshness import offer_refresh
from pages.components.history_table import history_table
from pages.components.record_names import act_name, actor_name, entity_name
from tracker.services.history import HistoryQuestion, read_history, read_history_choices

st.title(_("History"))
choices = read_history_choices(desk())
picked = filter_bar(
    [
        Filter("who", _("Who"), {name: actor_name(name) for name in choices.actors}, several=False),
        Filter("entity", _("Kind of record"), {e: entity_name(e) for e in choices.entities}, several=False),
    ],
    [
        Filter(
            "action",
            _("Act"),
            {a: f"{entity_name(a.partition('.')[0])} · {act_name(a)}" for a in choices.actions},
            several=False,
        ),
        Period("day", _("Day")),
    ],
    dated=False,
)


def _first(name: str) -> str:
    return next(iter(picked.get(name, ())), "")


offer_refresh()
page = read_history(
    desk(),
    HistoryQuestion(
        actor=_first("who"),
        entity=_first("entity"),
        record_id=chosen_number("record") or None,
        action=_first("action"),
        from_on=chosen_day("day_from"),
        to_on=chosen_day("day_to"),
        older_than=chosen_number("before") or None,
    ),
)
if not choices.entities:
    st.info(_("Nothing has been recorded yet. Every save will be listed here, with who made it and when."))
else:
    history_table(page, key="all")
with st.container(horizontal=True):
    if chosen_number("before"):
        st.button(_("Newest"), icon=":material/first_page:", on_click=lambda: change_address(before=None))
    if page.older_than:
        st.button(
            _("Older"),
            icon=":material/chevron_right:",
            on_click=lambda: change_address(before=str(page.older_than)),
        )
