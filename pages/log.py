"""Log an agreement: one, one with each of several counties, or a joint one, on one screen."""

import streamlit as st

from pages.components.context import _, desk
from pages.components.feedback import sentence
from pages.components.log_form import (
    agreement_section,
    open_log_form,
    party_section,
    relation_note,
    signing_section,
    who_section,
)
from pages.components.log_sending import duplicate_warning, logged_panel, send_buttons, send_if_asked
from pages.components.looking_back import is_looking_back
from tracker.errors import NotFound
from tracker.services.agreement_choice import agreement_choices

st.title(_("Log an agreement"))
if is_looking_back():
    st.stop()
if not desk().may("agreement.write"):
    st.info(_("Your role does not allow this."))
    st.stop()

try:
    form = open_log_form()
except NotFound as error:
    st.error(sentence(error))
    st.stop()

logged_panel()
relation_note(form)
sections, outcome = st.container(), st.container()
# The save comes first, so that each field shows its own problem; what it met stands beside the buttons.
with outcome:
    send_if_asked(form)
choices = agreement_choices(desk())
with sections:
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
