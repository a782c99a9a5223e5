"""Tell what is odd about an agreement about to be saved, without refusing it."""

from datetime import date
from typing import Any

from db.models.agreement import AgreementFields
from tracker.errors import InvalidInput, TrackerError
from tracker.rules.agreement_doubt import doubts
from tracker.rules.agreement_draft import AgreementDraft
from tracker.rules.checks import well_formed
from tracker.services.desk import Desk


def doubts_about(desk: Desk, values: dict[str, Any], signed_on: date | None) -> list[TrackerError]:
    """Return doubts about the dates and the term.

    Each is an error with the field it belongs beside, to be shown only. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return doubts(_dates_of(values), signed_on)


def _dates_of(values: dict[str, Any]) -> AgreementFields:
    # Half-typed forms are asked about too: a field that does not hold yet is left out.
    dates = {name: values.get(name) for name in ("effective_on", "term_months", "end_on")}
    held: dict[str, Any] = {"title": "?"}
    for name, value in dates.items():
        try:
            well_formed(AgreementDraft, {"title": "?", name: value})
        except InvalidInput:
            continue
        held[name] = value
    return AgreementDraft.model_validate(held)
