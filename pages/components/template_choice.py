"""Fill an empty plan from a template."""

import streamlit as st

from pages.components.context import _, desk, named, words
from pages.components.feedback import announce, attempt
from pages.components.field_names import field_name
from pages.components.template_evidence import offset_choice
from tracker.services.plan import plan_from_template
from tracker.services.plan_template import plan_templates
from tracker.services.project_sheet import ProjectSheet


def template_choice(sheet: ProjectSheet) -> None:
    """Draw the templates for a plan that has no milestones yet; type or paste into the grid otherwise."""
    if sheet.milestones or sheet.archived_at or not desk().may("milestone.write"):
        return
    st.info(_("No milestone yet. Fill the plan from a template, or type or paste rows below."))
    templates = {template.id: named(template.fields) for template in plan_templates(desk())}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox(
            _("Plan template"),
            list(templates),
            format_func=templates.__getitem__,
            key="template_id",
            width=320,
        )
        start = (
            sheet.fields["planned_start_on"] or sheet.agreement["effective_on"] or sheet.project["opened_on"]
        )
        day = st.date_input(
            field_name("anchor_on"), start, key="template_anchor", format="YYYY-MM-DD", width=180
        )
        medians_on = offset_choice(picked, "template")
        if st.button(_("Fill the plan"), type="primary", key="template_fill", disabled=picked is None):
            with attempt():
                language = words().language
                plan_from_template(desk(), sheet.id, picked, day, language=language, medians_on=medians_on)
                announce(_("Saved."))
                st.rerun()
