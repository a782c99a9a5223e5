"""One sales region: what it holds and when, and the ways to change that."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.division_picker import pick_divisions
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.form_turn import drawn_from, end_turn, turn_key
from pages.components.link import link_to
from pages.components.record_table import Column, record_table
from pages.components.sales_region_form import LEVELS, day_field, rename_form
from pages.components.sales_region_list import division_name
from pages.components.text import plain
from tracker.errors import EditConflict
from tracker.rules.region import region_key
from tracker.services.sales_region import (
    RegionSheet,
    archive_member,
    archive_region,
    date_member,
    put_in_region,
)

if TYPE_CHECKING:
    from db.models.sales_region import SalesRegion, SalesRegionDivision


def region_sheet(sheet: RegionSheet, day: date) -> None:
    """Draw a region with its places, and what the person may do with it."""
    region = sheet.region
    st.subheader(plain(words().name(region.name, region.name_en or region.name)))
    if region.archived_at is not None:
        st.warning(_("Withdrawn: {reason}", reason=plain(region.archive_reason)), icon=":material/archive:")
        return
    with st.container(horizontal=True):
        link_to("overview.py", _("Overview"), icon=":material/dashboard:", region=region_key(region.key))
        own = {"entity": "sales_region", "record": region.key}
        link_to("history.py", _("History"), icon=":material/history:", **own)
    _members(sheet)
    if not desk().may("sales_region.write"):
        return
    with st.expander(_("Put places into it"), icon=":material/add:", expanded=not sheet.members):
        _put_in(region, day)
    if sheet.members:
        with st.expander(_("Change when a place is in it, or take it out"), icon=":material/event:"):
            _dates(sheet, day)
    with st.expander(_("Change name or place in the order"), icon=":material/edit:"):
        rename_form(region)
    with st.popover(_("Withdraw"), icon=":material/archive:"):
        st.caption(_("Nothing is counted by a withdrawn region any more. It can be restored."))
        reason = st.text_input(_("Reason"), key="region_reason")
        if st.button(_("Withdraw this sales region"), key="region_withdraw"):
            with attempt():
                archive_region(desk(), region.key, reason)
                announce(_("Saved."))
                st.rerun()


def _members(sheet: RegionSheet) -> None:
    if not sheet.members:
        st.info(_("This sales region holds no place yet, so that nothing is counted in it."))
        return
    rows = [(division_name(m.division_id), m.from_on, m.to_on) for m in sheet.members]
    schema = {"place": pl.String, "from_on": pl.Date, "to_on": pl.Date}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    columns = [
        Column("place", _("Place")),
        Column("from_on", _("From"), "date"),
        Column("to_on", _("Until"), "date", help=_("The last day; blank: still in it.")),
    ]
    record_table(frame, columns, key="region_places")


def _put_in(region: "SalesRegion", day: date) -> None:
    key = f"put_in_{region.key}"
    turn = turn_key(key)
    from_on = day_field(f"{turn}_from_on", _("From"), day)
    beside = st.container()
    picked = pick_divisions(
        f"{turn}_divisions", several=True, levels=LEVELS, label=_("Provinces, prefectures or counties")
    )
    if st.button(_("Put in"), type="primary", icon=":material/add:", key=f"{turn}_save"):
        token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
        with attempt():
            put_in_region(desk(), region.key, {"division_ids": picked, "from_on": from_on}, token=token)
            st.session_state.pop(f"{key}_token", None)
            end_turn(key)
            announce(_("Saved."))
            st.rerun()
        with beside:
            problem_beside("from_on")
        problem_beside("division_ids")


def _dates(sheet: RegionSheet, day: date) -> None:
    members = {member.key: member for member in sheet.members}
    chosen = st.selectbox(
        _("Place"),
        list(members),
        format_func=lambda one: f"{division_name(members[one].division_id)} · {members[one].from_on}",
        key=f"member_of_{sheet.region.key}",
        placeholder=_("Choose a place"),
        index=None,
    )
    if chosen in members:
        _date_form(members[chosen], day)


def _date_form(member: "SalesRegionDivision", day: date) -> None:
    key = f"sales_region_member_{member.key}"
    if settled := settled_values(key, "sales_region_division"):
        _date(key, member, *settled)
    turn = turn_key(key)
    drawn = drawn_from(turn, f"{turn}_from_on", member)
    with st.form(turn, border=False, enter_to_submit=False):
        from_on = day_field(f"{turn}_from_on", _("From"), drawn.from_on)
        to_on = day_field(f"{turn}_to_on", _("Until"), drawn.to_on)
        st.caption(
            _("To take it out from {day} on, enter the day before as the last one.", day=day + timedelta(1))
        )
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if sent:
        _date(key, drawn, {"from_on": from_on, "to_on": to_on}, drawn.version)
        for field in ("from_on", "to_on"):
            problem_beside(field)
    reason = st.text_input(_("Reason, if it was put in by mistake"), key=f"{turn}_reason")
    if st.button(_("Withdraw this entry"), icon=":material/archive:", key=f"{turn}_withdraw"):
        with attempt():
            archive_member(desk(), member.key, reason)
            announce(_("Saved."))
            st.rerun()


def _date(key: str, member: "SalesRegionDivision", values: dict[str, date | None], seen: int | None) -> None:
    try:
        with attempt():
            date_member(desk(), member.key, values, seen=seen)
            end_turn(key)
            announce(_("Saved."))
            st.rerun()
    except EditConflict as conflict:
        keep_conflict(key, conflict, values, member.model_dump())
        st.rerun()
