"""Project: what it is, how far it is, its plan to edit and approve, and what becomes of it."""

import streamlit as st

from db.vocabulary import DocumentKind
from pages.components.baseline_comparison import baseline_comparison
from pages.components.context import _, as_of, desk, record_id
from pages.components.course_charts import project_charts
from pages.components.dependency_list import dependency_list
from pages.components.document_list import document_list
from pages.components.feedback import sentence
from pages.components.filters import chosen_number
from pages.components.history_list import OF_PROJECT, history_list
from pages.components.known_record import known_project
from pages.components.link import link_to, open_page
from pages.components.looking_back import is_looking_back
from pages.components.milestone_evidence import milestone_evidence
from pages.components.milestone_grid import milestone_grid
from pages.components.plan_approval import plan_approval
from pages.components.project_actions import project_actions
from pages.components.project_course import project_course
from pages.components.project_facts import project_facts, project_head, project_progress
from pages.components.project_form import opening_form, project_form
from pages.components.project_updates import project_updates
from pages.components.sections import project_section
from pages.components.template_choice import template_choice
from pages.components.working_slip_table import working_slip_table
from tracker.errors import NotFound
from tracker.services.document import read_documents
from tracker.services.project_sheet import read_project

if is_looking_back():
    known_project(record_id() or 0)
    st.stop()

if agreement_id := chosen_number("agreement"):
    st.title(_("New project"))
    try:
        opened = opening_form("opening", agreement_id)
    except NotFound as error:
        st.error(sentence(error))
        st.stop()
    if opened:
        open_page("project.py", id=opened)
    link_to("agreement.py", _("Back to the agreement"), icon=":material/arrow_back:", id=agreement_id)
    st.stop()

try:
    sheet = read_project(desk(), record_id() or 0, as_of())
except NotFound as error:
    st.title(_("Project"))
    st.error(sentence(error))
    link_to("projects.py", _("Projects"), icon=":material/account_tree:")
    st.stop()

project_head(sheet)
project_actions(sheet)
project_progress(sheet)
project_course(sheet)
project_facts(sheet)
with st.expander(_("Change the project's facts"), icon=":material/edit:"):
    if desk().may("project.write") and not sheet.archived_at and project_form(sheet):
        st.rerun()

match project_section():
    case "plan":
        template_choice(sheet)
        milestone_grid(sheet)
        plan_approval(sheet)
        baseline_comparison(sheet)
        working_slip_table(sheet)
        milestone_evidence(sheet)
        dependency_list(sheet)
    case "updates":
        project_updates(sheet)
    case "charts":
        project_charts(sheet)
    case "records":
        documents = read_documents(desk(), project_id=sheet.id)
        document_list({"project_id": sheet.id}, documents, DocumentKind.other)
        history_list(sheet.id, OF_PROJECT)
