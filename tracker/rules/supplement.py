"""What must hold for a supplementary agreement as entered."""

from datetime import date
from typing import Any

from db.models.supplement import SupplementFields
from tracker.rules.checks import in_order, not_after_today, raise_any, well_formed


class SupplementDraft(SupplementFields):
    """A supplementary agreement as a form sends it."""


def checked_supplement(values: dict[str, Any], today: date) -> SupplementDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    draft = well_formed(SupplementDraft, values)
    problems = not_after_today("signed_on", draft.signed_on, today)
    problems += in_order("new_end_on", draft.effective_on or draft.signed_on, draft.new_end_on)
    raise_any(problems)
    return draft
