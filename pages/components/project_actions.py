"""What can be done about a project as a whole: start, go live, accept, pause, stop, withdraw."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.components.context import _, desk
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name
from pages.components.forecast_reason import reason_choice
from tracker.errors import EditConflict
from tracker.services.project import archive_project, restore_project
from tracker.services.project_course import (
    accept_project,
    archive_pause,
    end_pause,
    go_live,
    pause_project,
    resume_project,
    start_project,
    stop_project,
)
from tracker.services.project_sheet import ProjectSheet

_FIRST_DAY = date(1949, 10, 1)


def project_actions(sheet: ProjectSheet) -> None:
    """Draw the acts that make sense now; each opens a small form."""
    if settled := settled_values(_key(sheet), "project"):
        values, seen = settled
        _course(sheet, values, seen)
    if not desk().may("project.write"):
        return
    with st.container(horizontal=True):
        if sheet.archived_at:
            _restore(sheet)
            return
        if sheet.project["stopped_on"]:
            _resume(sheet)
        else:
            _days(sheet)
            _end_pause(sheet, sheet.open_pause) if sheet.open_pause else _pause(sheet)
            _stop(sheet)
        if desk().may("project.archive"):
            _archive(sheet)


def _days(sheet: ProjectSheet) -> None:
    for field, label, icon in (
        ("started_on", _("Start"), ":material/play_arrow:"),
        ("live_on", _("Go live"), ":material/rocket_launch:"),
        ("accepted_on", _("Accept"), ":material/task_alt:"),
    ):
        if sheet.fields[field] or (field != "started_on" and not sheet.fields["started_on"]):
            continue
        with st.popover(label, icon=icon):
            day = _day(sheet, field)
            if st.button(_("Save"), key=f"{_key(sheet)}_{field}_save", type="primary"):
                _course(sheet, {field: day}, sheet.version)


def _course(sheet: ProjectSheet, values: dict[str, Any], seen: int) -> None:
    acts: Mapping[str, Callable[..., None]] = {
        "started_on": start_project,
        "live_on": go_live,
        "accepted_on": accept_project,
    }
    try:
        with attempt():
            if "stopped_on" in values:
                stop_project(desk(), sheet.id, values, seen=seen)
            for field in acts.keys() & values.keys():
                acts[field](desk(), sheet.id, values[field], seen=seen)
            _done()
    except EditConflict as conflict:
        keep_conflict(_key(sheet), conflict, values)
        st.rerun()
    for field in values:
        problem_beside(field)


def _pause(sheet: ProjectSheet) -> None:
    with st.popover(_("Pause"), icon=":material/pause_circle:"):
        st.caption(_("While a project rests, its planned progress stands still."))
        values = {
            "from_on": _day(sheet, "from_on", ahead=True),
            "to_on": _day(sheet, "to_on", ahead=True, start=None),
        }
        values["reason"] = st.text_input(_("Reason"), key=f"{_key(sheet)}_pause_reason", max_chars=2000)
        if st.button(_("Save"), key=f"{_key(sheet)}_pause_save", type="primary"):
            with attempt():
                pause_project(desk(), sheet.id, values)
                _done()
            for field in values:
                problem_beside(field)


def _end_pause(sheet: ProjectSheet, pause: dict[str, Any]) -> None:
    with st.popover(_("End the pause"), icon=":material/play_circle:"):
        day = _day(sheet, "resumed_on", label=_("Work goes on from"))
        follow = st.checkbox(
            _("Move the unmet milestones by the days of the pause"), key=f"{_key(sheet)}_follow"
        )
        code = reason_choice(f"{_key(sheet)}_end_pause") if follow and _has_forecasts(sheet) else None
        if st.button(_("Save"), key=f"{_key(sheet)}_end_pause", type="primary"):
            with attempt():
                end_pause(desk(), sheet.id, day, moves_plan=follow, reason_code=code)
                _done()
            for field in ("resumed_on", "reason_code"):
                problem_beside(field)
        _reasoned(
            sheet,
            _("The pause was entered in error"),
            "pause_error",
            lambda reason: archive_pause(desk(), sheet.id, pause["id"], reason),
        )


def _has_forecasts(sheet: ProjectSheet) -> bool:
    """Whether anything unmet is forecast, so that moving the plan moves forecasts along."""
    return any(m["forecast_on"] and not m["met_on"] and not m["cancelled_on"] for m in sheet.milestones)


def _stop(sheet: ProjectSheet) -> None:
    with st.popover(_("Stop"), icon=":material/block:"):
        st.caption(_("A stopped project stays in every count, marked as stopped."))
        values = {"stopped_on": _day(sheet, "stopped_on")}
        values["stop_reason"] = st.text_input(_("Reason"), key=f"{_key(sheet)}_stop_reason", max_chars=2000)
        if st.button(_("Stop the project"), key=f"{_key(sheet)}_stop_save", type="primary"):
            _course(sheet, values, sheet.version)


def _resume(sheet: ProjectSheet) -> None:
    with st.popover(_("Resume"), icon=":material/play_circle:"):
        _reasoned(
            sheet, _("Resume the project"), "resume", lambda reason: resume_project(desk(), sheet.id, reason)
        )


def _archive(sheet: ProjectSheet) -> None:
    with st.popover(_("Archive"), icon=":material/archive:"):
        st.caption(_("Only for projects entered in error: it leaves every count. To end a project, stop it."))
        _reasoned(sheet, _("Archive"), "archive", lambda reason: archive_project(desk(), sheet.id, reason))


def _restore(sheet: ProjectSheet) -> None:
    if desk().may("project.archive") and st.button(_("Restore"), icon=":material/unarchive:"):
        with attempt():
            restore_project(desk(), sheet.id)
            _done()


def _reasoned(sheet: ProjectSheet, label: str, name: str, act: Callable[[str], None]) -> None:
    """Draw a reason and a button that does `act` with it."""
    reason = st.text_input(_("Reason"), key=f"{_key(sheet)}_{name}_reason", max_chars=2000)
    if st.button(label, key=f"{_key(sheet)}_{name}_save"):
        with attempt():
            act(reason)
            _done()


def _day(
    sheet: ProjectSheet, field: str, *, ahead: bool = False, start: Any = "today", label: str = ""
) -> Any:
    today = desk().today
    return st.date_input(
        label or field_name(field),
        today if start == "today" else start,
        key=f"{_key(sheet)}_{field}",
        format="YYYY-MM-DD",
        min_value=_FIRST_DAY,
        max_value=today + timedelta(days=3660) if ahead else today,
    )


def _key(sheet: ProjectSheet) -> str:
    return f"project_act_{sheet.id}"


def _done() -> None:
    announce(_("Saved."))
    st.rerun()
