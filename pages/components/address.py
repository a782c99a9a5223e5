"""The address as the person means it: what stands after the "?" of the page they look at.

Leaving a page by `st.switch_page` makes the browser note the new page's parameters under the old page first.
Going back meets that note, in which the old page would read the new one's `id` as its own. So each leaving is
numbered, and a page that finds the number under which it was left takes the parameters it had then.

An address can also stand for others: `view` names a saved view, and a page opened with nothing in its address
can begin with one. The address stays as it is until something is chosen, so that it can be passed on.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

_PAGE = "page_looked_at"
_LEFT = "pages_left"
_MARK = "via"
_LEAVINGS_KEPT = 100
VIEW = "view"
_MEANT = "address_meant"


def stand_on(page: str) -> bool:
    """Note which page this run draws, by its place in the address; return whether it is another one."""
    is_other = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    return is_other


def parameters() -> dict[str, list[str]]:
    """Return the address's parameters by name, each with its values in order."""
    meant = _meant_instead()
    if meant is not None:
        return dict(meant)
    return {name: st.query_params.get_all(name) for name in st.query_params if name != VIEW}


def written() -> dict[str, list[str]]:
    """Return the parameters as they stand in the address, whatever they mean, without its numbering."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name != _MARK}


def stand_for(meant: Mapping[str, list[str]]) -> None:
    """Let the address, as long as it stands as it is, mean the parameters of a saved view."""
    st.session_state[_MEANT] = (st.session_state.get(_PAGE), written(), dict(meant))


def stands_for_view() -> bool:
    """Return whether the address means the parameters of a saved view."""
    page, address, _meant = st.session_state.get(_MEANT, (None, {}, {}))
    return page is not None and page == st.session_state.get(_PAGE) and address == written()


def rewrite(parameters: Mapping[str, list[str]]) -> None:
    """Put other parameters into the address, which is one step for Back; empty ones mean nothing chosen."""
    if not parameters:
        st.session_state.pop(_MEANT, None)
    st.query_params.from_dict(dict(parameters))


def parameter(name: str) -> str:
    """Return the last value of one parameter, an empty text for a missing one."""
    # Asked for hundreds of times a page, so the others are not read.
    meant = _meant_instead()
    values = st.query_params.get_all(name) if meant is None and name != VIEW else (meant or {}).get(name, [])
    return next(reversed(values), "")


def _meant_instead() -> Mapping[str, list[str]] | None:
    """Return the parameters that the address stands for, None where it stands for itself."""
    page = st.session_state.get(_PAGE)
    left: tuple[str | None, dict[str, list[str]]] = (None, {})
    if _LEFT in st.session_state:
        left = st.session_state[_LEFT].get(st.query_params.get(_MARK), left)
    if left[0] is not None and left[0] == page:
        return left[1]
    if _MEANT in st.session_state and stands_for_view():
        meant: dict[str, list[str]] = st.session_state[_MEANT][2]
        return meant
    return None


def leaving(target: Mapping[str, Any], page: str) -> dict[str, Any]:
    """Return the parameters of the page to go to, numbered, and keep this page's own under that number.

    `page` is the file of the page gone to. One that leads to itself is not left: the new ones are its own.
    """
    if page == f"{st.session_state.get(_PAGE)}.py":
        return dict(target)
    left = st.session_state.setdefault(_LEFT, {})
    number = str(int(next(reversed(left), "0")) + 1)
    left[number] = (st.session_state.get(_PAGE), parameters())
    while len(left) > _LEAVINGS_KEPT:
        left.pop(next(iter(left)))
    return {**target, _MARK: number}
