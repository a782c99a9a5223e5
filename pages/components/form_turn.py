"""What a form was drawn from, kept for as long as people type into it.

A page reads its record anew at every run, also at the one that sends the form: the version it then reads
may already be somebody else's. What counts is the record that was on the screen when typing began.
"""

from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def turn_key(key: str) -> str:
    """Return the key of the form's present turn; its widgets' keys begin with it."""
    return f"{key}_{st.session_state.get(f'{key}_turn', 0)}"


def end_turn(key: str) -> None:
    """End the turn after a save: the next one starts from what is stored, with widgets of its own."""
    st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1


def drawn_from(turn: str, widget: str, now: T) -> T:
    """Return what the turn's form was drawn from at first; `widget` is the key of one of its widgets.

    Widgets are forgotten on the way to another page, and the form then begins from `now`.
    """
    slot = f"{turn}_drawn_from"
    if slot not in st.session_state or widget not in st.session_state:
        st.session_state[slot] = now
    kept: T = st.session_state[slot]
    return kept
