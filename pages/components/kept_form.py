"""Forms whose fields live in the session, and, if wanted, as a draft in the database at every change.

A draft comes back after a reload, a restart, a visit to another page, and on another device. Fields that
are not drawn for a while keep their values too.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from db.errors import StorageError
from pages.components.context import _, desk
from tracker.services.draft import discard_draft, read_draft, save_draft

_DAY = "$date"


class KeptForm:
    """One form of one person. `name` names its draft; `prefix` begins the keys of its widgets.

    Every turn, from one save to the next, has keys of its own: what the browser still sends for a form
    that was saved cannot flow into the next one. `token` marks the turn's one sending.
    """

    def __init__(self, name: str, *, prefix: str, start: dict[str, Any], is_draft: bool) -> None:
        self.name, self.prefix, self.is_draft = name, prefix, is_draft
        self._slot = f"{prefix}.form"
        kept = st.session_state.get(self._slot)
        if kept is None or kept["name"] != name:
            self._begin(self._draft() or start)

    @property
    def content(self) -> dict[str, Any]:
        """The values kept so far, by field."""
        kept: dict[str, Any] = st.session_state[self._slot]["content"]
        return kept

    @property
    def token(self) -> str:
        """The mark of this turn's sending."""
        return str(self.content["token"])

    def key(self, field: str) -> str:
        """Return the widget key of a field."""
        return f"{self.prefix}{st.session_state[self._slot]['turn']}_{field}"

    def field(self, field: str, default: Any = None, options: Collection[Any] | None = None) -> str:
        """Return a field's widget key, with its kept value in place; one not among `options` is dropped."""
        key = self.key(field)
        if key not in st.session_state:
            st.session_state[key] = self.content.get(field, default)
        if options is not None:
            st.session_state[key] = _among(st.session_state[key], options, default)
        st.session_state[self._slot]["fields"].add(field)
        return key

    def get(self, field: str, default: Any = None) -> Any:
        """Return a field's value, drawn or not."""
        return st.session_state.get(self.key(field), self.content.get(field, default))

    def put(self, field: str, value: Any) -> None:
        """Set a field's value before its widget is drawn."""
        st.session_state[self.key(field)] = self.content[field] = value

    def keep(self) -> None:
        """Take over what the widgets hold, and keep it as a draft if it changed."""
        slot = st.session_state[self._slot]
        drawn = {f: st.session_state[self.key(f)] for f in slot["fields"] if self.key(f) in st.session_state}
        slot["content"] |= drawn
        encoded = _encoded(slot["content"])
        if not self.is_draft or encoded == slot["saved"] or slot["saved"] is None:
            return
        try:
            save_draft(desk(), self.name, encoded)
        except StorageError:
            # The form goes on; the next change tries again.
            st.toast(_("The draft could not be kept just now; it is tried again at the next change."))
        else:
            slot["saved"] = encoded

    def settle(self) -> None:
        """End a drawing of the form: the first one shows what nobody has typed, so it is no draft yet."""
        slot = st.session_state[self._slot]
        if slot["saved"] is None:
            slot["content"] |= {f: st.session_state[self.key(f)] for f in slot["fields"]}
            slot["saved"] = _encoded(slot["content"])
        self.keep()

    def finish(self, start: dict[str, Any]) -> None:
        """End the turn after a save or on discarding: forget the draft and begin anew with `start`."""
        if self.is_draft:
            # One left behind by a busy database carries its token, so sending it again saves nothing twice.
            with suppress(StorageError):
                discard_draft(desk(), self.name)
        self._begin(start)

    def _begin(self, content: dict[str, Any]) -> None:
        earlier = st.session_state.get(self._slot, {"turn": 0})
        for key in [k for k in st.session_state if str(k).startswith(f"{self.prefix}{earlier['turn']}_")]:
            del st.session_state[key]
        st.session_state[self._slot] = {
            "name": self.name,
            "turn": earlier["turn"] + 1,
            "content": {"token": uuid4().hex} | content,
            "fields": set(),
            "saved": None,
        }

    def _draft(self) -> dict[str, Any] | None:
        found = read_draft(desk(), self.name) if self.is_draft else None
        return _decoded(found[0]) if found else None


def _among(value: Any, options: Collection[Any], default: Any) -> Any:
    if isinstance(value, list):
        return [v for v in value if v in options]
    return value if value in options else default


def _encoded(value: Any) -> Any:
    """Return `value` as JSON takes it; a day is marked, so that a text that looks like one stays a text."""
    if isinstance(value, dict):
        return {k: _encoded(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_encoded(v) for v in value]
    return {_DAY: value.isoformat()} if isinstance(value, date) else value


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {_DAY}:
            return date.fromisoformat(value[_DAY])
        return {k: _decoded(v) for k, v in value.items()}
    return [_decoded(v) for v in value] if isinstance(value, list) else value
