"""Closed months: close one, read what was kept of it, and see what later corrections restate and why."""

import streamlit as st

from pages.components.context import _, desk
from pages.components.filters import filter_bar
from pages.components.month_view import (
    figure_tables,
    month_form,
    month_head,
    month_picker,
    place_choice,
    place_chosen,
    withdraw_part,
    withdrawn_closings,
)
from pages.components.restatement_view import restatement_tables
from tracker.services.month import explain_month, read_month, read_months

st.title(_("Closed months"))
months = read_months(desk())
month_form(months)
withdrawn_closings(months)
if not months.closed:
    st.info(
        _("No month is closed yet. Closing a month that is over keeps its figures as they are known then.")
    )
    st.stop()

figures = read_month(desk(), month_picker(months))
filter_bar([place_choice(figures)], dated=False)
month_head(figures)
withdraw_part(figures, months)
if figures.rows.is_empty():
    st.info(_("Its figures are of provinces, and your area holds no province as a whole."))
    st.stop()
place = place_chosen(figures)
figure_tables(figures, place)
restatement_tables(explain_month(desk(), figures.month.month_on, place or None), key="month")
