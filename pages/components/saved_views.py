"""The views of a page, behind one button: open one, save what is shown, copy a link, share, withdraw."""

from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components.context import _, as_of, default_day
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.form_turn import end_turn, turn_key
from pages.components.record_names import actor_name
from pages.components.saved_view_acts import act_dialogs, act_menu, role_name
from pages.components.saved_view_address import (
    go_to_view,
    is_shown,
    named_view,
    names_a_view,
    present_desk,
    shown_query,
)
from pages.components.text import plain
from tracker.rules.saved_view import NAME_LIMIT, VIEWED_PAGES, ViewMissing
from tracker.services.saved_view import View, list_views, save_view

_FORM = "save_view"
# Beside the page's title, where it takes no line of its own; on a phone just above it.
_PLACE = (
    "<style>.st-key-saved_views {margin-bottom: -3.5rem; top: 2.1rem; align-self: flex-end;"
    " width: fit-content; position: relative; z-index: 2}"
    " .st-key-saved_views button p {white-space: nowrap; overflow: hidden; text-overflow: ellipsis;"
    " max-width: min(16rem, 45vw)}"
    " @media (max-width: 640px) {.st-key-saved_views {margin-bottom: -2.1rem; top: 0}}</style>"
)
_LABEL_LENGTH = 16


def saved_views(page: str) -> None:
    """Draw the views of a page that has some, and say where a link names one that is not there."""
    if names_a_view() and named_view() is None:
        st.warning(_(ViewMissing.sentence), icon=":material/link_off:")
    if page not in VIEWED_PAGES:
        return
    views = list_views(present_desk(), page)
    shown = next((view for view in views if is_shown(view)), None)
    st.html(_PLACE)
    with (
        st.container(key="saved_views"),
        st.popover(_label(shown), icon=":material/bookmarks:", key="views"),
    ):
        for view in views:
            _row(view, is_open=view is shown)
        if not views:
            st.caption(_("No view of this page is saved yet."))
        if present_desk().may("saved_view.write"):
            _save_form(page)
    act_dialogs(views)


def _label(shown: View | None) -> str:
    if shown is None:
        return _("Views")
    name = shown.name if len(shown.name) <= _LABEL_LENGTH else f"{shown.name[:_LABEL_LENGTH]}…"
    return plain(name)


def _row(view: View, *, is_open: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"view_row_{view.id}"):
        st.button(
            plain(view.name),
            key=f"open_view_{view.id}",
            type="tertiary",
            icon=":material/check:" if is_open else ":material/bookmark:",
            on_click=go_to_view,
            args=(view,),
        )
        st.caption(_told(view), width="stretch")
        act_menu(view)


def _told(view: View) -> str:
    """Say whose a view is and for whom the page opens with it."""
    told = []
    if not view.is_own:
        told.append(_("by {who}", who=plain(actor_name(view.author))))
    elif view.is_shared:
        told.append(_("shared"))
    if view.default_for:
        told.append(_("opens first for {role}", role=role_name(view.default_for)))
    return " · ".join(told)


def _save_form(page: str) -> None:
    turn = turn_key(f"{_FORM}_{page}")
    with st.form(turn, border=True, enter_to_submit=True):
        name = st.text_input(_("Save what is shown now as"), key=f"{turn}_name", max_chars=NAME_LIMIT)
        place = st.container()
        dated = _day_choice(f"{turn}_day_{as_of()}")
        shared = st.checkbox(_("Others may use it too"), key=f"{turn}_shared")
        sent = st.form_submit_button(_("Save the view"), icon=":material/bookmark_add:")
    if sent:
        _save({"name": name, "page": page, "query": shown_query(dated=dated), "is_shared": shared})
        with place:
            problem_beside("name")
        problem_beside("query")


def _day_choice(key: str) -> bool:
    """Draw whether the view keeps the day looked at; otherwise it shows the day on which it is opened.

    `key` names the day looked at, so that another one brings its own proposal.
    """
    days = {False: _("always today"), True: _("as of {day}", day=as_of())}
    picked: Any = st.radio(
        _("Day looked at"),
        list(days),
        index=int(as_of() != default_day()),
        format_func=days.__getitem__,
        key=key,
        horizontal=True,
    )
    return bool(picked)


def _save(values: dict[str, Any]) -> None:
    form = f"{_FORM}_{values['page']}"
    token = st.session_state.setdefault(f"{form}_token", uuid4().hex)
    with attempt():
        save_view(present_desk(), values, token=token)
        st.session_state.pop(f"{form}_token", None)
        end_turn(form)
        announce(_("View saved."))
        st.rerun()
