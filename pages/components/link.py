"""Lead to another screen, looking at the same day."""

from typing import NoReturn

import streamlit as st

from pages.components.address import leaving
from pages.components.context import AS_OF, KNOWN, as_of, default_day, desk, known_at
from tracker.rules.moment import written_moment


def address(**params: object) -> dict[str, list[str]]:
    """Return the parameters of an address, empty ones left out, with the day and moment looked at, if chosen.

    A list or tuple stands in the address once for each of its values.
    """
    day, moment = as_of(), known_at()
    known = written_moment(moment, desk().settings.zone) if moment else None
    params = {AS_OF: day if day != default_day() else None, KNOWN: known} | params
    lists = {n: v if isinstance(v, list | tuple) else [v] for n, v in params.items()}
    kept = {name: [str(v) for v in values if v not in (None, "")] for name, values in lists.items()}
    return {name: values for name, values in kept.items() if values}


def open_page(page: str, **params: object) -> NoReturn:
    """Go to `page` (its file's name), with `params` in its address."""
    st.switch_page(page, query_params=leaving(address(**params), page))


def link_to(page: str, label: str, *, icon: str | None = None, **params: object) -> None:
    """Draw a link to `page`; `label` is Markdown, so what people typed goes through `plain` first."""
    st.page_link(page, label=f":primary[{label}]", icon=icon, query_params=address(**params))
