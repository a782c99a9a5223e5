"""A project at a glance, beside a chart that was clicked."""

from datetime import date

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import sentence
from pages.components.filters import change_address
from pages.components.light_detail import light_head
from pages.components.link import link_to
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.errors import NotFound
from tracker.rules.milestone import STATE_NAMES
from tracker.rules.project import PROJECT_STATE_NAMES, ProjectState
from tracker.services.timeline import read_project_at

_CLOSED = "peek_closed"


def chart_key(name: str) -> str:
    """Return the key of the chart whose clicks open a project here.

    It changes with each closing: a chart keeps its selection, and a second click on the same bar would say
    nothing.
    """
    return f"{name}_{st.session_state.get(_CLOSED, 0)}"


def open_picked(key: str) -> None:
    """Write the project that was clicked on the chart `key` into the address; other clicks change nothing."""
    picks = st.session_state[key]["selection"].get("pick", [])
    project_id = next((int(p["project_id"]) for p in picks if p.get("project_id")), 0)
    if project_id:
        change_address(project=str(project_id))


def open_project(project_id: int | None) -> None:
    """Write the project of a row that was ticked into the address; a row without one changes nothing."""
    if project_id:
        change_address(project=str(project_id))


def _close() -> None:
    st.session_state[_CLOSED] = st.session_state.get(_CLOSED, 0) + 1
    change_address(project=None)


def project_peek(project_id: int, day: date) -> None:
    """Draw the project's facts, milestones and a way to its page; and a way to close this again."""
    try:
        project, marks = read_project_at(desk(), project_id, day)
    except NotFound as error:
        st.warning(sentence(error))
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(project['name'])}**", width="stretch")
            st.button(
                _("Close"),
                icon=":material/close:",
                type="tertiary",
                key="peek_close",
                on_click=_close,
            )
        county = words().name(project["county"], project["county_en"] or "")
        pillar = words().name(project["pillar"], project["pillar_en"])
        st.caption(" · ".join(plain(text) for text in (county, pillar, project["number"])))
        with st.container(horizontal=True, vertical_alignment="center"):
            light_head(project_id, place="peek")
            st.markdown(_(PROJECT_STATE_NAMES[ProjectState(project["state"])]))
        with st.container(horizontal=True):
            st.metric(_("Actual progress"), words().percent(project["actual"]) or "–")
            st.metric(_("Planned progress"), words().percent(project["planned"]) or "–")
            st.metric(_("Milestones met"), f"{project['met']}/{project['milestones']}")
        if project["planned"] is None:
            st.caption(_("No approved plan yet, so there is nothing to be ahead of or behind."))
        record_table(
            marks,
            [
                Column("name", _("Milestone")),
                Column("current_due_on", _("Due"), "date"),
                Column("met_on", _("Met on"), "date"),
                Column("state", _("State"), names={k.value: v for k, v in STATE_NAMES.items()}),
                Column("forecast_on", _("Forecast"), "date"),
                Column("is_lapsed", _("Forecast lapsed"), "yes"),
            ],
            key="peek",
        )
        link_to("project.py", _("Open the project"), icon=":material/open_in_new:", id=project_id)
