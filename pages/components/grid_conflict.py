"""Two people changed the same cells of a grid: show both values, keep everything else that was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.field_names import field_name, value_text
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.rules.milestone_draft import Cell, GridConflict, rebased

Row = dict[str, Any]
_KEY = "{}_conflict"


def keep_grid_conflict(key: str, conflict: GridConflict, rows: list[Row], seen: Mapping[int, Row]) -> None:
    """Keep what the grid `key` met, with everything that was typed, for `settled_rows` to show."""
    st.session_state[_KEY.format(key)] = (conflict, rows, seen)


def settled_rows(key: str, stored: Sequence[Row]) -> list[Row] | None:
    """Draw the conflict that grid `key` met, if any; once the person has chosen, return the rows to save."""
    kept: tuple[GridConflict, list[Row], Mapping[int, Row]] | None = st.session_state.get(_KEY.format(key))
    if kept is None:
        return None
    conflict, rows, seen = kept
    with st.container(border=True):
        st.warning(_told(conflict), icon=":material/call_split:")
        theirs = {
            (cell.milestone_id, cell.field)
            for number, cell in enumerate(conflict.cells)
            if _choice(f"{key}_{number}", cell) == "theirs"
        }
        if st.button(_("Save these values"), type="primary", key=f"{key}_settle"):
            del st.session_state[_KEY.format(key)]
            return rebased(rows, seen, {row["id"]: row for row in stored}, theirs)
    return None


def _told(conflict: GridConflict) -> str:
    when = words().instant(conflict.details["when"], desk().settings.zone)
    who = plain(actor_name(conflict.details["who"]))
    return _(
        "{who} changed the same cells at {when}. Nothing was saved yet; choose for each.", who=who, when=when
    )


def _choice(key: str, cell: Cell) -> str | None:
    if cell.field == "removed":
        shown = {True: _("removed"), False: _("kept")}
        theirs, mine = shown[cell.theirs], shown[cell.mine]
    else:
        theirs, mine = (plain(value_text("milestone", cell.field, v, {})) for v in (cell.theirs, cell.mine))
    options = {
        "theirs": _("stored: {value}", value=theirs),
        "mine": _("yours: {value}", value=mine),
    }
    what = plain(cell.name) if cell.field == "removed" else f"{plain(cell.name)} · {field_name(cell.field)}"
    return st.radio(
        what, list(options), index=1, format_func=options.__getitem__, key=f"{key}_choice", horizontal=True
    )
