"""What is supposed: a part of the work, how far its milestones shift, whose work is dropped, seen from when.

All of it stands in the address, so that a link opens the same question again.
"""

from datetime import date
from typing import Any

import streamlit as st
from dateutil.relativedelta import relativedelta

from pages.components.address import parameter
from pages.components.context import FIRST_DAY, LAST_DAY, _, as_of, desk, named, words
from pages.components.filters import (
    change_address,
    chosen,
    chosen_day,
    chosen_number,
    chosen_region,
    filter_bar,
)
from pages.components.list_filters import region_filter
from pages.components.text import plain
from tracker.errors import NotFound
from tracker.services.lists import read_choices
from tracker.services.search import search_everything
from tracker.services.what_if import MOST_DAYS, Part, Supposed, read_part

_PARTS = ("region", "agreement", "project")
_NARROWED = ("pillar", "unit", "milestone", "shift")
_MONTHS_AHEAD = 3


def choose_part() -> Part | None:
    """Draw the choice of a part and return it, None until one is chosen."""
    filter_bar([region_filter(read_choices(desk()))])
    with st.popover(_("Choose a county, an agreement or a project"), icon=":material/search:"):
        text = st.text_input(
            _("Search"),
            key="what_if_text",
            type="search",
            placeholder=_("Name, county or number"),
            live="300ms",
        )
        if text and text.strip():
            _hits(text)
    if not chosen_region() and not any(chosen_number(name) for name in _PARTS[1:]):
        return None
    try:
        part = read_part(desk(), as_of(), _supposed())
    except NotFound:
        st.warning(_("There is no such record, or it is outside your area."))
        return None
    name = plain(words().name(part.name, part.name_en))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("**{name}**: {number} projects", name=name, number=part.projects), width="content")
        # A province or prefecture is cleared with the filters.
        if chosen_number("agreement") or chosen_number("project"):
            st.button(_("Choose another"), key="what_if_other", on_click=_forget)
    return part


def choose_supposed(part: Part) -> tuple[Supposed, date]:
    """Draw what can be supposed of the part; return it, and the day to look at."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _shift()
        look_on = _look_on()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _one_of("pillar", _("Only of the pillar"), _names(part.pillars), _("All"))
        _one_of("unit", _("Drop the work of"), _names(part.units), _("Nobody's"))
        if part.steps:
            _milestones(part)
    return _supposed(part), look_on


def _one_of(name: str, label: str, names: dict[str, str], nothing: str) -> None:
    key, asked = f"what_if_{name}", str(chosen_number(name))
    st.session_state[key] = asked if asked in names else None
    st.selectbox(
        label,
        list(names),
        index=None,
        key=key,
        format_func=names.__getitem__,
        placeholder=nothing,
        width=240,
        on_change=lambda: change_address(**{name: st.session_state[key]}),
    )


def _milestones(part: Part) -> None:
    key, names = "what_if_milestone", {str(i): name for i, name in part.steps.items()}
    st.session_state[key] = [i for i in chosen("milestone") if i in names]
    st.multiselect(
        _("Only these milestones"),
        list(names),
        key=key,
        format_func=names.__getitem__,
        placeholder=_("All"),
        width=320,
        on_change=lambda: change_address(milestone=st.session_state[key]),
    )


def _supposed(part: Part | None = None) -> Supposed:
    """Read the question from the address; of several parts the smallest counts."""
    places: dict[str, int | None] = {f"{name}_id": chosen_number(name) or None for name in _PARTS[1:]}
    places = {"region_id": chosen_region() or None} | places
    for smaller, larger in (("project", "agreement"), ("project", "region"), ("agreement", "region")):
        if places[f"{smaller}_id"]:
            places[f"{larger}_id"] = None
    if part is None:
        return Supposed(**places)  # type: ignore[arg-type]
    pillars, units = ({row["id"] for row in rows} for rows in (part.pillars, part.units))
    pillar, unit = chosen_number("pillar"), chosen_number("unit")
    steps = tuple(i for i in part.steps if str(i) in chosen("milestone"))
    return Supposed(
        **places,  # type: ignore[arg-type]
        shift_days=_days_in_address(),
        pillar_id=pillar if pillar in pillars else None,
        milestone_ids=steps,
        dropped_unit_id=unit if unit in units else None,
    )


def _days_in_address() -> int:
    """Return the shift that stands in the address, 0 for a missing or hand-edited one."""
    typed = parameter("shift")
    sign, digits = (-1, typed[1:]) if typed.startswith("-") else (1, typed)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 5):
        return 0
    return sign * min(int(digits), MOST_DAYS)


def _shift() -> None:
    key = "what_if_shift"
    st.session_state[key] = _days_in_address()
    st.number_input(
        _("Unmet milestones come later by, days"),
        -MOST_DAYS,
        MOST_DAYS,
        step=10,
        key=key,
        width=240,
        help=_(
            "Negative for earlier. The approved plan stays as it is: what moves is when the work is done."
        ),
        on_change=lambda: change_address(shift=str(st.session_state[key] or "")),
    )


def _look_on() -> date:
    key, default = "what_if_look", min(as_of() + relativedelta(months=_MONTHS_AHEAD), LAST_DAY)
    st.session_state[key] = asked = chosen_day("look") or default
    if not FIRST_DAY <= asked <= LAST_DAY:
        st.session_state[key] = asked = default
    st.date_input(
        _("Day to look at"),
        key=key,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        width=160,
        on_change=lambda: change_address(look=(d := st.session_state[key]) and d.isoformat()),
    )
    return asked


def _hits(text: str) -> None:
    found = search_everything(desk(), text)
    hits: list[tuple[str, int, str]] = [
        ("region", match.division.id, named({"name": match.division.name, "name_en": match.division.name_en}))
        for match in found.divisions
        if match.division
    ]
    hits += [("agreement", r["id"], f"{r['number']} {r['title']}") for r in found.agreements.rows.to_dicts()]
    hits += [("project", r["id"], f"{r['name']} · {_county(r)}") for r in found.projects.rows.to_dicts()]
    if not hits:
        st.caption(_("Nothing found"))
    icons = {"region": ":material/location_on:", "agreement": ":material/handshake:"}
    for kind, record_id, name in hits[:12]:
        st.button(
            plain(name),
            key=f"what_if_{kind}_{record_id}",
            icon=icons.get(kind, ":material/account_tree:"),
            on_click=_pick,
            args=(kind, record_id),
        )


def _county(row: dict[str, Any]) -> str:
    return named({"name": row["county"], "name_en": row["county_en"]})


def _pick(kind: str, record_id: int) -> None:
    change_address(**dict.fromkeys((*_PARTS, *_NARROWED[:3])) | {kind: str(record_id)})


def _forget() -> None:
    change_address(**dict.fromkeys((*_PARTS, *_NARROWED[:3])))


def _names(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {str(row["id"]): named(row) for row in rows}
