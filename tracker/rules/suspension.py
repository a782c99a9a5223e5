"""What must hold for a suspension as entered."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from db.models.suspension import SuspensionFields
from tracker.errors import N_, ReasonRequired, TrackerError
from tracker.rules.checks import in_order, raise_any, well_formed


class OverlappingSuspension(TrackerError):
    """Two suspensions of one thing share days."""

    sentence = N_("There is a suspension from {from_on} already that shares days with this one.")


class SuspensionDraft(SuspensionFields):
    """A suspension as a form sends it."""


def checked_suspension(values: dict[str, Any], others: Iterable[SuspensionFields] = ()) -> SuspensionDraft:
    """Return the draft if it holds and shares no day with `others`. Raises: InvalidInput."""
    draft = well_formed(SuspensionDraft, values)
    problems = in_order("to_on", draft.from_on, draft.to_on)
    if not draft.reason:
        problems.append(ReasonRequired(field="reason"))
    problems += [
        OverlappingSuspension(field="from_on", from_on=other.from_on)
        for other in others
        if _overlap(draft, other)
    ]
    raise_any(problems)
    return draft


def _overlap(one: SuspensionFields, other: SuspensionFields) -> bool:
    last_one, last_other = one.to_on or date.max, other.to_on or date.max
    return one.from_on <= last_other and other.from_on <= last_one
