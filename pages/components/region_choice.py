"""Which regions stand side by side: sales regions, provinces, or the prefectures of a province."""

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, desk, named
from pages.components.filters import as_of_picker, change_address, chosen_region
from tracker.errors import N_
from tracker.services.lists import read_choices
from tracker.services.region_table import BY, Grouping

KIND, ROW = "by", "row"
KIND_NAMES = {
    Grouping.sales_region: N_("Sales regions"),
    Grouping.province: N_("Provinces"),
    Grouping.prefecture: N_("Prefectures of a province"),
}


def region_kind() -> Grouping:
    """Draw the choice of a kind of region and the day, and return the kind: at first own regions, if any."""
    choices = read_choices(desk()).regions
    usual = Grouping.sales_region if (choices["id"] < 0).any() else Grouping.province
    kind = next((one for one in BY if one.value == parameter(KIND)), usual)
    st.session_state["region_kind"] = kind
    st.segmented_control(
        _("Compare"),
        BY,
        format_func=lambda one: _(KIND_NAMES[one]),
        key="region_kind",
        required=True,
        wrap=True,
        on_change=lambda: change_address(**{KIND: st.session_state["region_kind"].value, ROW: None}),
    )
    as_of_picker()
    return kind


def province_chosen() -> int | None:
    """Draw the choice of a province and return it; None until one is chosen."""
    rows = read_choices(desk()).regions.filter(level="province").iter_rows(named=True)
    names = {row["id"]: named(row) for row in rows}
    asked = chosen_region()
    st.session_state["region_province"] = asked if asked in names else None
    st.selectbox(
        _("Province"),
        list(names),
        index=None,
        key="region_province",
        format_func=names.__getitem__,
        placeholder=_("Choose a province"),
        width=220,
        on_change=lambda: change_address(region=_text(st.session_state["region_province"]), row=None),
    )
    return asked if asked in names else None


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
