"""Offer a newer picture once somebody else has saved something."""

import streamlit as st

from pages.components.context import _, desk, known_at
from tracker.services.freshness import newest_change

_EVERY_SECONDS = 30


def offer_refresh() -> None:
    """Look every half minute for changes since this page was drawn, and offer to draw it anew.

    A page that looks back does not change by what is recorded later.
    """
    if known_at() is None:
        _watch(newest_change(desk()))


@st.fragment(run_every=_EVERY_SECONDS)
def _watch(drawn: tuple[str, int]) -> None:
    if newest_change(desk()) == drawn:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":material/update: " + _("There are newer entries."), width="content")
        if st.button(_("Refresh"), key="refresh"):
            st.rerun()
