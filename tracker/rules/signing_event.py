"""What must hold for a signing event as entered."""

from datetime import date
from typing import Any

from db.models.signing_event import SigningEventFields
from tracker.rules.checks import not_after_today, raise_any, well_formed


class SigningEventDraft(SigningEventFields):
    """A signing event as a form sends it."""


def checked_signing_event(values: dict[str, Any], today: date) -> SigningEventDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    draft = well_formed(SigningEventDraft, values)
    raise_any(not_after_today("held_on", draft.held_on, today))
    return draft
