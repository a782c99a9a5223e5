"""What must hold for a meeting as entered."""

from datetime import date
from typing import Any

from db.models.meeting import MeetingFields
from tracker.rules.checks import in_order, not_after_today, raise_any, well_formed


class MeetingDraft(MeetingFields):
    """A meeting as a form sends it."""


def checked_meeting(values: dict[str, Any], today: date) -> MeetingDraft:
    """Return the draft if it holds: held by today, and the next step no earlier than the meeting.

    Raises: InvalidInput.
    """
    draft = well_formed(MeetingDraft, values)
    raise_any(
        [
            *not_after_today("held_on", draft.held_on, today),
            *in_order("next_step_on", draft.held_on, draft.next_step_on),
        ]
    )
    return draft
