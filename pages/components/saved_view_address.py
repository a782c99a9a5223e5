"""What an address means that names a saved view, or that names nothing where a page begins with one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.components.address import VIEW, parameters, rewrite, stand_for, written
from pages.components.context import KNOWN, as_of, default_day, desk, drop_carried_day, known_at
from tracker.rules.moment import written_moment
from tracker.rules.saved_view import VIEWED_PAGES, ViewMissing, read_query, written_query
from tracker.services.desk import Desk
from tracker.services.saved_view import View, read_default, read_view


def present_desk() -> Desk:
    """Return the desk without the moment looked back to: a view is no fact, and can be kept any time."""
    return replace(desk(), known_at=None)


def open_saved_view(page: str, pages: Mapping[str, Any], *, arrived: bool) -> None:
    """Let this run show the view that the address names, on its own page, or the one the page begins with.

    `pages` are the pages by their place in the address. A page begins with a view when it was just come to
    and its address holds nothing.
    """
    if view := named_view():
        if view.page != page and view.page in pages:
            st.switch_page(pages[view.page], query_params=written())
        _show(view)
    elif arrived and not written() and (first := _first_view(page)):
        _show(first)


def names_a_view() -> bool:
    """Return whether the address names a view, though it may not exist."""
    return VIEW in written()


def named_view() -> View | None:
    """Return the view that the address names, None where it names none, or none that the person may see."""
    typed = next(iter(written().get(VIEW, ())), "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return None
    try:
        return read_view(present_desk(), int(typed))
    except ViewMissing:
        return None


def go_to_view(view: View) -> None:
    """Show a view in this window; a button's callback."""
    drop_carried_day()
    moment = {KNOWN: parameters()[KNOWN]} if KNOWN in parameters() else {}
    rewrite({VIEW: [str(view.id)], **moment})


def shown_query(*, dated: bool) -> str:
    """Return what the page shows now as a view keeps it: `dated` with the day looked at, else with no day."""
    moment = known_at()
    known = {KNOWN: [written_moment(moment, desk().settings.zone)]} if moment else {}
    return written_query(parameters() | known, as_of() if dated else None)


def is_shown(view: View) -> bool:
    """Return whether the page shows just what the view keeps."""
    dated = as_of() != default_day() or "as_of" in view.parameters
    now, kept = read_query(shown_query(dated=dated)), dict(view.parameters)
    return now == kept or {n: v for n, v in now.items() if n != KNOWN} == kept


def _first_view(page: str) -> View | None:
    return read_default(present_desk(), page) if page in VIEWED_PAGES else None


def _show(view: View) -> None:
    moment = {KNOWN: written()[KNOWN]} if KNOWN in written() else {}
    if written():
        drop_carried_day()
    stand_for(moment | view.parameters)
