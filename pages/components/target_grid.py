"""The targets of a year as a grid to type into, with what was reached beside them; one Save.

The editor works on a snapshot of its own, for its pending edits would be wiped if its input changed below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import polars as pl
import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.feedback import announce, attempt, sentence
from pages.components.grid_frame import from_editor, to_editor
from pages.components.grid_save import grid_save_button, save_asked
from pages.components.link import link_to
from pages.components.record_table import Column, record_table
from tracker.errors import InvalidInput
from tracker.rules.target import MOST, TargetMoved
from tracker.services.target import MEASURE_NAMES, MEASURES, TargetSheet, Wish, set_targets

_OF_MEASURE = [f"{m.value}{part}" for m in MEASURES for part in ("", "_reached", "_attained")]
_SCHEMA: dict[str, Any] = {
    "place": pl.String,
    **{name: pl.String if name.endswith("_attained") else pl.Int64 for name in _OF_MEASURE},
}


@dataclass
class _Grid:
    """What one person's window holds of a year's targets until they are saved; rows as in the sheet.

    `typed` holds the cells that wait to be saved, for the editor forgets them when another page is opened.
    """

    seen: dict[tuple[int | None, Any], int]
    keys: list[int | None]
    rows: list[dict[str, Any]]
    edition: int
    typed: dict[tuple[int | None, Any], int | None] = field(default_factory=dict)
    token: str = field(default_factory=lambda: uuid4().hex)


@st.fragment
def target_grid(sheet: TargetSheet) -> None:
    """Draw the grid of a year's targets and the one Save."""
    key = f"targets_{sheet.year}"
    grid = _current(key, sheet)
    edited = st.data_editor(
        to_editor(grid.rows, _SCHEMA),
        key=f"{key}_{grid.edition}",
        num_rows="fixed",
        hide_index=True,
        height="content",
        column_config=_columns(),
        placeholder="",
        alt=_("Targets"),
    )
    wishes = _wishes(grid, from_editor(edited, _SCHEMA))
    grid.typed = {(wish.region_key, wish.measure): wish.count for wish in wishes}
    taken = [wish.name for wish in wishes if wish.count is None]
    reason = ""
    if taken:
        reason = st.text_input(_("Why take targets away?"), key=f"{key}_reason", max_chars=300)
    with st.container(horizontal=True, vertical_alignment="center"):
        grid_save_button(key, _("Save targets"))
        if wishes and st.button(_("Discard"), key=f"{key}_discard", icon=":material/undo:"):
            st.session_state.pop(key, None)
            st.rerun()
        link_to("history.py", _("History"), icon=":material/history:", entity="target")
    if save_asked(key) and wishes:
        _save(key, grid, wishes, reason)


def target_table(sheet: TargetSheet) -> None:
    """Draw the same as a table, for those who only read it."""
    frame = pl.DataFrame(_rows(sheet), schema=_SCHEMA)
    columns = [Column("place", _("Region"))]
    for measure in MEASURES:
        labels = _labels(measure)
        columns += [
            Column(name, label, "text" if "_att" in name else "number") for name, label in labels.items()
        ]
    record_table(frame, columns, key="targets")


def place_name(row: Mapping[str, Any]) -> str:
    """Return what a place is called; all of it has no name of its own."""
    return words().name(row["name"], row["name_en"] or row["name"]) or _("All regions")


def _current(key: str, sheet: TargetSheet) -> _Grid:
    """Return the window's grid, made anew when nothing waits to be saved or the editor forgot it."""
    grid: _Grid | None = st.session_state.get(key)
    keys, rows = sheet.places["region_key"].to_list(), _rows(sheet)
    number = st.session_state.get(f"{key}_number", 0) + 1
    made = _Grid(dict(sheet.stored), keys, rows, number)
    if grid is not None:
        editor = st.session_state.get(f"{key}_{grid.edition}")
        if editor is not None and (editor["edited_rows"] or grid.typed):
            return grid
        if not grid.typed and (grid.keys, grid.rows) == (keys, rows):
            return grid
        if grid.typed:
            made.seen, made.typed, made.token = grid.seen, grid.typed, grid.token
            made.rows = [_with_typed(row, region, grid.typed) for region, row in zip(keys, rows, strict=True)]
    st.session_state[key], st.session_state[f"{key}_number"] = made, number
    return made


def _with_typed(
    row: dict[str, Any], region: int | None, typed: Mapping[tuple[int | None, Any], int | None]
) -> dict[str, Any]:
    return row | {measure.value: count for (key, measure), count in typed.items() if key == region}


def _rows(sheet: TargetSheet) -> list[dict[str, Any]]:
    rows = []
    for place in sheet.places.iter_rows(named=True):
        row = {name: place.get(name) for name in _OF_MEASURE}
        for measure in MEASURES:
            share = place[f"{measure.value}_share"]
            row[f"{measure.value}_attained"] = None if share is None else words().percent(share)
        rows.append({"place": place_name(place)} | row)
    return rows


def _wishes(grid: _Grid, edited: list[dict[str, Any]]) -> list[Wish]:
    """Return the cells that differ from what the person saw."""
    return [
        Wish(key, measure, row[measure.value], f"{row['place']} · {_(MEASURE_NAMES[measure])}")
        for key, row in zip(grid.keys, edited, strict=True)
        for measure in MEASURES
        if row[measure.value] != grid.seen.get((key, measure))
    ]


def _save(key: str, grid: _Grid, wishes: list[Wish], reason: str) -> None:
    year = int(key.rpartition("_")[2])
    with attempt():
        try:
            set_targets(desk(), year, wishes, seen=grid.seen, reason=reason, token=grid.token)
        except InvalidInput as error:
            _tell(grid, error)
            return
        st.session_state.pop(key, None)
        announce(_("Saved."))
        st.rerun()


def _tell(grid: _Grid, error: InvalidInput) -> None:
    """Say what each cell met; what others set meanwhile is then known, and saving again replaces it."""
    grid.token = uuid4().hex
    for problem in error.problems:
        st.error(sentence(problem), icon=":material/error:")
        if isinstance(problem, TargetMoved):
            stored = problem.details["count"]
            grid.seen.pop(problem.details["cell"], None)
            if stored is not None:
                grid.seen[problem.details["cell"]] = stored
    if any(isinstance(problem, TargetMoved) for problem in error.problems):
        st.info(_("Nothing was saved. Save again to keep what you typed, or discard it."))


def _labels(measure: Any) -> dict[str, str]:
    name = measure.value
    target = {
        "signings": (_("Signings, target"), _("Signed"), _("Signings, attained")),
        "landings": (_("Landings, target"), _("Landed"), _("Landings, attained")),
    }[name]
    return dict(zip((name, f"{name}_reached", f"{name}_attained"), target, strict=True))


def _columns() -> dict[str, Any]:
    column = st.column_config
    day = as_of()
    found: dict[str, Any] = {"place": column.TextColumn(_("Region"), disabled=True, width=180, pinned=True)}
    for measure in MEASURES:
        target, reached, attained = _labels(measure).items()
        found[target[0]] = column.NumberColumn(target[1], min_value=0, max_value=MOST, step=1, width=110)
        counted = _("Counted from 1 January to {day}, or to the year's end.", day=day)
        found[reached[0]] = column.NumberColumn(reached[1], disabled=True, width=80, help=counted)
        found[attained[0]] = column.TextColumn(attained[1], disabled=True, width=110, alignment="right")
    return found
