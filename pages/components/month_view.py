"""Closed months on the screen: the form that closes one, what was kept of it, and what differs now."""

from datetime import date
from uuid import uuid4

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.filters import Filter, change_address, chosen, chosen_number
from pages.components.form_turn import drawn_from, end_turn, turn_key
from pages.components.record_names import actor_name
from pages.components.record_table import Column, record_table
from pages.components.restatement_view import figure_change, figure_name, figure_text
from pages.components.text import plain
from tracker.rules.month import spoken
from tracker.services.month import MonthFigures, Months, close_month, withdraw_month

MONTH, PLACE = "month", "region"
_SENDING = "month_sending"


def month_form(months: Months) -> None:
    """Draw the form that closes a month, where the role allows it and a month is over."""
    turn = turn_key("close_month")
    # A month that somebody else closes meanwhile stays the one that was chosen, and is refused.
    offered = drawn_from(turn, f"{turn}_month", months.open)
    if not desk().may("month.close") or not offered:
        return
    token = st.session_state.setdefault(_SENDING, uuid4().hex)
    with st.form(f"{turn}_form", enter_to_submit=False):
        st.caption(
            _(
                "Closing keeps every key figure of the month's last day, of everything and of each province."
                " Facts can still be corrected; what differs then shows as a restatement."
            )
        )
        month_on = st.selectbox(_("Month to close"), offered, format_func=spoken, key=f"{turn}_month")
        sent = st.form_submit_button(_("Close the month"), type="primary", icon=":material/lock:")
    if sent and month_on:
        with attempt():
            close_month(desk(), month_on, token=token)
            st.session_state[_SENDING] = uuid4().hex
            end_turn("close_month")
            announce(_("{month} is closed.", month=spoken(month_on)))
            change_address(**{MONTH: spoken(month_on)})
            st.rerun()


def month_picker(months: Months) -> date:
    """Draw the choice of a closed month and return it: the one in the address, else the one closed last."""
    asked = next(iter(chosen(MONTH)), "")
    closed = [month.month_on for month in months.closed]
    st.session_state["month_picked"] = next((m for m in closed if spoken(m) == asked), closed[0])
    picked: date = st.selectbox(
        _("Closed month"),
        closed,
        format_func=spoken,
        key="month_picked",
        width=220,
        on_change=lambda: change_address(**{MONTH: spoken(st.session_state["month_picked"])}),
    )
    return picked


def place_choice(figures: MonthFigures) -> Filter:
    """Offer everything, unless a scope bounds it, and each province that has figures."""
    rows = figures.rows.unique("key", maintain_order=True).filter(pl.col("key") > 0)
    names = {str(r["key"]): words().name(r["label"], r["label_en"]) for r in rows.iter_rows(named=True)}
    return Filter(PLACE, _("Province"), names, several=False)


def place_chosen(figures: MonthFigures) -> int:
    """Return the province in the address, else 0 for everything, or the first in scope."""
    keys = figures.rows["key"].unique(maintain_order=True).to_list()
    asked = chosen_number(PLACE)
    return asked if asked in keys else keys[0]


def month_head(figures: MonthFigures) -> None:
    """Say when the month was closed, by whom, and what its figures rest on."""
    month = figures.month
    st.markdown(
        _(
            "**{month}** was closed on {closed_on} by {who}; its figures rest on all entries up to change"
            " {number}.",
            month=spoken(month.month_on),
            closed_on=month.closed_on,
            who=plain(actor_name(month.closed_by)),
            number=month.known_no,
        )
    )


def withdraw_part(figures: MonthFigures, months: Months) -> None:
    """Offer to withdraw the closing of the last closed month, to those who may close one."""
    month_on = figures.month.month_on
    if not desk().may("month.close") or month_on != months.closed[0].month_on:
        return
    with st.popover(_("Withdraw"), icon=":material/lock_open:", key=f"withdraw_month_{month_on}"):
        st.caption(
            _(
                "For a closing made in error. Corrections need none: they show as restatements. The month can"
                " be closed anew, and the history keeps what was kept now."
            )
        )
        reason = st.text_input(_("Reason"), key=f"withdraw_month_{month_on}_reason", max_chars=2000)
        if st.button(_("Withdraw this closing"), key=f"withdraw_month_{month_on}_save"):
            with attempt():
                withdraw_month(desk(), month_on, reason)
                announce(_("The closing of {month} is withdrawn.", month=spoken(month_on)))
                change_address(**{MONTH: None})
                st.rerun()
            problem_beside("reason")


def withdrawn_closings(months: Months) -> None:
    """List the closings that were withdrawn and not made anew since."""
    for closing in months.withdrawn:
        st.caption(
            _(
                "{month} was closed on {closed_on} by {who}; that was withdrawn on {day}: {reason}",
                month=spoken(closing.month.month_on),
                closed_on=closing.month.closed_on,
                who=plain(actor_name(closing.month.closed_by)),
                day=words().instant(closing.withdrawn_at, desk().settings.zone),
                reason=plain(closing.reason),
            )
        )


def figure_tables(figures: MonthFigures, place: int) -> None:
    """Draw the restated figures of one place, and all its figures on request."""
    here = figures.rows.filter(pl.col("key") == place)
    restated = here.filter(pl.col("kept").ne_missing(pl.col("now")))
    if restated.is_empty():
        st.success(_("No figure is restated: what was kept is what is known now."))
    else:
        st.subheader(_("Restated figures"))
        _table(restated, "restated")
    recounted = here.filter(pl.col("kept").ne_missing(pl.col("known_then")))
    if not recounted.is_empty():
        st.info(
            _(
                "Some figures were counted in another way when the month was closed: {names}.",
                names=", ".join(figure_name(name) for name in recounted["figure"]),
            )
        )
    with st.expander(_("All figures that were kept"), icon=":material/lock:"):
        _table(here, f"closed-{spoken(figures.month.month_on)}")


def _table(rows: pl.DataFrame, key: str) -> None:
    told = [
        {
            "figure": figure_name(r["figure"]),
            "kept": figure_text(r["figure"], r["kept"]),
            "now": figure_text(r["figure"], r["now"]),
            "change": figure_change(r["figure"], r["kept"], r["now"]),
        }
        for r in rows.iter_rows(named=True)
    ]
    columns = [
        Column("figure", _("Figure")),
        Column("kept", _("Kept")),
        Column("now", _("As known now")),
        Column("change", _("Difference")),
    ]
    record_table(pl.DataFrame(told), columns, key=key)
