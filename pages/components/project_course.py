"""Where a project is heading: its deviation, its landing, and whether its work outlives the term."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.link import link_to
from pages.components.text import plain
from tracker.services.lists import list_term_conflicts
from tracker.services.project_sheet import ProjectSheet


def project_course(sheet: ProjectSheet) -> None:
    """Draw the deviation from the plan, the landing gates, and the conflict with the term if there is one."""
    if sheet.standing is None:
        return
    told = [*_deviation(sheet.standing), *_landing(sheet.standing)]
    if told:
        st.caption(" · ".join(told))
    for conflict in _conflicts("project_id", sheet.id):
        st.warning(_sentence(conflict), icon=":material/event_busy:")


def term_conflict_list(agreement_id: int) -> None:
    """Say of each project of an agreement that its work would end after the term, with the way to it."""
    conflicts = _conflicts("agreement_id", agreement_id)
    if not conflicts:
        return
    st.warning(_("Work of this agreement would end after its term:"), icon=":material/event_busy:")
    for conflict in conflicts:
        label = f"{plain(conflict['project'])}: {_sentence(conflict)}"
        link_to("project.py", label, icon=":material/account_tree:", id=conflict["project_id"])


def _conflicts(column: str, number: int) -> list[dict[str, Any]]:
    rows = list_term_conflicts(desk(), as_of()).to_dicts()
    return [row for row in rows if row[column] == number]


def _sentence(conflict: Mapping[str, Any]) -> str:
    return _(
        "The work would end on {finish}, {days} days after the agreement's term ends on {end}.",
        finish=conflict["effective_finish_on"],
        days=words().number(conflict["days_over"]),
        end=conflict["term_end_on"],
    )


def _deviation(standing: Mapping[str, Any]) -> list[str]:
    if standing["deviation"] is None:
        return []
    points = words().points(standing["deviation"])
    if standing["spi"] is None:
        return [_("deviation {points} points", points=points)]
    return [_("deviation {points} points, SPI {spi}", points=points, spi=f"{standing['spi']:.2f}")]


def _landing(standing: Mapping[str, Any]) -> list[str]:
    """Landed with its day, or how many gates are still open; nothing without an approved plan."""
    if standing["approved_on"] is None:
        return []
    if standing["landed_on"]:
        return [_("landed on {day}", day=standing["landed_on"])]
    if not standing["gates"]:
        return [_("no landing gate in the plan, so it cannot land")]
    gates = {"met": standing["gates_met"], "count": standing["gates"]}
    return [_("landing gates met with evidence: {met}/{count}", **gates)]
