"""What if: shift milestones or drop a unit's work, and see which lights and terms would suffer."""

import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.feedback import sentence
from pages.components.what_if_choice import choose_part, choose_supposed
from pages.components.what_if_outcome import how_it_is_worked_out, outcome
from tracker.errors import InvalidInput
from tracker.services.what_if import read_what_if

st.title(_("What if"))
st.caption(_("Nothing here is saved. The address keeps the question, so that a link opens it again."))
part = choose_part()
if part is None:
    st.info(_("Choose a province or prefecture above, or search for a county, an agreement or a project."))
    st.stop()
supposed, look_on = choose_supposed(part)
how_it_is_worked_out(words().date(as_of()), words().date(look_on))
if not (supposed.shift_days or supposed.dropped_unit_id):
    st.info(_("Say by how many days milestones shift, or whose work is dropped."))
try:
    outcome(read_what_if(desk(), as_of(), look_on, supposed))
except InvalidInput as error:
    for problem in error.problems:
        st.error(sentence(problem), icon=":material/error:")
