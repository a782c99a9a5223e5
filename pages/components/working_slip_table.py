"""The slips of a project's milestones in working days, for those who ask for them."""

import streamlit as st

from pages.components.context import _, as_of, desk
from pages.components.link import link_to
from pages.components.record_table import Column, record_table
from tracker.services.project_sheet import ProjectSheet
from tracker.services.working_slip import read_working_slips


def working_slip_table(sheet: ProjectSheet) -> None:
    """Draw the request, and once it is made the slips in both ways of counting."""
    if not sheet.baselines or not st.toggle(_("Slips in working days"), key=f"working_slips_{sheet.id}"):
        return
    slips = read_working_slips(desk(), sheet.id, as_of())
    columns = [
        Column("name", _("Milestone")),
        Column("slip_original_days", _("Slip to original, days"), "number"),
        Column("working_original_days", _("Slip to original, working days"), "number"),
        Column("slip_current_days", _("Slip to current, days"), "number"),
        Column("working_current_days", _("Slip to current, working days"), "number"),
        Column("is_provisional", _("Provisional"), "yes"),
        Column("effective_finish_on", _("Met, or expected"), "date"),
        Column("original_due_on", _("Original due day"), "date", shown=False),
        Column("baseline_due_on", _("Current due day"), "date", shown=False),
    ]
    record_table(slips, columns, key="working_slips")
    if slips["is_provisional"].any():
        st.caption(_("Provisional: days of a year count whose holidays are not published yet."))
    link_to("working_days.py", _("Working days"), icon=":material/calendar_month:")
