"""One choice of a few that lives in the address, as filters do."""

from collections.abc import Mapping

import streamlit as st

from pages.components.address import parameter
from pages.components.filters import change_address


def choice_in_address(
    name: str, label: str, choices: Mapping[str, str], forgets: tuple[str, ...] = ()
) -> str:
    """Draw the choice and return the one in the address under `name`, or the first of `choices`.

    `choices` maps what stands in the address to the text shown. Another choice takes the names it `forgets`
    out of the address: they said something about the one before.
    """
    first = next(iter(choices))
    asked = parameter(name)
    chosen = asked if asked in choices else first
    key = f"choice_{name}"
    st.session_state[key] = chosen

    def change() -> None:
        value = st.session_state[key]
        dropped = dict.fromkeys(forgets)
        change_address(**dropped | {name: None if value in (None, first) else value})

    st.segmented_control(
        label,
        list(choices),
        format_func=choices.__getitem__,
        key=key,
        required=True,
        wrap=True,
        on_change=change,
    )
    return chosen
