"""The course of a milestone: how its forecast moved, what was reported, and what was taken back."""

from typing import Any

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.errors import N_
from tracker.rules.forecast import SLIP_REASON_NAMES
from tracker.services.milestone_story import StoryEvent, read_milestone_story

_SAID = {
    "met": N_("Reported as met on {day}"),
    "unmet": N_("Reported as met on {day}: taken back"),
    "credited": N_("{share} % reported as met as of {day}"),
    "uncredited": N_("{share} % as of {day}: taken back"),
    "cancelled": N_("Cancelled as of {day}"),
    "brought_back": N_("Cancelled as of {day}: brought back"),
}


def milestone_story(milestone: dict[str, Any]) -> None:
    """Draw the course of a milestone, newest first; closed until it is opened, absent without any."""
    events = read_milestone_story(desk(), milestone["id"])
    if not events:
        return
    moves = sum(event.act == "moved" for event in events)
    label = _("Course of this milestone; forecast changed: {count}", count=moves)
    with st.expander(label, icon=":material/timeline:"):
        for event in events:
            st.markdown(_told(event))
            st.caption(_by(event))


def _told(event: StoryEvent) -> str:
    if event.act != "moved":
        day = words().date(event.on) if event.on else "–"
        said = _(_SAID[event.act], day=day, share=event.percent)
        return f"{said} – {plain(event.reason)}" if event.reason else said
    old, new = (words().date(day) if day else _("none") for day in (event.old_on, event.new_on))
    forecast = _("Forecast")
    said = f"{forecast}: {old} → **{new}**"
    why = _(SLIP_REASON_NAMES[event.reason_code]) if event.reason_code else ""
    return f"{said} · {why} – {plain(event.reason)}" if event.reason else f"{said} · {why}"


def _by(event: StoryEvent) -> str:
    when = words().instant(event.recorded_at, desk().settings.zone)
    by = _("Recorded by {who} at {when}", who=plain(actor_name(event.actor)), when=when)
    if event.act == "moved" and event.on:
        return _("Changed on {day}. {by}", day=words().date(event.on), by=by)
    return by
