"""Choose a month or a quarter; it stands in the address, the month looked at if nothing else does."""

from datetime import date

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of
from pages.components.filters import change_address
from tracker.rules.period import days_of, recent_periods

_PERIOD = "period"


def period_choice() -> tuple[str, date, date]:
    """Draw the choice and return the period chosen, with its first and last day."""
    recent = recent_periods(as_of())
    asked = parameter(_PERIOD)
    chosen = asked if _is_period(asked) else recent[0]
    # An address may name an older period than the list offers.
    options = recent if chosen in recent else [chosen, *recent]
    key = f"filter_{_PERIOD}"
    st.session_state[key] = chosen
    st.selectbox(
        _("Month or quarter"),
        options,
        key=key,
        width=160,
        on_change=lambda: change_address(
            **{_PERIOD: None if st.session_state[key] == recent[0] else st.session_state[key]}
        ),
    )
    return chosen, *days_of(chosen)


def _is_period(typed: str) -> bool:
    try:
        days_of(typed)
    except ValueError:
        return False
    return len(typed) == 7
