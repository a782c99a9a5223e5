"""A project or an agreement as it was known at an earlier moment: what the lists knew of it, and no forms."""

import polars as pl
import streamlit as st

from pages.components.agreement_list import agreement_table
from pages.components.context import _, as_of, desk
from pages.components.filters import as_of_picker
from pages.components.looking_back import back_to_now
from pages.components.milestone_list import milestone_table
from pages.components.project_columns import project_columns
from pages.components.record_table import record_table
from pages.components.text import plain
from tracker.services.lists import Wanted, list_agreements, list_milestones
from tracker.services.project_list import list_projects


def known_project(project_id: int) -> None:
    """Draw a project and its milestones as known then."""
    projects, _total = list_projects(desk(), as_of(), Wanted())
    found = projects.filter(pl.col("id") == project_id)
    if found.is_empty():
        _unknown(_("Project"))
        return
    st.title(plain(found["name"][0]))
    as_of_picker()
    record_table(found, project_columns(), key="known_project")
    _milestones(pl.col("project_id") == project_id)
    _left_out()


def known_agreement(agreement_id: int) -> None:
    """Draw an agreement, its projects and their milestones as known then."""
    agreements, _total = list_agreements(desk(), as_of(), Wanted())
    found = agreements.filter(pl.col("id") == agreement_id)
    if found.is_empty():
        _unknown(_("Agreement"))
        return
    st.title(plain(found["number"][0]))
    as_of_picker()
    agreement_table(found, key="known_agreement")
    projects, _total = list_projects(desk(), as_of(), Wanted())
    projects = projects.filter(pl.col("agreement_id") == agreement_id)
    st.subheader(_("Projects"))
    if projects.is_empty():
        st.caption(_("No project yet."))
    else:
        record_table(projects, project_columns(), key="known_projects", opens="project.py")
        _milestones(pl.col("agreement_id") == agreement_id)
    _left_out()


def _milestones(of_it: pl.Expr) -> None:
    milestones, _total = list_milestones(desk(), as_of(), Wanted())
    milestones = milestones.filter(of_it)
    st.subheader(_("Milestones"))
    if milestones.is_empty():
        st.caption(_("No milestone was known."))
    else:
        milestone_table(milestones, key="known_milestones")


def _unknown(title: str) -> None:
    st.title(title)
    as_of_picker()
    st.info(_("This record was not known then, or did not exist on the day looked at."))
    _left_out()


def _left_out() -> None:
    st.caption(
        ":material/info: "
        + _("Documents, notes, the log of risks and updates, and the history are shown as stored now only.")
    )
    st.button(_("Show it as stored now"), icon=":material/undo:", key="as_stored_now", on_click=back_to_now)
