"""The forms for sales regions: define one, begin with the macro regions, rename one."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

from pages.components.context import FIRST_DAY, LAST_DAY, _, as_of, desk
from pages.components.division_picker import pick_divisions
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.form_turn import drawn_from, end_turn, turn_key
from pages.components.link import open_page
from tracker.errors import EditConflict
from tracker.services.sales_region import begin_with_macro_regions, change_region, define_region

if TYPE_CHECKING:
    from db.models.sales_region import SalesRegion

LEVELS = ("province", "prefecture", "county")


def macro_offer(*, has_regions: bool) -> None:
    """Offer to define a region for each macro region of the country that has none."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        from_on = day_field("macro_from_on", _("From"), as_of().replace(month=1, day=1))
        pressed = st.button(
            _("Begin with the macro regions"),
            icon=":material/auto_awesome_mosaic:",
            type="secondary" if has_regions else "primary",
            help=_("North, Northeast, East, Central, South, Southwest and Northwest China, by province."),
        )
    if pressed and from_on:
        token = st.session_state.setdefault("macro_token", uuid4().hex)
        with attempt():
            begin_with_macro_regions(desk(), from_on, token=token)
            st.session_state.pop("macro_token", None)
            announce(_("Saved."))
            st.rerun()


def new_region_form() -> None:
    """Draw the form of a new region, and open the region once it is saved."""
    key = "new_sales_region"
    turn = turn_key(key)
    values: dict[str, Any] = {"name": st.text_input(_("Name"), key=f"{turn}_name", max_chars=300)}
    places = {"name": st.container()}
    values["name_en"] = st.text_input(_("English name"), key=f"{turn}_name_en", max_chars=300)
    values["from_on"] = day_field(f"{turn}_from_on", _("From"), as_of().replace(month=1, day=1))
    places["from_on"] = st.container()
    values["division_ids"] = pick_divisions(
        f"{turn}_divisions", several=True, levels=LEVELS, label=_("Provinces, prefectures or counties")
    )
    if not st.button(_("Save"), type="primary", icon=":material/save:", key=f"{turn}_save"):
        return
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    with attempt():
        saved = define_region(desk(), values, token=token)
        st.session_state.pop(f"{key}_token", None)
        end_turn(key)
        announce(_("Saved."))
        open_page("sales_regions.py", id=saved)
    for field, place in places.items():
        with place:
            problem_beside(field)


def rename_form(region: "SalesRegion") -> None:
    """Draw the form that renames a region or gives it another place in the order."""
    key = f"sales_region_{region.key}"
    if settled := settled_values(key, "sales_region"):
        _rename(key, region, *settled)
    turn = turn_key(key)
    drawn = drawn_from(turn, f"{turn}_name", region)
    with st.form(turn, border=False, enter_to_submit=False):
        values: dict[str, Any] = {
            "name": st.text_input(_("Name"), drawn.name, key=f"{turn}_name", max_chars=300),
            "name_en": st.text_input(_("English name"), drawn.name_en, key=f"{turn}_name_en", max_chars=300),
            "position": st.number_input(
                _("Place in the order"), 0, 9_999, drawn.position, key=f"{turn}_position"
            ),
        }
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if sent:
        _rename(key, drawn, values, drawn.version)
        problem_beside("name")


def day_field(key: str, label: str, value: date | None) -> date | None:
    """Draw a field for a day and return it."""
    return st.date_input(
        label, value, key=key, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", width=170
    )


def _rename(key: str, region: "SalesRegion", values: dict[str, Any], seen: int | None) -> None:
    try:
        with attempt():
            change_region(desk(), region.key, values, seen=seen)
            end_turn(key)
            announce(_("Saved."))
            st.rerun()
    except EditConflict as conflict:
        keep_conflict(key, conflict, values, region.model_dump())
        st.rerun()
