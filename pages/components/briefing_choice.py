"""Choose the county and the month of a briefing, which stand in the address, and its language."""

from dataclasses import replace
from datetime import date

import streamlit as st

from pages.components.address import parameter
from pages.components.context import FIRST_DAY, _, as_of, desk, named, words
from pages.components.filters import change_address
from tracker.i18n import LANGUAGES, Words, words_in
from tracker.rules.briefing import recent_months, usual_month
from tracker.rules.month import month_of
from tracker.services.briefing import Part, counties_in

_MONTH, _COUNTY = "month", "county"


def county_choice(part: Part) -> Part:
    """Draw the choice of one county of the region chosen, and return the part that it narrows to."""
    if part.region_id is None:
        return part
    counties = counties_in(desk(), part.region_id, as_of())
    names = {str(row["id"]): named(row) for row in counties.iter_rows(named=True)}
    key = f"filter_{_COUNTY}"
    chosen = parameter(_COUNTY)
    st.session_state[key] = chosen if chosen in names else None
    st.selectbox(
        _("County"),
        list(names),
        index=None,
        key=key,
        format_func=names.__getitem__,
        placeholder=_("All"),
        width=220,
        on_change=lambda: change_address(**{_COUNTY: st.session_state[key]}),
    )
    return replace(part, region_id=int(chosen)) if chosen in names else part


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
        wrap=True,
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
