"""A year of the working calendar: which year, how far it is certain, its days and the organisation's own."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from pages.components.calendar_day_form import calendar_day_form
from pages.components.context import _, as_of, desk, words
from pages.components.feedback import announce, attempt
from pages.components.filters import change_address, chosen_number
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.rules.working_day import CalendarEntry, DayKind
from tracker.services.calendar_day import CalendarYear, archive_calendar_day

if TYPE_CHECKING:
    from db.models.calendar_day import CalendarDay

_FIRST_YEAR, _LAST_YEAR = 1950, 2199
_KEY = "calendar_year"


def year_picker() -> int:
    """Draw the choice of a year, which stands in the address, and return it; at first the one looked at."""
    asked = chosen_number("year")
    year = asked if _FIRST_YEAR <= asked <= _LAST_YEAR else max(as_of().year, _FIRST_YEAR)
    st.session_state[_KEY] = year
    st.number_input(
        _("Year"),
        _FIRST_YEAR,
        _LAST_YEAR,
        key=_KEY,
        width=180,
        on_change=lambda: change_address(year=str(st.session_state[_KEY])),
    )
    return year


def year_head(year: CalendarYear) -> None:
    """Say how certain the year is, and how many days of it are worked."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if year.is_provisional:
            st.badge(_("provisional"), color="orange", icon=":material/hourglass_empty:")
        else:
            st.badge(_("by the published notice"), color="green", icon=":material/check:")
        st.markdown(_("**{number}** working days", number=year.working_days), width="content")
    if year.is_provisional:
        st.warning(
            _(
                "No notice on {year} is known to the product: the holidays fixed by law are there, make-up"
                " days and lengthened holidays are not. Enter them as days of our own once they are"
                " published.",
                year=year.year,
            )
        )


def own_days(year: CalendarYear) -> None:
    """Draw the organisation's own days of the year, each to change or withdraw."""
    for day in year.own:
        kind = _("working day") if day.is_working else _("day of rest")
        told = f"{words().date(day.day)} {words().weekday(day.day)} · {kind} · {plain(day.reason)}"
        with st.expander(told, icon=":material/edit_calendar:"):
            if day.source:
                st.text(day.source)
            if desk().may("calendar.write"):
                _acts(year.year, day)


def _acts(year: int, day: "CalendarDay") -> None:
    key = f"own_day_{day.key}"
    if calendar_day_form(key, year, day):
        st.rerun()
    with st.popover(_("Withdraw"), icon=":material/archive:"):
        st.caption(_("The day is then again what the published calendar says."))
        reason = st.text_input(_("Reason"), key=f"{key}_why")
        if st.button(_("Withdraw this day"), key=f"{key}_withdraw"):
            with attempt():
                archive_calendar_day(desk(), day.key, reason)
                announce(_("Saved."))
                st.rerun()


def working_day_table(year: CalendarYear) -> None:
    """Draw the days that differ from their weekdays, and where each comes from."""
    own = {day.day: day for day in year.own}
    rows = [
        (entry.day, words().weekday(entry.day), _kind(entry), _name(entry, own), _source(entry, own, year))
        for entry in year.entries
    ]
    schema = {"day": pl.Date, **dict.fromkeys(("weekday", "kind", "name", "source"), pl.String)}
    columns = [
        Column("day", _("Day"), "date"),
        Column("weekday", _("Weekday")),
        Column("kind", _("Kind")),
        Column("name", _("Why")),
        Column("source", _("Source")),
    ]
    if rows:
        record_table(pl.DataFrame(rows, schema=schema, orient="row"), columns, key="working_days")
    else:
        st.info(_("No holiday is known of this year; only weekends are days of rest."))


def _kind(entry: CalendarEntry) -> str:
    return _("working day") if entry.is_working else _("day of rest")


def _name(entry: CalendarEntry, own: "dict[date, CalendarDay]") -> str:
    if entry.kind == DayKind.override:
        return own[entry.day].reason
    return words().name(entry.name, entry.name_en) or _("make-up working day")


def _source(entry: CalendarEntry, own: "dict[date, CalendarDay]", year: CalendarYear) -> str:
    if entry.kind == DayKind.override:
        by_itself = _("working day") if entry.published else _("day of rest")
        told = _("our own entry; otherwise a {kind}", kind=by_itself)
        return f"{told} · {own[entry.day].source}" if own[entry.day].source else told
    return _("by law, provisional") if year.is_provisional else _("State Council notice")
