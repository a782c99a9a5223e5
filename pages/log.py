"""Log an agreement: one, one with each of several counties, or a joint one, on one screen."""

import streamlit as st

from pages.components.context import _, desk
from pages.components.log_form import (
    agreement_section,
    open_log_form,
    party_section,
    signing_section,
    who_section,
)
from pages.components.log_sending import duplicate_warning, logged_panel, send_buttons, send_if_asked
from tracker.services.agreement_choice import agreement_choices

st.title(_("Log an agreement"))
if not desk().may("agreement.write"):
    st.info(_("Your role does not allow this."))
    st.stop()

form = open_log_form()
send_if_asked(form)
logged_panel()
choices = agreement_choices(desk())

with st.container(border=True):
    who_section(form, choices)
with st.container(border=True):
    signing_section(form, choices)
with st.container(border=True):
    agreement_section(form, choices)
with st.container(border=True):
    party_section(form, choices)

duplicate_warning(form)
send_buttons(form)
form.settle()
