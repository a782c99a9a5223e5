"""Tell, while an agreement is being typed, when its term ends and what is wrong or odd about its dates."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.errors import InvalidInput, TrackerError
from tracker.rules.agreement_doubt import doubts
from tracker.rules.agreement_draft import AgreementDraft, term_problems
from tracker.rules.checks import well_formed
from tracker.rules.term import term_end
from tracker.services.desk import Desk

_FIELDS = ("effective_on", "term_months", "end_on", "renewals_allowed", "renewal_term_months", "notice_days")


@dataclass(frozen=True)
class TermPreview:
    """The end and decision deadline of the first term (None: open or not known yet), problems and doubts."""

    end_on: date | None
    decision_on: date | None
    problems: list[TrackerError]
    doubts: list[TrackerError]


def preview_term(desk: Desk, values: dict[str, Any], signed_on: date | None) -> TermPreview:
    """Return what is to be said about the term of an agreement being typed. Raises: NotAllowed."""
    desk.allow("read")
    try:
        draft = well_formed(AgreementDraft, {"title": "?"} | {f: values[f] for f in _FIELDS if f in values})
    except InvalidInput as error:
        return TermPreview(None, None, error.problems, [])
    problems = term_problems(draft, signed_on)
    start = draft.effective_on or signed_on
    if problems or start is None:
        return TermPreview(None, None, problems, [])
    end = term_end(start, draft.term_months) if draft.term_months else draft.end_on
    decision = end - timedelta(days=draft.notice_days) if end else None
    return TermPreview(end, decision, [], doubts(draft, signed_on))
