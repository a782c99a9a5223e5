"""How a project or an agreement goes, as charts: its S-curve and the trend of its milestones."""

import streamlit as st

from pages.components.address import parameter
from pages.components.context import _
from pages.components.curve_chart import curve_part
from pages.components.trend_chart import trend_part
from tracker.services.agreement_file import AgreementFile
from tracker.services.curve import Part
from tracker.services.project_sheet import ProjectSheet


def project_charts(sheet: ProjectSheet) -> None:
    """Draw a project's charts."""
    part, name = Part(project_id=sheet.id), str(sheet.project["name"])
    curve_part(part, name)
    trend_part(part, name)


def agreement_charts(file: AgreementFile) -> None:
    """Offer the charts of an agreement's projects, drawn once they are opened."""
    if not file.projects:
        return
    opened = st.expander(
        _("Charts"),
        expanded=bool(parameter("trend")),
        icon=":material/show_chart:",
        on_change="rerun",
        key="agreement_charts",
    )
    with opened:
        if opened.open:
            part, name = Part(agreement_id=file.agreement.key), file.agreement.title
            curve_part(part, name)
            trend_part(part, name)
