"""The meetings with a county: log one, read them, correct or withdraw one."""

from typing import TYPE_CHECKING

import streamlit as st

from pages.components.context import _, desk
from pages.components.feedback import announce, attempt
from pages.components.meeting_form import meeting_form
from pages.components.text import plain
from tracker.services.meeting import archive_meeting, read_meetings, restore_meeting

if TYPE_CHECKING:
    from db.models.meeting import Meeting


def county_meetings(division_id: int) -> None:
    """Draw the section."""
    st.subheader(_("Meetings"))
    if desk().may("meeting.write"):
        with st.expander(_("Log a meeting"), icon=":material/add:"):
            if meeting_form("new_meeting", division_id):
                st.rerun()
    meetings = read_meetings(desk(), division_id)
    if not meetings:
        st.info(_("No meeting is logged with this county yet. The first one makes it contacted."))
    for meeting in meetings:
        _one(meeting)


def _one(meeting: "Meeting") -> None:
    topic = f" · {plain(meeting.topic)}" if meeting.topic else ""
    icon = ":material/archive:" if meeting.archived_at else ":material/groups:"
    with st.expander(f"{meeting.held_on.isoformat()} · {plain(meeting.with_whom)}{topic}", icon=icon):
        if meeting.archived_at:
            st.warning(_("Withdrawn: {reason}", reason=plain(meeting.archive_reason)))
        if meeting.outcome:
            st.text(meeting.outcome)
        if meeting.next_step:
            due = f" ({meeting.next_step_on.isoformat()})" if meeting.next_step_on else ""
            st.markdown(_("Next step") + f": {plain(meeting.next_step)}{due}")
        if meeting.owner:
            st.markdown(_("Owner") + f": {plain(meeting.owner)}")
        _acts(meeting)


def _acts(meeting: "Meeting") -> None:
    key = f"meeting_{meeting.key}"
    if meeting.archived_at:
        if desk().may("meeting.archive") and st.button(_("Restore"), key=f"{key}_restore"):
            with attempt():
                restore_meeting(desk(), meeting.key)
                announce(_("Saved."))
                st.rerun()
        return
    with st.container(horizontal=True):
        if desk().may("meeting.write"):
            with st.popover(_("Change"), icon=":material/edit:"):
                if meeting_form(key, meeting.division_id, meeting):
                    st.rerun()
        if desk().may("meeting.archive"):
            with st.popover(_("Withdraw"), icon=":material/archive:"):
                st.caption(
                    _("For entries made in error. The meeting leaves every count; it can be restored.")
                )
                reason = st.text_input(_("Reason"), key=f"{key}_reason")
                if st.button(_("Withdraw this meeting"), key=f"{key}_withdraw"):
                    with attempt():
                        archive_meeting(desk(), meeting.key, reason)
                        announce(_("Saved."))
                        st.rerun()
