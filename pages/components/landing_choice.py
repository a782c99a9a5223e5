"""What landing curves are drawn of: cohorts of one kind, and those of them that one wants to see."""

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, words
from pages.components.filters import change_address, chosen
from tracker.errors import N_
from tracker.services.landing import COHORTS, MOST_DRAWN, Grouping, Landings

BY, COHORT = "by", "cohort"
COHORT_NAMES = {
    Grouping.year: N_("Signing year"),
    Grouping.pillar: N_("Pillar"),
    Grouping.province: N_("Province"),
    Grouping.sales_region: N_("Sales region"),
    Grouping.event: N_("Signing event"),
}


def cohort_kind() -> Grouping:
    """Draw the choice of what makes a cohort, and return it: what the address says, else the signing year."""
    asked = parameter(BY)
    kind = next((one for one in COHORTS if one.value == asked), COHORTS[0])
    st.session_state["cohort_kind"] = kind
    st.segmented_control(
        _("Cohorts by"),
        COHORTS,
        format_func=lambda one: _(COHORT_NAMES[one]),
        key="cohort_kind",
        required=True,
        wrap=True,
        on_change=_change_kind,
    )
    return kind


def cohorts_chosen(found: Landings) -> list[int]:
    """Draw the choice of cohorts and return their keys; none is chosen unless the address names some."""
    names = {
        row["key"]: words().name(row["label"], row["label_en"]) for row in found.cohorts.iter_rows(named=True)
    }
    asked = [key for key in names if str(key) in chosen(COHORT)][:MOST_DRAWN]
    st.session_state["cohorts"] = asked
    st.multiselect(
        _("Cohorts"),
        list(names),
        key="cohorts",
        format_func=names.__getitem__,
        placeholder=_("The newest, or the largest"),
        max_selections=MOST_DRAWN,
        on_change=lambda: change_address(**{COHORT: [str(key) for key in st.session_state["cohorts"]]}),
        help=_("Chosen cohorts are drawn alone, and their agreements are listed below."),
    )
    return asked


def _change_kind() -> None:
    """Draw cohorts of another kind; those chosen before do not exist among them."""
    kind = st.session_state["cohort_kind"]
    change_address(**{BY: None if kind in (None, COHORTS[0]) else kind.value, COHORT: None})
