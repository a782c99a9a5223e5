"""Filters that live in the address: a link reopens the same view, and Back undoes the last change.

The address is the only state. Widgets show what it says, and a change rewrites it in one go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from pages.components.address import parameter, parameters, rewrite
from pages.components.context import (
    AS_OF,
    FIRST_DAY,
    LAST_DAY,
    _,
    as_of,
    default_day,
    drop_carried_day,
    is_phone,
)

_KEY = "filter_{}"
TEXT = "q"


@dataclass(frozen=True)
class Filter:
    """One filter by choice: its name in the address, its label, and its choices.

    `choices` maps what stands in the address, the same in every language, to the text shown. With `several`
    any number can be chosen, and the name stands in the address once for each.
    """

    name: str
    label: str
    choices: Mapping[str, str]
    several: bool = True


@dataclass(frozen=True)
class Period:
    """A filter by days: `name_from` and `name_to` stand in the address, both included."""

    name: str
    label: str


def chosen(name: str) -> tuple[str, ...]:
    """Return what the address says about a filter, unchecked; empty for nothing."""
    return tuple(v for v in parameters().get(name, ()) if v)


def chosen_day(name: str) -> date | None:
    """Return the day that stands in the address under `name`, None for a missing or hand-edited one."""
    try:
        return date.fromisoformat(parameter(name))
    except ValueError:
        return None


def chosen_number(name: str) -> int:
    """Return the whole number that stands in the address under `name`, 0 for a missing or hand-edited one."""
    typed = parameter(name)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def chosen_region(name: str = "region") -> int:
    """Return the number that names a region in the address (a sales region's is negative), 0 for none."""
    typed = parameter(name)
    digits = typed.removeprefix("-")
    return int(typed) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def change_address(**changes: str | Iterable[str] | None) -> None:
    """Rewrite the address in one go, which is one step for Back; None or nothing takes a name out."""
    address = parameters()
    for name, value in changes.items():
        values = [value] if isinstance(value, str) else list(value or ())
        address[name] = [v for v in values if v]
    rewrite({name: values for name, values in address.items() if values})


def as_of_picker() -> date:
    """Draw the "As of" date of a review page and return the day looked at."""
    key = _KEY.format(AS_OF)
    st.session_state[key] = as_of()
    st.date_input(
        _("As of"),
        key=key,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        width=150,
        help=_("Every figure, list and chart of this page is computed from the facts up to this day."),
        on_change=_choose_day,
        args=(key,),
    )
    return as_of()


def _choose_day(key: str) -> None:
    drop_carried_day()
    change_address(**{AS_OF: _unless_default(st.session_state[key])})


def filter_bar(
    shown: Iterable[Filter], more: Iterable[Filter | Period] = (), *, text: str = "", dated: bool = True
) -> dict[str, tuple[str, ...]]:
    """Draw a page's filters in one row, `more` behind a button, and return what is chosen, by name.

    On a phone only the first stands in the row. Choices that do not exist are left out. `text` is the
    placeholder of a text search, in the address as TEXT; without it there is none. `dated` adds the "As of"
    date.
    """
    shown, more = list(shown), list(more)
    if is_phone():
        # One below the other they would fill the first screen.
        shown, more = shown[:1], [*shown[1:], *more]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if text:
            _text_search(text)
        for one in shown:
            _choice(one)
        if more:
            _more(more)
        if dated:
            as_of_picker()
        names = [TEXT, *_names([*shown, *more])]
        if any(chosen(name) for name in names):
            st.button(
                _("Clear"),
                icon=":material/filter_alt_off:",
                key="filter_clear",
                on_click=lambda: change_address(**dict.fromkeys(names)),
            )
    choices = {f.name: _valid(f) for f in [*shown, *more] if isinstance(f, Filter)}
    days = {n: chosen(n) for p in more if isinstance(p, Period) for n in _names([p])}
    return {TEXT: chosen(TEXT) if text else ()} | choices | days


def _names(filters: Iterable[Filter | Period]) -> list[str]:
    return [
        name
        for f in filters
        for name in ((f.name,) if isinstance(f, Filter) else (f"{f.name}_from", f"{f.name}_to"))
    ]


def _valid(one: Filter) -> tuple[str, ...]:
    return tuple(v for v in chosen(one.name) if v in one.choices)


def _unless_default(day: date | None) -> str | None:
    return day.isoformat() if day and day != default_day() else None


def _text_search(placeholder: str) -> None:
    key = _KEY.format(TEXT)
    st.session_state[key] = next(iter(chosen(TEXT)), "")
    st.text_input(
        _("Search"),
        key=key,
        type="search",
        placeholder=placeholder,
        max_chars=200,
        width=240,
        on_change=lambda: change_address(**{TEXT: st.session_state[key].strip()}),
    )


def _choice(one: Filter) -> None:
    key = _KEY.format(one.name)
    valid = list(_valid(one))
    if one.several:
        st.session_state[key] = valid
        st.multiselect(
            one.label,
            list(one.choices),
            key=key,
            format_func=one.choices.__getitem__,
            placeholder=_("All"),
            width=220,
            on_change=lambda: change_address(**{one.name: st.session_state[key]}),
        )
        return
    st.session_state[key] = valid[0] if valid else None
    st.selectbox(
        one.label,
        list(one.choices),
        index=None,
        key=key,
        format_func=one.choices.__getitem__,
        placeholder=_("All"),
        width=220,
        on_change=lambda: change_address(**{one.name: st.session_state[key]}),
    )


def _more(filters: list[Filter | Period]) -> None:
    used = sum(1 for f in filters if any(chosen(name) for name in _names([f])))
    label = _("More filters ({number})", number=used) if used else _("More filters")
    with st.popover(label, icon=":material/tune:"):
        for one in filters:
            _choice(one) if isinstance(one, Filter) else _period(one)


def _period(one: Period) -> None:
    start, end = st.columns(2)
    with start:
        _day(f"{one.name}_from", _("{what} from", what=one.label))
    with end:
        _day(f"{one.name}_to", _("{what} to", what=one.label))


def _day(name: str, label: str) -> None:
    key = _KEY.format(name)
    day = chosen_day(name)
    st.session_state[key] = day if day and FIRST_DAY <= day <= LAST_DAY else None
    st.date_input(
        label,
        value=None,
        key=key,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        on_change=lambda: change_address(**{name: (d := st.session_state[key]) and d.isoformat()}),
    )
