"""What a timeline can be narrowed to, and the period it shows, both in the address."""

from datetime import date, timedelta

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.context import FIRST_DAY, _, as_of, desk, named
from pages.components.filters import Filter, change_address, chosen, chosen_day, filter_bar
from pages.components.light_mark import light_filter
from pages.components.list_filters import region_filter, region_names
from tracker.charts.view import BY_LIGHT, BY_PILLAR, MONTH, QUARTER, YEAR
from tracker.charts.year_strip import picked_period
from tracker.errors import N_
from tracker.rules.agreement import STATUS_NAMES
from tracker.services.lists import read_choices
from tracker.services.timeline import GROUPS, TimelineChoice

_ORDERS = {
    "code": N_("By code"),
    "name": N_("By name"),
    "signed": N_("By signing date"),
    "light": N_("By light, the worst first"),
    "slip": N_("By slip, the latest first"),
}
_COLOURS = {BY_LIGHT: N_("By light"), BY_PILLAR: N_("By pillar")}
_COLOUR, _GROUP, _SCALE, _THEN = "colour", "group", "scale", "then"
_GROUPED = {"pillar": N_("Pillar"), "owner": N_("Owner"), "event": N_("Signing event")}
_SCALES = {MONTH: N_("By month"), QUARTER: N_("By quarter"), YEAR: N_("By year")}


def timeline_filters() -> tuple[TimelineChoice, str, list[str]]:
    """Draw the filters; return the choice, the name of the region, and the other choices in words."""
    choices = read_choices(desk())
    regions, pillars = region_names(choices), _names(choices.pillars)
    statuses = {status.value: _(name) for status, name in STATUS_NAMES.items()}
    region = region_filter(choices)
    pillar = Filter("pillar", _("Pillar"), pillars)
    light = light_filter()
    more = [
        Filter("unit", _("Unit"), _names(choices.units)),
        Filter("owner", _("Owner"), {name: name for name in choices.owners}),
        Filter("event", _("Signing event"), _names(choices.events)),
        Filter("status", _("Status"), statuses),
        Filter("order", _("Order of counties"), {k: _(v) for k, v in _ORDERS.items()}, several=False),
        Filter(_COLOUR, _("Colour of the bars"), {k: _(v) for k, v in _COLOURS.items()}, several=False),
    ]
    picked = filter_bar([region, pillar, light], more)
    said = [f.choices[v] for f in (pillar, light, *more[:-2]) for v in picked[f.name]]
    name = regions[picked["region"][0]] if picked["region"] else ""
    return _choice(picked, choices.pillars), name, said


def _names(frame: pl.DataFrame) -> dict[str, str]:
    return {str(row["id"]): named(row) for row in frame.iter_rows(named=True)}


def _choice(picked: dict[str, tuple[str, ...]], pillars: pl.DataFrame) -> TimelineChoice:
    def ids(name: str) -> frozenset[int] | None:
        return frozenset(map(int, picked[name])) or None

    codes = pillars.filter(pl.col("id").is_in(list(ids("pillar") or ())))["code"].to_list()
    return TimelineChoice(
        region_ids=ids("region"),
        pillar_codes=frozenset(codes) or None,
        unit_ids=ids("unit"),
        owners=frozenset(picked["owner"]) or None,
        event_ids=ids("event"),
        statuses=frozenset(picked["status"]) or None,
        lights=frozenset(picked["light"]) or None,
        order=next(iter(picked["order"]), "code"),
        group=group if (group := parameter(_GROUP)) in _GROUPED else GROUPS[0],
        then_on=then_day(),
    )


def then_day() -> date | None:
    """Return the day compared with: `then` in the address, if it lies before the day looked at."""
    day = chosen_day(_THEN)
    return day if day and FIRST_DAY <= day < as_of() else None


def scale() -> str:
    """Return the scale in the address, empty for what suits the period."""
    return found if (found := parameter(_SCALE)) in _SCALES else ""


def view_bar() -> None:
    """Draw what rows are grouped by, the scale of time and the day compared with, each in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choice_of(_GROUP, _("Grouped by"), {GROUPS[0]: _("County")} | {k: _(v) for k, v in _GROUPED.items()})
        _choice_of(_SCALE, _("Scale"), {"": _("Automatic")} | {k: _(v) for k, v in _SCALES.items()})
        st.session_state["timeline_then"] = then_day()
        st.date_input(
            _("Compare with"),
            value=None,
            key="timeline_then",
            min_value=FIRST_DAY,
            max_value=max(FIRST_DAY, as_of() - timedelta(days=1)),
            format="YYYY-MM-DD",
            width=150,
            help=_("Draws below each bar how it stood on that day, and tells what has moved since."),
            on_change=_compare,
        )


def _compare() -> None:
    day = st.session_state["timeline_then"]
    change_address(then=day.isoformat() if day else None)


def _choice_of(name: str, label: str, choices: dict[str, str]) -> None:
    """Draw a choice of one; the first is what an address without it means."""
    key, first = f"timeline_{name}", next(iter(choices))
    found = parameter(name)
    st.session_state[key] = found if found in choices else first

    def choose() -> None:
        picked = st.session_state[key]
        # Another scale has a usual period of its own.
        period = {"from": None, "to": None} if name == _SCALE else {}
        change_address(**{name: None if picked in (None, first) else picked, "page": None, **period})

    st.segmented_control(
        label, list(choices), key=key, format_func=choices.__getitem__, wrap=True, on_change=choose
    )


def bar_colour() -> str:
    """Return what the address says the bars are coloured by: the lights, unless it names the pillars."""
    return BY_PILLAR if parameter(_COLOUR) == BY_PILLAR else BY_LIGHT


def period(usual: tuple[date, date]) -> tuple[date, date]:
    """Return the period in the address, or the usual one for a missing or impossible one."""
    start, end = chosen_day("from") or usual[0], chosen_day("to") or usual[1]
    return (start, end) if start < end else usual


def keep_picked_period(key: str) -> None:
    """Write what was brushed on the strip `key` into the address."""
    picked = picked_period(st.session_state[key]["selection"].get("period", {}))
    if picked and picked[0] < picked[1]:
        change_address(**{"from": picked[0].isoformat(), "to": picked[1].isoformat(), "page": None})


def whole_period_button() -> None:
    """Offer the usual period again once another one was picked."""
    if chosen("from") or chosen("to"):
        st.button(
            _("Whole period"),
            icon=":material/zoom_out_map:",
            on_click=lambda: change_address(**{"from": None, "to": None}),
        )
