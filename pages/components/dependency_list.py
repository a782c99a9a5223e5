"""What a project's milestones wait for, who waits for them, and the dates that follow."""

import streamlit as st

from db.vocabulary import DependencyKind
from pages.components.context import _, as_of, desk
from pages.components.dependency_form import add_dependency_form, change_dependency_form
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.link import link_to
from pages.components.text import plain
from tracker.services.dependency import archive_dependency, lift_dependency
from tracker.services.dependency_sheet import (
    STANDING_NAMES,
    End,
    MovedDate,
    PathPart,
    Standing,
    Wait,
    read_dependencies,
)
from tracker.services.project_sheet import ProjectSheet

_ICONS = {
    Standing.met: ":material/check_circle:",
    Standing.open: ":material/hourglass_empty:",
    Standing.stopped: ":material/block:",
    Standing.cancelled: ":material/cancel:",
    Standing.absent: ":material/cancel:",
}


def dependency_list(sheet: ProjectSheet) -> None:
    """Draw the section."""
    st.subheader(
        _("Dependencies"),
        help=_(
            "Dates that follow from what is waited for stand beside the typed ones and never replace them."
            " What is not met yet counts with this day at the earliest; what is cancelled is ignored."
        ),
    )
    found = read_dependencies(desk(), sheet.id, as_of())
    may_write = desk().may("dependency.write") and not sheet.archived_at
    if not (found.waits or found.awaited):
        st.caption(_("No milestone of this project waits for another, and none elsewhere waits for it."))
    for moved in found.moved:
        _moved(sheet, moved)
    if found.waits:
        st.markdown("**" + _("Waiting here") + "**")
    for wait in found.waits:
        _one(sheet, wait, may_write=may_write)
    if found.awaited:
        st.markdown("**" + _("Waiting elsewhere for this project") + "**")
    for wait in found.awaited:
        _one(sheet, wait, may_write=False)
    _lifted(sheet, found.lifted)
    link_to("what_if.py", _("What if it came later?"), icon=":material/psychology_alt:", project=sheet.id)
    if may_write and any(m["cancelled_on"] is None for m in sheet.milestones):
        with st.expander(_("Let a milestone wait for another"), icon=":material/add_link:"):
            add_dependency_form(sheet)


def _lifted(sheet: ProjectSheet, waits: tuple[Wait, ...]) -> None:
    if not waits:
        return
    with st.expander(_("Lifted dependencies"), icon=":material/history:"):
        for wait in waits:
            st.markdown(f"{_sentence(wait, sheet.id)} · {_held(wait)}")


def _moved(sheet: ProjectSheet, moved: MovedDate) -> None:
    step = moved.step
    told = {"name": plain(step.name), "day": step.finish_on, "own": step.effective_on or "–"}
    with st.container(border=True):
        if step.effective_on and step.finish_on:
            days = (step.finish_on - step.effective_on).days
            said = _("**{name}** follows on {day}, {days} days after its own date {own}.", **told, days=days)
        else:
            said = _("**{name}** has no date of its own; it follows on {day}.", **told)
        st.markdown(":material/move_down: " + said)
        parts = [_part(part, sheet.id, is_driven=part is not moved.path[0]) for part in moved.path]
        st.caption(" → ".join(parts))


def _part(part: PathPart, project_id: int, *, is_driven: bool) -> str:
    """Tell one milestone of a path; of a driven one with a duration both days, so that the sum is seen."""
    name, started = _name(part.end, project_id), part.end.start_on
    if part.is_start:
        told = _("{name} starts {day}", name=name, day=part.day)
    elif is_driven and started and started < part.day:
        told = _("{name} runs from {start} to {day}", name=name, start=started, day=part.day)
    else:
        told = _("{name} is finished {day}", name=name, day=part.day)
    return f"{told} → {_lag(part.onward)}" if part.onward and part.onward.lag_days else told


def _one(sheet: ProjectSheet, wait: Wait, *, may_write: bool) -> None:
    other = wait.predecessor
    standing = f"{_ICONS[other.standing]} {_(STANDING_NAMES[other.standing])}"
    with st.expander(f"{_sentence(wait, sheet.id)} · {standing}"):
        st.caption(_held(wait))
        if other.finish_on:
            st.markdown(_("What is waited for finishes on {day}.", day=other.finish_on))
        if other.standing == Standing.stopped:
            st.warning(_("Its project is stopped, so it will not be met. Remove or replace this dependency."))
        elsewhere = wait.successor if other.project_id == sheet.id else other
        if elsewhere.project_id and elsewhere.project_id != sheet.id:
            name = plain(elsewhere.project)
            link_to("project.py", name, icon=":material/account_tree:", id=elsewhere.project_id)
        if may_write and wait.version is not None:
            _acts(wait)


def _acts(wait: Wait) -> None:
    key = f"dependency_{wait.id}"
    with st.container(horizontal=True):
        with st.popover(_("Change"), icon=":material/edit:"):
            if change_dependency_form(key, wait):
                st.rerun()
        with st.popover(_("Remove"), icon=":material/link_off:"):
            st.caption(_("From today on nothing waits by it any more; on earlier days it stays."))
            reason = st.text_input(_("Reason"), key=f"{key}_why", max_chars=2000)
            lifted = st.button(_("Remove from today on"), key=f"{key}_remove", type="primary")
            withdrawn = st.button(
                _("Withdraw, it was entered in error"),
                key=f"{key}_withdraw",
                help=_("It then never held on any day."),
            )
            if lifted or withdrawn:
                with attempt():
                    (lift_dependency if lifted else archive_dependency)(desk(), wait.id, reason)
                    announce(_("Saved."))
                    st.rerun()
                problem_beside("reason")


def _sentence(wait: Wait, project_id: int) -> str:
    names = {"after": _name(wait.successor, project_id), "before": _name(wait.predecessor, project_id)}
    match wait.kind:
        case DependencyKind.finish_to_start:
            told = _("**{after}** starts after {before} is finished", **names)
        case DependencyKind.start_to_start:
            told = _("**{after}** starts after {before} has started", **names)
        case DependencyKind.finish_to_finish:
            told = _("**{after}** is finished after {before} is finished", **names)
    return f"{told}, {_lag(wait)}" if wait.lag_days else told


def _held(wait: Wait) -> str:
    """Say since when it holds, and until when if it was lifted, also where that was after the day shown."""
    if wait.lifted_on is None:
        return _("agreed on {day}", day=wait.agreed_on)
    return _("agreed on {day}, lifted on {until}", day=wait.agreed_on, until=wait.lifted_on)


def _name(end: End, project_id: int = 0) -> str:
    if not end.name:
        return _("a milestone outside your area")
    return plain(end.name if end.project_id == project_id else f"{end.project} · {end.name}")


def _lag(wait: Wait) -> str:
    days = f"{wait.lag_days:+d}"
    return _("{days} working days", days=days) if wait.in_working_days else _("{days} days", days=days)
