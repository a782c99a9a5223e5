"""The save button below a grid, which waits for the cell that was left by clicking it."""

import time

import streamlit as st

# The editor tells what was typed a moment after the click that ended the typing (150 ms, and the way here).
_EDITOR_DELAY_SECONDS = 0.3


def grid_save_button(key: str, label: str) -> None:
    """Draw the button; `save_asked` with the same key then says whether to save."""
    st.button(
        label,
        type="primary",
        key=f"{key}_save",
        icon=":material/save:",
        on_click=lambda: st.session_state.update({f"{key}_asked": True}),
    )


def save_asked(key: str) -> bool:
    """Return whether the grid is to be saved now, with everything that was typed into it.

    A cell told late interrupts the run that waits here; the next run is still asked to save, and has it.
    """
    if not st.session_state.get(f"{key}_asked"):
        return False
    time.sleep(_EDITOR_DELAY_SECONDS)
    del st.session_state[f"{key}_asked"]
    return True
