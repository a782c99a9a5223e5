"""An agreement's health, and the lights of its projects, each with the way to its page."""

import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.light_detail import light_popover
from pages.components.light_mark import light_mark
from pages.components.link import link_to
from pages.components.text import plain
from tracker.rules.health import SIDE_NAMES, Side, side_told
from tracker.services.agreement_file import AgreementFile
from tracker.services.light import read_agreement_lights


def agreement_lights(file: AgreementFile) -> None:
    """Draw the five sides of health, and each project of the day looked at with its light."""
    health, lights = read_agreement_lights(desk(), file.agreement.key, as_of())
    if health:
        _health(health)
    for project in file.projects:
        with st.container(horizontal=True, vertical_alignment="center"):
            if light := lights.get(project["id"]):
                light_popover(project["id"], light["told_light"], place="agreement")
            link_to("project.py", plain(project["name"]), icon=":material/account_tree:", id=project["id"])


def _health(health: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**" + _("Health") + f"** · {light_mark(health['overall'])}")
        with st.popover(_("Sides"), icon=":material/pentagon:", type="tertiary"):
            for side in Side:
                told = side_told(side, health, words())
                st.markdown(f"{light_mark(health[side.value])} **{_(SIDE_NAMES[side])}** · {told}")
