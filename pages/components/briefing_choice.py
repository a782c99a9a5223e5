"""Choose the month of a briefing, which stands in the address, and the language it is written in."""

from datetime import date

import streamlit as st

from pages.components.address import parameter
from pages.components.context import FIRST_DAY, _, as_of, words
from pages.components.filters import change_address
from tracker.i18n import LANGUAGES, Words, words_in
from tracker.rules.briefing import recent_months, usual_month
from tracker.rules.month import month_of

_MONTH = "month"


def month_choice() -> date:
    """Draw the choice of the month and return its first day; usually it is the last complete one."""
    recent, usual = recent_months(as_of()), usual_month(as_of())
    chosen = _in_address() or usual
    # An address may name an older month than the list offers.
    options = recent if chosen in recent else [*recent, chosen]
    key = f"filter_{_MONTH}"
    st.session_state[key] = chosen
    st.selectbox(
        _("Month"),
        options,
        key=key,
        format_func=words().month,
        width=180,
        on_change=lambda: change_address(
            **{_MONTH: None if st.session_state[key] == usual else f"{st.session_state[key]:%Y-%m}"}
        ),
    )
    return chosen


def language_choice() -> Words:
    """Draw the choice of the language and return its words; usually it is the person's own."""
    said = st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        default=words().language,
        required=True,
        format_func=LANGUAGES.__getitem__,
        key="briefing_language",
    )
    return words_in(said or words().language)


def _in_address() -> date | None:
    """Return the month that the address names, None for a missing or hand-edited one or one still to come."""
    try:
        month_on = date.fromisoformat(f"{parameter(_MONTH)}-01")
    except ValueError:
        return None
    return month_on if month_of(FIRST_DAY) < month_on <= as_of() else None
