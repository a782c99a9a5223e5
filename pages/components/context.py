"""Who is looking, in which language, at which day: the one place screens keep state."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import streamlit as st

from pages.components.address import parameter
from tracker.clock import today_in
from tracker.i18n import Words, language_for, words_in
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.moment import NotAMoment, read_moment, written_moment
from tracker.services.desk import Desk
from tracker.services.office import the_office

_LANGUAGE = "language"
AS_OF = "as_of"
KNOWN = "known"
_LAST_DAY, _LAST_KNOWN = "day_looked_at", "moment_looked_back_to"
_CARRIED_DAY, _CARRIED_KNOWN = "day_carried", "moment_carried"
# The calendar that the product keeps; a day looked at lies in it too.
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)


def desk() -> Desk:
    """Return the desk of the person at this screen, looking back to the moment they chose, if any."""
    office = the_office()
    return Desk(LOCAL_ADMINISTRATOR, office.database, office.settings, known_at=known_at())


def words() -> Words:
    """Return the person's language: what they chose, or else what their browser asks for."""
    chosen = st.session_state.get(_LANGUAGE)
    return words_in(chosen or language_for(st.context.locale))


def choose_language(language: str) -> None:
    """Keep the language for this person's session."""
    st.session_state[_LANGUAGE] = language


def _(message: str, **values: Any) -> str:
    """Translate a message for the person at this screen."""
    return words().text(message, **values)


def named(row: Mapping[str, Any]) -> str:
    """Return the name, in the person's language, of something that has name_zh and name_en, or name."""
    if "name_zh" in row:
        return words().name(row["name_zh"], row["name_en"])
    return words().name(row["name"], row.get("name_en") or "")


def as_of() -> date:
    """Return the day the person looks at.

    It is `as_of` in the address, else the day carried here from the page before, else today (a demo's own
    day).
    """
    day = _day_in_address() or st.session_state.get(_CARRIED_DAY) or default_day()
    st.session_state[_LAST_DAY] = day if day != default_day() else None
    return day


def known_at() -> datetime | None:
    """Return the moment whose knowledge the person looks at, None for what is known now.

    It is `known` in the address, else the moment carried here from the page before. A moment after today
    is none: nobody knows what will be recorded.
    """
    moment = _moment_in_address() or st.session_state.get(_CARRIED_KNOWN)
    st.session_state[_LAST_KNOWN] = moment
    return moment


def known_mark() -> str:
    """Return what the name of a file says of the moment looked back to, if any: -known-2021-06-30."""
    moment = known_at()
    written = written_moment(moment, the_office().settings.zone) if moment else ""
    return f"-known-{written.replace(':', '')}" if written else ""


def carry_day() -> None:
    """Look at the last page's day and moment on a page come to without: the sidebar's links know none."""
    st.session_state[_CARRIED_DAY] = st.session_state.get(_LAST_DAY)
    st.session_state[_CARRIED_KNOWN] = st.session_state.get(_LAST_KNOWN)


def drop_carried_day() -> None:
    """Follow the address alone, from a choice of a day on."""
    st.session_state[_CARRIED_DAY] = None


def drop_carried_moment() -> None:
    """Follow the address alone, from a choice of a moment on."""
    st.session_state[_CARRIED_KNOWN] = None


def _moment_in_address() -> datetime | None:
    settings = the_office().settings
    try:
        moment = read_moment(parameter(KNOWN), settings.zone)
    except NotAMoment:
        return None
    return moment if moment.astimezone(settings.zone).date() <= today_in(settings.zone) else None


def _day_in_address() -> date | None:
    try:
        day = date.fromisoformat(parameter(AS_OF))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def default_day() -> date:
    """Return the day that screens open at."""
    settings = the_office().settings
    return settings.demo_as_of or today_in(settings.zone)


def record_id() -> int | None:
    """Return the `id` in the address, None for a missing or hand-edited one."""
    typed = parameter("id")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def is_dark() -> bool:
    """Return whether the person's screen shows the dark theme."""
    return st.context.theme.type == "dark"


def is_phone() -> bool:
    """Return whether the browser says it is a phone's, so that charts are drawn for a narrow screen."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
