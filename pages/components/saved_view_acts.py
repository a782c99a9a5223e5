"""What can be done with a saved view: take its link, change it, let a role begin with it, withdraw it."""

from functools import partial
from typing import Any

import streamlit as st

from pages.components.act_dialog import Asked, act_form, ask, asked, done, draw_dialog
from pages.components.context import _
from pages.components.feedback import attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name
from pages.components.form_turn import drawn_from
from pages.components.saved_view_address import present_desk, shown_query
from pages.components.text import plain
from tracker.errors import N_, EditConflict
from tracker.permissions import Role
from tracker.rules.saved_view import AS_OF, NAME_LIMIT
from tracker.services.saved_view import View, archive_view, change_view, make_default

_LINK, _CHANGE, _FIRST, _WITHDRAW = "view_link", "view_change", "view_first", "view_withdraw"
_NAMES = {
    _LINK: N_("Link to this view"),
    _CHANGE: N_("Change this view"),
    _FIRST: N_("Open first for a role"),
    _WITHDRAW: N_("Withdraw this view"),
}
_ROLES = {
    Role.viewer.name: N_("viewers"),
    Role.editor.name: N_("editors"),
    Role.lead.name: N_("regional leads"),
    Role.administrator.name: N_("administrators"),
}


def role_name(role: str) -> str:
    """Return what the people of a role are called."""
    return _(_ROLES[role])


def act_menu(view: View) -> None:
    """Draw what the person may do with a view."""
    acts = [_LINK]
    if view.is_own and present_desk().may("saved_view.write"):
        acts += [_CHANGE, _WITHDRAW]
    if view.is_shared and present_desk().may("saved_view.default"):
        acts.append(_FIRST)
    picked = st.menu_button(
        _("More"),
        acts,
        format_func=lambda act: _(_NAMES[act]),
        type="tertiary",
        key=f"view_menu_{view.id}",
    )
    if picked:
        # Negative, so that no other record's dialog takes the view's number for its own.
        ask(picked, -view.id)


def act_dialogs(views: list[View]) -> None:
    """Draw the dialog of the act that was asked for on one of `views`, if any."""
    bodies = {_LINK: _link, _CHANGE: _change, _FIRST: _first, _WITHDRAW: _withdraw}
    for view in views:
        found = asked(-view.id)
        if found is not None and found.act in bodies:
            draw_dialog(_(_NAMES[found.act]), partial(bodies[found.act], view, found))


def _link(view: View, _asked: Asked) -> None:
    st.markdown(f"**{plain(view.name)}**")
    st.code(f"{st.context.url or ''}?view={view.id}", language=None, wrap_lines=True)
    if not view.is_shared:
        st.caption(_("Only you can open it as long as it is not shared."))


def _change(view: View, found: Asked) -> None:
    key = f"view_{found.token}"
    if settled := settled_values(key, "saved_view"):
        _save_change(key, view, *settled)
        return
    drawn = drawn_from(key, f"{key}_name", view)
    with st.form(key, border=False, enter_to_submit=False):
        name = st.text_input(field_name("name"), drawn.name, key=f"{key}_name", max_chars=NAME_LIMIT)
        place = st.container()
        shared = st.checkbox(_("Others may use it too"), drawn.is_shared, key=f"{key}_shared")
        if drawn.is_shared and drawn.default_for:
            st.caption(_("The page opens with it for {role}.", role=role_name(drawn.default_for)))
        replaced = st.checkbox(_("From now on it shows what the page shows now"), key=f"{key}_replaced")
        sent = st.form_submit_button(_("Save"), type="primary")
    if sent:
        query = shown_query(dated=AS_OF in drawn.parameters) if replaced else drawn.query
        values = {"name": name, "page": drawn.page, "query": query, "is_shared": shared}
        _save_change(key, drawn, values, drawn.version)
        with place:
            problem_beside("name")


def _save_change(key: str, drawn: View, values: dict[str, Any], seen: int | None) -> None:
    try:
        with attempt():
            change_view(present_desk(), drawn.id, values, seen=seen)
            done()
    except EditConflict as conflict:
        known = {n: getattr(drawn, n) for n in ("name", "page", "query", "is_shared")}
        keep_conflict(key, conflict, values, known)
        st.rerun()


def _first(view: View, _asked: Asked) -> None:
    st.caption(
        _("People of that role see this view when they open the page with nothing chosen. One view a role.")
    )
    roles = {role: role_name(role) for role in _ROLES} | {"": _("nobody")}

    def fields(form: Any) -> None:
        form.choice("default_for", field_name("default_for"), roles, view.default_for)

    act_form("view_first", fields, lambda v: make_default(present_desk(), view.id, v["default_for"] or None))


def _withdraw(view: View, _asked: Asked) -> None:
    st.markdown(f"**{plain(view.name)}**")
    st.caption(_("Links to it then say that it does not exist any more."))
    act_form(
        "view_withdraw",
        lambda form: form.line("reason", field_name("reason")),
        lambda v: archive_view(present_desk(), view.id, v["reason"]),
        _("Withdraw this view"),
    )
