"""A long record cut into sections: one is drawn at a time, and the address says which."""

from collections.abc import Mapping

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _
from pages.components.filters import change_address

_SECTION = "section"


def section(names: Mapping[str, str]) -> str:
    """Draw the choice of a section and return the one chosen: a key of `names`, the first if none is."""
    first = next(iter(names))
    asked = parameter(_SECTION)
    chosen = asked if asked in names else first
    key = f"section_{first}"
    st.session_state[key] = chosen
    st.segmented_control(
        _("Section"),
        list(names),
        format_func=names.__getitem__,
        key=key,
        required=True,
        wrap=True,
        on_change=lambda: change_address(**{_SECTION: _other_than(first, st.session_state[key])}),
        label_visibility="collapsed",
    )
    return chosen


def project_section() -> str:
    """Draw the choice of a project's section and return the one chosen: plan, updates, charts or records."""
    return section(
        {
            "plan": _("Plan"),
            "updates": _("Updates and risks"),
            "charts": _("Charts"),
            "records": _("Documents and history"),
        }
    )


def _other_than(first: str, chosen: str | None) -> str | None:
    return None if chosen in (None, first) else chosen
