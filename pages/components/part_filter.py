"""Which part of the work a review page shows, and the day it is compared with: one address on all of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.components.context import FIRST_DAY, _, as_of, desk, named
from pages.components.filters import (
    Filter,
    Period,
    as_of_picker,
    change_address,
    chosen,
    chosen_day,
    filter_bar,
)
from pages.components.list_filters import region_filter, region_names
from tracker.services.lists import Choices, read_choices
from tracker.services.review import Part

SINCE = "since"
_SINCE_KEY = "filter_since"


def part_filter(more: Iterable[Filter | Period] = (), *, compared: bool = False) -> Part:
    """Draw the filters by region, pillar and signing event with the "As of" day, and return what they keep.

    `more` stand behind a button, as those of `filter_bar` do; `filters.chosen` reads them. `compared` adds
    the day compared with, which `since_day` reads.
    """
    filters = _filters(read_choices(desk()))
    filter_bar(filters, more, dated=not compared)
    if compared:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            as_of_picker()
            since_picker()
    return _part_of(filters)


def part_in_address() -> Part:
    """Return the part that the address names, without drawing; what does not exist is left out."""
    return _part_of(_filters(read_choices(desk())))


def _part_of(filters: Iterable[Filter]) -> Part:
    found = {f.name: next((int(v) for v in chosen(f.name) if v in f.choices), None) for f in filters}
    return Part(region_id=found["region"], pillar_id=found["pillar"], event_id=found["event"])


def part_address(part: Part) -> dict[str, Any]:
    """Return the parameters that open another page or list narrowed to the same part."""
    return {"region": part.region_id, "pillar": part.pillar_id, "event": part.event_id}


def part_name(part: Part) -> str:
    """Return a part in words, such as "Hunan · Industry"; everything is "All regions"."""
    if part == Part():
        return _("All regions")
    choices = read_choices(desk())
    told = [region_names(choices).get(str(part.region_id), "")] if part.region_id is not None else []
    for frame, wanted in ((choices.pillars, part.pillar_id), (choices.events, part.event_id)):
        told += [named(row) for row in frame.iter_rows(named=True) if row["id"] == wanted]
    return " · ".join(name for name in told if name) or _("All regions")


def since_day() -> date:
    """Return the day compared with: `since` in the address if it is before the day looked at.

    Otherwise it is the last day of the month before, within the calendar that the product keeps.
    """
    day = chosen_day(SINCE)
    if day and FIRST_DAY <= day < as_of():
        return day
    return _month_end_before(as_of())


def since_picker() -> date:
    """Draw the choice of the day compared with, and return it."""
    st.session_state[_SINCE_KEY] = since_day()
    st.date_input(
        _("Compared with"),
        key=_SINCE_KEY,
        min_value=FIRST_DAY,
        max_value=max(FIRST_DAY, as_of() - timedelta(days=1)),
        format="YYYY-MM-DD",
        width=150,
        help=_("What changed is told from the day after this one up to the day looked at."),
        on_change=lambda: change_address(**{SINCE: st.session_state[_SINCE_KEY].isoformat()}),
    )
    return since_day()


def _month_end_before(day: date) -> date:
    return max(FIRST_DAY, day.replace(day=1) - timedelta(days=1)) if day > FIRST_DAY else FIRST_DAY


def _filters(choices: Choices) -> list[Filter]:
    """One of each: a part is of one region, one pillar and one event at most."""
    pillars = {str(row["id"]): named(row) for row in choices.pillars.iter_rows(named=True)}
    events = {str(row["id"]): named(row) for row in choices.events.iter_rows(named=True)}
    return [
        region_filter(choices),
        Filter("pillar", _("Pillar"), pillars, several=False),
        Filter("event", _("Signing event"), events, several=False),
    ]
