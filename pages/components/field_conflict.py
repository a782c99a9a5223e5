"""Show the second of two editors both values of each field, and let them choose."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import sentence
from pages.components.field_names import field_name, value_text
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.errors import EditConflict
from tracker.services.history import name_values

_KEY = "{}_conflict"


def keep_conflict(
    key: str, conflict: EditConflict, values: dict[str, Any], known: Mapping[str, Any] | None = None
) -> None:
    """Keep what the form `key` met, with everything that was typed, for `settled_values` to show.

    `known` are the values the form began with: a field that this person left alone proposes what is stored.
    """
    untouched = {f for f, (_stored, typed) in conflict.fields.items() if known and known.get(f) == typed}
    st.session_state[_KEY.format(key)] = (conflict, values, untouched)


def is_in_conflict(key: str) -> bool:
    """Return whether form `key` met a conflict that is not settled yet."""
    return _KEY.format(key) in st.session_state


def settled_values(key: str, entity: str) -> tuple[dict[str, Any], int] | None:
    """Draw the conflict that form `key` met, if any.

    Once the person has chosen, return the values to save and the version they now know.
    """
    kept: tuple[EditConflict, dict[str, Any], set[str]] | None = st.session_state.get(_KEY.format(key))
    if kept is None:
        return None
    conflict, values, untouched = kept
    with st.container(border=True):
        st.warning(sentence(_with_local_time(conflict)), icon=":material/call_split:")
        choices = {f: _choice(f"{key}_{f}", entity, f, (conflict, f in untouched)) for f in conflict.fields}
        if st.button(_("Save these values"), type="primary", key=f"{key}_settle"):
            del st.session_state[_KEY.format(key)]
            theirs = {f: conflict.fields[f][0] for f, choice in choices.items() if choice == "theirs"}
            return values | theirs, conflict.version
        if st.button(_("Cancel"), key=f"{key}_give_up"):
            del st.session_state[_KEY.format(key)]
            st.rerun()
    return None


def _with_local_time(conflict: EditConflict) -> EditConflict:
    when = conflict.details["when"]
    shown = words().instant(when, desk().settings.zone) if when else ""
    return EditConflict(
        who=actor_name(conflict.details["who"]), when=shown, version=conflict.version, fields=conflict.fields
    )


def _choice(key: str, entity: str, field: str, met: tuple[EditConflict, bool]) -> str | None:
    conflict, is_untouched = met
    stored, typed = conflict.fields[field]
    names = name_values(desk(), [(entity, field, stored), (entity, field, typed)])
    shown = {
        "theirs": _("stored: {value}", value=plain(value_text(entity, field, stored, names))),
        "yours": _("yours: {value}", value=plain(value_text(entity, field, typed, names))),
    }
    return st.radio(
        field_name(field),
        list(shown),
        index=0 if is_untouched else 1,
        format_func=shown.__getitem__,
        key=f"{key}_choice",
    )
