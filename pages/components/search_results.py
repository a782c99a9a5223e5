"""One kind of search results: links to the best matches, and to the list of all."""

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.components.context import _, words
from pages.components.filters import TEXT
from pages.components.link import link_to
from pages.components.text import plain

Hit = tuple[str, int | None, str, Sequence[str]]


def result_group(title: str, total: int, hits: Iterable[Hit], everything: str = "", text: str = "") -> None:
    """Draw hits of (page, id, name, remarks); one without an id is told but not linked.

    `everything` is the page that lists all matches of `text`. A group without hits is left out.
    """
    hits = list(hits)
    if not hits:
        return
    st.subheader(f"{title} ({words().number(total)})")
    for page, record_id, name, remarks in hits:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if record_id is None:
                st.markdown(plain(name), width="content")
            else:
                link_to(page, plain(name), id=record_id)
            st.caption(" · ".join(plain(remark) for remark in remarks if remark), width="content")
    if total > len(hits) and everything:
        link_to(everything, _("All {number}", number=words().number(total)), **{TEXT: text})
