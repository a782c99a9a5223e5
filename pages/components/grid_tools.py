"""Tools beside the grid of milestones: take rows from a spreadsheet, move every unmet one by some days."""

from typing import Any

import streamlit as st

from pages.components.context import _
from pages.components.feedback import sentence
from pages.components.field_names import field_name
from tracker.errors import InvalidInput, TrackerError
from tracker.rules.milestone_draft import MOST_DAYS, moved, pasted_rows

Row = dict[str, Any]


def paste_tool(key: str, rows: list[Row]) -> list[Row] | None:
    """Offer to add rows copied from a spreadsheet; return the grid's rows with them once they are read."""
    with st.popover(_("Paste rows"), icon=":material/content_paste:"):
        st.caption(
            _("Copy rows from a spreadsheet: name, start, due date and weight, or only name and due date.")
        )
        text = st.text_area(
            _("Rows"),
            key=f"{key}_paste",
            height=160,
            placeholder=_("Kick-off meeting\t2020-07-20\t2020/7/31\t10"),
            label_visibility="collapsed",
        )
        if not st.button(_("Add these rows"), key=f"{key}_paste_add", type="primary") or not text.strip():
            return None
        try:
            return rows + [{"id": None} | row for row in pasted_rows(text)]
        except InvalidInput as error:
            st.error("\n".join([sentence(error), *(f"- {_in_line(p)}" for p in error.problems)]))
    return None


def move_tool(key: str, rows: list[Row]) -> list[Row] | None:
    """Offer to move all unmet milestones by days; return the grid's rows once they are moved."""
    with st.popover(_("Move dates"), icon=":material/date_range:"):
        st.caption(_("Moves start, due date and forecast of every unmet milestone; saved with the grid."))
        days = st.number_input(
            _("Days, negative for earlier"), -MOST_DAYS, MOST_DAYS, 7, step=1, key=f"{key}_move_days"
        )
        if not st.button(_("Move"), key=f"{key}_move", type="primary") or not days:
            return None
        try:
            return [
                row if row.get("met_on") or row.get("cancelled_on") else moved(row, int(days)) for row in rows
            ]
        except TrackerError as error:
            st.error(sentence(error))
    return None


def _in_line(problem: TrackerError) -> str:
    line, _dot, name = problem.field.partition(".")
    return _(
        "row {number}, {field}: {problem}",
        number=int(line) + 1,
        field=field_name(name),
        problem=sentence(problem),
    )
