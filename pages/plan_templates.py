"""Plan templates: see what each kind of project goes through, add a template, or change one."""

import streamlit as st

from pages.components.context import _, desk, record_id
from pages.components.feedback import sentence
from pages.components.filters import change_address
from pages.components.looking_back import as_stored_now
from pages.components.template_editor import template_editor
from pages.components.template_evidence import template_evidence
from pages.components.template_view import template_acts, template_cards, template_steps
from tracker.errors import NotFound
from tracker.services.plan_template import plan_templates, read_plan_template

st.title(_("Plan templates"))
as_stored_now(_("Plan templates"))
may_write = desk().may("plan_template.write")
chosen, is_new = record_id(), "new" in st.query_params

if is_new and may_write:
    st.header(_("New template"))
    if saved := template_editor("new_template"):
        change_address(new=None, id=str(saved))
        st.rerun()
    st.button(_("Cancel"), on_click=lambda: change_address(new=None))
    st.stop()

if chosen is not None:
    st.button(_("All templates"), icon=":material/arrow_back:", on_click=lambda: change_address(id=None))
    try:
        sheet = read_plan_template(desk(), chosen)
    except NotFound as error:
        st.error(sentence(error))
        st.stop()
    template_steps(sheet)
    template_evidence(sheet)
    if may_write:
        template_acts(sheet)
        if not sheet.archived_at:
            with st.expander(_("Change the template"), icon=":material/edit:"):
                st.caption(_("Other steps become a new edition; projects keep the one they were made from."))
                if template_editor(f"template_{chosen}", sheet):
                    st.rerun()
    st.stop()

if may_write:
    st.button(
        _("New template"), type="primary", icon=":material/add:", on_click=lambda: change_address(new="1")
    )
template_cards(plan_templates(desk()))
withdrawn = plan_templates(desk(), archived=True)
if withdrawn:
    with st.expander(_("Withdrawn templates"), icon=":material/archive:"):
        template_cards(withdrawn)
