"""One agreement: how it stands and why, its parts, documents and projects, and what can be done about it."""

import streamlit as st

from pages.components.agreement_acts import act_dialogs, act_menu
from pages.components.agreement_change import begin_change, change_form, is_changing, is_choosing
from pages.components.agreement_facts import (
    agreement_facts,
    agreement_head,
    stage_list,
)
from pages.components.agreement_lights import agreement_lights
from pages.components.agreement_parts import part_lists
from pages.components.context import _, as_of, desk, record_id
from pages.components.course_charts import agreement_charts
from pages.components.document_list import document_list
from pages.components.feedback import sentence
from pages.components.filters import as_of_picker
from pages.components.freshness import offer_refresh
from pages.components.history_list import history_list
from pages.components.known_record import known_agreement
from pages.components.link import link_to
from pages.components.looking_back import is_looking_back
from pages.components.project_course import term_conflict_list
from tracker.errors import NotFound
from tracker.rules.document import DocumentKind
from tracker.services.agreement_file import read_agreement

if is_looking_back():
    known_agreement(record_id() or 0)
    st.stop()

try:
    file = read_agreement(desk(), record_id() or 0, as_of())
except NotFound as error:
    st.title(_("Agreement"))
    st.error(sentence(error))
    link_to("agreements.py", _("Agreements"), icon=":material/handshake:")
    st.stop()

agreement_head(file)
if act_menu(file) == "change":
    begin_change(file)
if is_changing(file):
    change_form(file)
else:
    as_of_picker()
    offer_refresh()
    agreement_facts(file)
    stage_list(file)

part_lists(file)

st.subheader(_("Projects"))
agreement_lights(file)
term_conflict_list(file.agreement.key)
if not file.projects:
    st.caption(_("No project yet."))
if file.is_signed and not file.agreement.archived_at and desk().may("project.write"):
    link_to("project.py", _("Open a project"), icon=":material/add:", agreement=file.agreement.key)
if file.projects:
    label = _("What if its milestones shifted?")
    link_to("what_if.py", label, icon=":material/psychology_alt:", agreement=file.agreement.key)
agreement_charts(file)

st.subheader(_("Documents"))
document_list({"agreement_id": file.agreement.key}, file.documents, DocumentKind.scan)
history_list(file.agreement.key)
if not is_choosing():
    act_dialogs(file)
