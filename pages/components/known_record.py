"""A project or an agreement as it was known at an earlier moment: every section of its page, and no forms."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from pages.components.agreement_facts import agreement_facts, agreement_head, stage_list
from pages.components.agreement_lights import agreement_lights
from pages.components.agreement_parts import part_lists
from pages.components.baseline_comparison import baseline_comparison
from pages.components.context import _, as_of, desk
from pages.components.course_charts import agreement_charts, project_charts
from pages.components.dependency_list import dependency_list
from pages.components.document_list import document_list
from pages.components.evidence_list import evidence_list
from pages.components.filters import as_of_picker
from pages.components.history_list import OF_PROJECT, history_list
from pages.components.looking_back import back_to_now
from pages.components.milestone_list import milestone_table
from pages.components.project_columns import project_columns
from pages.components.project_course import project_course, term_conflict_list
from pages.components.project_facts import project_facts, project_head, project_progress
from pages.components.project_updates import project_updates
from pages.components.record_table import record_table
from pages.components.sections import project_section
from pages.components.working_slip_table import working_slip_table
from tracker.errors import NotFound
from tracker.rules.document import DocumentKind
from tracker.services.agreement_file import AgreementFile
from tracker.services.document import DocumentFile, read_documents
from tracker.services.known_record import read_known_agreement, read_known_project
from tracker.services.lists import Wanted, list_milestones
from tracker.services.project_list import list_projects
from tracker.services.project_sheet import ProjectSheet


def known_project(project_id: int) -> None:
    """Draw a project with its plan, updates, risks, charts, documents and history, as known then."""
    try:
        sheet = read_known_project(desk(), project_id, as_of())
    except NotFound:
        _unknown(_("Project"))
        return
    project_head(sheet)
    project_progress(sheet)
    project_course(sheet)
    project_facts(sheet)
    match project_section():
        case "plan":
            _plan(sheet)
        case "updates":
            project_updates(sheet)
        case "charts":
            project_charts(sheet)
        case "records":
            documents = read_documents(desk(), project_id=sheet.id)
            _no_document(documents)
            document_list({"project_id": sheet.id}, documents, DocumentKind.other)
            history_list(sheet.id, OF_PROJECT)
    _left_out()


def known_agreement(agreement_id: int) -> None:
    """Draw an agreement with its parts, projects, charts, documents and history, as known then."""
    try:
        file = read_known_agreement(desk(), agreement_id, as_of())
    except NotFound:
        _unknown(_("Agreement"))
        return
    agreement_head(file)
    as_of_picker()
    agreement_facts(file)
    stage_list(file)
    part_lists(file)
    _projects(file)
    st.subheader(_("Documents"))
    _no_document(file.documents)
    document_list({"agreement_id": agreement_id}, file.documents, DocumentKind.scan)
    history_list(agreement_id)
    _left_out()


def _projects(file: AgreementFile) -> None:
    st.subheader(_("Projects"))
    agreement_lights(file)
    term_conflict_list(file.agreement.key)
    projects, _total = list_projects(desk(), as_of(), Wanted())
    projects = projects.filter(pl.col("agreement_id") == file.agreement.key)
    if projects.is_empty():
        st.caption(_("No project yet."))
        return
    record_table(projects, project_columns(), key="known_projects", opens="project.py")
    _milestones(pl.col("agreement_id") == file.agreement.key)
    agreement_charts(file)


def _plan(sheet: ProjectSheet) -> None:
    _milestones(pl.col("project_id") == sheet.id)
    evidence_list(sheet)
    baseline_comparison(sheet)
    working_slip_table(sheet)
    dependency_list(sheet)


def _milestones(of_it: pl.Expr) -> None:
    milestones, _total = list_milestones(desk(), as_of(), Wanted())
    milestones = milestones.filter(of_it)
    st.subheader(_("Milestones"))
    if milestones.is_empty():
        st.caption(_("No milestone was known."))
    else:
        milestone_table(milestones, key="known_milestones")


def _no_document(documents: Sequence[DocumentFile]) -> None:
    if not documents:
        st.caption(_("No document was known."))


def _unknown(title: str) -> None:
    st.title(title)
    as_of_picker()
    st.info(_("This record was not known then, or did not exist on the day looked at."))
    _back()


def _left_out() -> None:
    st.caption(
        ":material/info: "
        + _("The name of the plan template cannot be rebuilt and is as stored now; forms are left out.")
    )
    _back()


def _back() -> None:
    st.button(_("Show it as stored now"), icon=":material/undo:", key="as_stored_now", on_click=back_to_now)
