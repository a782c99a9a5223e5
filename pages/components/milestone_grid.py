"""A project's milestones as a grid to type into: one Save, and nothing lost when others save meanwhile.

The editor works on a snapshot of its own, for its pending edits would be wiped if its input changed below it.
`typed` holds what it showed last, so that a visit to another page loses nothing either.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import polars as pl
import streamlit as st

from pages.components.context import _, desk
from pages.components.feedback import announce, attempt
from pages.components.field_names import field_name
from pages.components.forecast_reason import forecast_reason
from pages.components.grid_conflict import keep_grid_conflict, settled_rows
from pages.components.grid_frame import from_editor, to_editor
from pages.components.grid_problems import show_grid_problems
from pages.components.grid_save import grid_save_button, save_asked
from pages.components.grid_tools import move_tool, paste_tool
from pages.components.milestone_evidence import end_evidence_turn
from pages.components.text import plain
from tracker.errors import InvalidInput
from tracker.rules.milestone import STATE_NAMES
from tracker.rules.milestone_draft import ROW_FIELDS, GridConflict, weight_total
from tracker.services.milestone_grid import save_milestones
from tracker.services.project_sheet import ProjectSheet

_SCHEMA = {
    "id": pl.Int64,
    "place": pl.Int64,
    "name": pl.String,
    "start_on": pl.Date,
    "due_on": pl.Date,
    "forecast_on": pl.Date,
    "weight": pl.Int64,
    "is_key": pl.Boolean,
    "is_gate": pl.Boolean,
    "state": pl.String,
    "met_on": pl.Date,
}
_SHOWN = [name for name in _SCHEMA if name != "id"]


@dataclass
class _Grid:
    """What one person's window holds of one plan until it is saved."""

    seen: dict[int, dict[str, Any]]
    rows: list[dict[str, Any]]
    typed: list[dict[str, Any]]
    edition: int = 0
    reason: str = ""
    why: dict[str, Any] = field(default_factory=dict)
    token: str = field(default_factory=lambda: uuid4().hex)

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.typed != list(self.seen.values())

    @property
    def moves_forecasts(self) -> bool:
        """Whether any forecast was typed, moved or taken out."""
        before = {i: row["forecast_on"] for i, row in self.seen.items()}
        return any(row.get("forecast_on") != before.get(row.get("id") or 0) for row in self.typed)

    def show(self, rows: list[dict[str, Any]]) -> None:
        """Give the editor other rows to start from."""
        self.rows = self.typed = rows
        self.edition += 1


@st.fragment
def milestone_grid(sheet: ProjectSheet) -> None:
    """Draw the grid of a project's milestones with its tools and the one Save."""
    key = f"grid_{sheet.id}"
    if (rows := settled_rows(key, sheet.milestones)) is not None:
        old: _Grid = st.session_state[key]
        new = _renew(key, sheet)
        new.show(rows)
        new.why = old.why
        _save(key, sheet, reason=old.reason)
    grid = _current(key, sheet)
    if grid.is_touched and {i: m["version"] for i, m in grid.seen.items()} != _versions(sheet):
        st.info(_("Somebody saved this plan meanwhile. What you typed is kept; save to bring both together."))
    editor = f"{key}_{grid.edition}"
    if editor not in st.session_state and grid.typed != grid.rows:
        grid.show(grid.typed)
        editor = f"{key}_{grid.edition}"
    edited = st.data_editor(
        to_editor(_numbered(grid.rows, sheet), _SCHEMA),
        key=editor,
        num_rows="dynamic",
        hide_index=True,
        height="content",
        column_order=_SHOWN,
        column_config=_columns(),
        disabled=not desk().may("milestone.write") or bool(sheet.archived_at),
        placeholder="",
        alt=_("Milestones"),
    )
    grid.typed = _typed(from_editor(edited, _SCHEMA), grid)
    _foot(key, grid, sheet)


def _current(key: str, sheet: ProjectSheet) -> _Grid:
    """Return the window's grid, made anew whenever nothing in it waits to be saved."""
    grid: _Grid | None = st.session_state.get(key)
    if grid is not None and any((st.session_state.get(f"{key}_{grid.edition}") or {}).values()):
        return grid
    if grid is None or (
        not grid.is_touched and {i: m["version"] for i, m in grid.seen.items()} != _versions(sheet)
    ):
        return _renew(key, sheet)
    return grid


def _renew(key: str, sheet: ProjectSheet) -> _Grid:
    old: _Grid | None = st.session_state.get(key)
    rows = [dict(m) for m in sheet.milestones]
    grid = _Grid({m["id"]: m for m in sheet.milestones}, rows, rows, edition=old.edition + 1 if old else 0)
    st.session_state[key] = grid
    return grid


def _versions(sheet: ProjectSheet) -> dict[int, int]:
    return {m["id"]: m["version"] for m in sheet.milestones}


def _numbered(rows: list[dict[str, Any]], sheet: ProjectSheet) -> list[dict[str, Any]]:
    named = {i: STATE_NAMES[standing["state"]] for i, standing in sheet.states.items()}
    lapsed = _("forecast lapsed")
    states = {
        i: f"{_(name)} · {lapsed}" if sheet.states[i]["is_lapsed"] else _(name) for i, name in named.items()
    }
    return [
        row | {"place": place, "state": states.get(row.get("id") or 0)}
        for place, row in enumerate(rows, start=1)
    ]


def _columns() -> dict[str, Any]:
    column = st.column_config
    order = _("Give other numbers to change the order.")
    lands = _("The project lands once all its gates are met.")
    return {
        "place": column.NumberColumn("№", step=1, width=45, help=order),
        "name": column.TextColumn(_("Name"), width=180, required=True, max_chars=300),
        "start_on": _day_column("start_on"),
        "due_on": _day_column("due_on"),
        "forecast_on": _day_column("forecast_on"),
        "weight": column.NumberColumn(field_name("weight"), step=1, default=10, width=65),
        "is_key": column.CheckboxColumn(field_name("is_key"), default=False, width=85),
        "is_gate": column.CheckboxColumn(field_name("is_gate"), default=False, width=85, help=lands),
        "state": column.TextColumn(_("State"), disabled=True, width=130),
        "met_on": _day_column("met_on", disabled=True),
    }


def _day_column(field: str, *, disabled: bool = False) -> Any:
    return st.column_config.DateColumn(field_name(field), format="YYYY-MM-DD", width=97, disabled=disabled)


def _typed(edited: list[dict[str, Any]], grid: _Grid) -> list[dict[str, Any]]:
    """Return the editor's rows, whole again with what it does not show, in the order of their numbers."""
    known = {row["id"]: row for row in grid.rows if row.get("id")}
    visible = [name for name in _SHOWN if name in ROW_FIELDS]
    ordered = sorted(edited, key=lambda row: row["place"] if row["place"] is not None else 10**9)
    return [
        dict(known.get(row["id"], {"id": None}))
        | {name: row[name] for name in visible if row[name] is not None or row["id"]}
        for row in ordered
    ]


def _foot(key: str, grid: _Grid, sheet: ProjectSheet) -> None:
    st.caption(
        _(
            "Milestones: {count}. Sum of weights: {total}.",
            count=len(grid.typed),
            total=weight_total(grid.typed),
        )
    )
    if grid.typed and weight_total(grid.typed) == 0:
        st.warning(_("All weights are 0: there is no plan to measure progress by."))
    if not desk().may("milestone.write") or sheet.archived_at:
        return
    removed = [m["name"] for i, m in grid.seen.items() if i not in {row["id"] for row in grid.typed}]
    reason = ""
    if removed:
        names = plain(", ".join(removed))
        reason = st.text_input(_("Why remove {names}?", names=names), key=f"{key}_reason", max_chars=300)
    if grid.moves_forecasts:
        grid.why = forecast_reason(f"{key}_why", grid.why)
    with st.container(horizontal=True, vertical_alignment="center"):
        grid_save_button(key, _("Save milestones"))
        if grid.is_touched and st.button(_("Discard"), key=f"{key}_discard", icon=":material/undo:"):
            _renew(key, sheet)
            st.rerun()
        if (rows := paste_tool(key, grid.typed)) is not None or (
            rows := move_tool(key, grid.typed)
        ) is not None:
            grid.show(rows)
            st.rerun()
    if save_asked(key):
        _save(key, sheet, reason=reason)


def _save(key: str, sheet: ProjectSheet, *, reason: str) -> None:
    grid: _Grid = st.session_state[key]
    grid.reason = reason
    why = grid.why if grid.moves_forecasts else {}
    try:
        with attempt():
            try:
                save_milestones(
                    desk(), sheet.id, grid.typed, seen=grid.seen, reason=reason, why=why, token=grid.token
                )
            except InvalidInput as error:
                show_grid_problems(error, [row.get("name") or "" for row in grid.typed])
                return
            # Another editor starts, for this one goes on holding what was just saved as not saved.
            grid.show(list(grid.seen.values()))
            for milestone_id in grid.seen:
                end_evidence_turn(milestone_id)
            announce(_("Saved."))
            st.rerun()
    except GridConflict as conflict:
        keep_grid_conflict(key, conflict, grid.typed, grid.seen)
        st.rerun()
