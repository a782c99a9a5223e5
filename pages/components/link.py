"""Lead to another screen, looking at the same day."""

from typing import NoReturn

import streamlit as st

from pages.components.context import AS_OF


def address(**params: object) -> dict[str, str]:
    """Return the parameters of an address, empty ones left out, with the day looked at if one was chosen."""
    kept = {name: str(value) for name, value in params.items() if value not in (None, "")}
    day = st.query_params.get(AS_OF)
    return kept | {AS_OF: day} if day and AS_OF not in params else kept


def open_page(page: str, **params: object) -> NoReturn:
    """Go to `page` (its file's name), with `params` in its address."""
    st.switch_page(page, query_params=address(**params))


def link_to(page: str, label: str, *, icon: str | None = None, **params: object) -> None:
    """Draw a link to `page`; `label` is Markdown, so what people typed goes through `plain` first."""
    st.page_link(page, label=label, icon=icon, query_params=address(**params))
