"""The dialogs that end an agreement: terminate it, project by project, or abandon an unsigned one."""

from typing import Any

import streamlit as st

from pages.components.act_dialog import Asked, act_form
from pages.components.context import _, desk
from pages.components.text import plain
from tracker.rules.termination import FATE_NAMES
from tracker.services.agreement_file import AgreementFile
from tracker.services.stage import abandon_agreement
from tracker.services.termination import projects_to_decide, terminate_agreement


def terminate_dialog(file: AgreementFile, _asked: Asked) -> None:
    """Ask for the day, the reason, and what becomes of each running project."""
    projects = projects_to_decide(desk(), file.agreement.key)
    fates = {str(fate): _(name) for fate, name in FATE_NAMES.items()}

    def fields(form: Any) -> None:
        form.day("ended_on", _("Terminated on"), desk().today)
        form.line("reason", _("Reason"), long=True)
        if projects:
            st.markdown(_("Its projects:"))
        for project in projects:
            form.choice(f"fate_{project.key}", plain(project.name), fates)

    def act(values: dict[str, Any]) -> None:
        chosen = {p.key: values[f"fate_{p.key}"] for p in projects}
        ending = {"ended_on": values["ended_on"], "reason": values["reason"]}
        terminate_agreement(
            desk(), file.agreement.key, ending | {"fates": {i: f for i, f in chosen.items() if f}}
        )

    act_form("terminate", fields, act, _("Terminate"))


def abandon_dialog(file: AgreementFile, _asked: Asked) -> None:
    """Ask for the day and the reason."""

    def fields(form: Any) -> None:
        form.day("ended_on", _("Abandoned on"), desk().today)
        form.line("reason", _("Reason"), long=True)

    act_form(
        "abandon", fields, lambda values: abandon_agreement(desk(), file.agreement.key, values), _("Abandon")
    )
