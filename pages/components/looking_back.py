"""Look back to what was known at a moment: choose it, say so on every page, and lead back to the present."""

import streamlit as st

from pages.components.context import FIRST_DAY, KNOWN, _, desk, drop_carried_moment, known_at, words
from pages.components.filters import change_address
from pages.components.link import link_to
from tracker.rules.moment import moment_at, written_moment
from tracker.services.reading import known_since

_DAY, _TIME = "known_day", "known_time"
# The lines of a chart's title, and those of its subtitle.
Heading = tuple[tuple[str, ...], tuple[str, ...]]


def is_looking_back() -> bool:
    """Return whether the page shows what was known at an earlier moment; nothing can be entered then."""
    return known_at() is not None


def moment_picker() -> None:
    """Draw the choice of a moment, a day's end unless a time is given."""
    zone, moment = desk().settings.zone, known_at()
    local = moment.astimezone(zone) if moment else None
    is_whole_day = moment is not None and "T" not in written_moment(moment, zone)
    st.session_state[_DAY] = local.date() if local else None
    st.session_state[_TIME] = (
        local.time().replace(second=0, microsecond=0) if local and not is_whole_day else None
    )
    with st.popover(
        _("As known at an earlier moment"), icon=":material/history_toggle_off:", width="stretch"
    ):
        st.caption(
            _("Shows every page from what had been recorded by then; the day of the facts stays as chosen.")
        )
        st.date_input(
            _("Recorded by"),
            key=_DAY,
            min_value=FIRST_DAY,
            max_value=desk().today,
            format="YYYY-MM-DD",
            on_change=_choose,
        )
        st.time_input(
            _("Time, if not the end of the day"),
            key=_TIME,
            step=60,
            disabled=local is None,
            on_change=_choose,
        )


def _choose() -> None:
    day, at = st.session_state[_DAY], st.session_state[_TIME]
    zone = desk().settings.zone
    drop_carried_moment()
    change_address(**{KNOWN: written_moment(moment_at(day, at, zone), zone) if day else None})


def back_to_now() -> None:
    """Show again what is known now; a button's callback."""
    drop_carried_moment()
    change_address(**{KNOWN: None})


def looking_back_banner() -> None:
    """Say at the top of a page to which moment it looks back, if it does, and lead back."""
    moment = known_at()
    if moment is None:
        return
    zone = desk().settings.zone
    first = known_since(desk())
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            ":orange[:material/history_toggle_off:] **"
            + _(
                "As known at {moment}; changes recorded later are not in it.",
                moment=_spoken(written_moment(moment, zone)),
            )
            + "** "
            + _("Nothing can be entered here.")
        )
        if first is None or first > moment:
            st.markdown(
                _(
                    "Nothing had been recorded by then; the first entry is of {moment}.",
                    moment=words().instant(first, zone),
                )
                if first
                else _("Nothing has been recorded yet.")
            )
        link_to("restatement.py", _("What was recorded since"), icon=":material/compare_arrows:")
        st.button(
            _("Back to what is known now"), icon=":material/undo:", key="back_to_now", on_click=back_to_now
        )


def with_moment(heading: Heading) -> Heading:
    """Add to a chart's heading the moment looked back to, if any, so that a picture of it tells it too."""
    moment = known_at()
    if moment is None:
        return heading
    title, (first, *rest) = heading
    known = _("as known at {moment}", moment=_spoken(written_moment(moment, desk().settings.zone)).strip())
    return title, (f"{first} · {known}", *rest)


def as_stored_now(what: str) -> None:
    """Say on a page that looks back that `what` is as stored now."""
    if is_looking_back():
        st.caption(":material/info: " + _("{what}: as stored now, not as known then.", what=what))


def _spoken(written: str) -> str:
    day, _separator, at = written.partition("T")
    return f"{day} {at}" if at else _("the end of {day}", day=day)
