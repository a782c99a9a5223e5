"""Attention: what waits for somebody, who has to act, and the way there; everybody's or one person's."""

from dataclasses import replace

import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.filters import change_address, filter_bar
from pages.components.freshness import offer_refresh
from pages.components.list_filters import owner_filter, region_filter, wanted
from pages.components.overview_parts import first_steps
from pages.components.waiting_rows import kind_filter, waiting_sections, waiting_table
from tracker.rules.waiting import Waiting
from tracker.services.lists import has_records, read_choices
from tracker.services.waiting import read_waiting, waiting_owners

st.title(_("Attention"))
if not has_records(desk()):
    first_steps()
    st.stop()

choices = read_choices(desk())
# Whoever answers for a risk may own no project or agreement.
owners = sorted({*choices.owners, *waiting_owners(desk(), as_of())})
choices = replace(choices, owners=owners)
picked = filter_bar([owner_filter(choices), region_filter(choices), kind_filter()])
offer_refresh()
me = desk().person.name
if me in choices.owners and picked["owner"] != (me,):
    st.button(
        _("Only mine"),
        icon=":material/person:",
        key="attention_mine",
        on_click=lambda: change_address(owner=me),
    )

asked = wanted(picked)
frame = read_waiting(desk(), as_of(), asked.region_id, asked.owners)
kind = next((Waiting(value) for value in picked["kind"]), None)
if frame.is_empty():
    st.success(_("Nothing waits for anybody on {day}.", day=as_of()), icon=":material/check_circle:")
elif kind:
    waiting_table(kind, frame)
else:
    st.markdown(_("**{number}** wait for somebody", number=words().number(frame.height)))
    waiting_sections(frame, {name: picked[name] for name in ("owner", "region")})
