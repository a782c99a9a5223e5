"""What a milestone has come to: met with its evidence, met in part, or not met after all."""

from datetime import date
from typing import Any

from db.models.milestone import Milestone, MilestoneCredit
from db.queries.forecast import credits_of
from db.transaction import Transaction
from db.vocabulary import DocumentKind
from tracker.errors import TrackerError
from tracker.rules.checks import raise_any, reason_given
from tracker.rules.document import StoredFile
from tracker.rules.evidence import (
    CreditedSince,
    EvidenceMissing,
    UncreditedDraft,
    UnmetDraft,
    checked_credit,
    checked_met,
    early_problems,
)
from tracker.rules.milestone_draft import AlreadyMet
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.document import attach
from tracker.services.project_scope import (
    divisions_of_milestone,
    reach_back,
    running_milestone,
    writable_milestone,
    writable_project,
)
from tracker.services.proof import frozen_now, has_evidence, needs_evidence


def meet_milestone(
    desk: Desk,
    milestone_id: int,
    values: dict[str, Any],
    *,
    seen: int | None,
    evidence: StoredFile | None = None,
) -> None:
    """Record the day a milestone was met and what proves it (a note, a link, a witness, a stored file).

    See `MetDraft`. A key milestone or landing gate needs a file, a link or a witness. A day before the
    milestone's start counts only with `is_confirmed` among the values. The day of recording is kept apart.
    Raises: NotFound, NotAllowed, InvalidInput, MilestoneCancelled, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    draft = checked_met(values, desk.today)
    with desk.transaction() as work:
        milestone = running_milestone(work, milestone_id)
        recorded_on = milestone.met_recorded_on if milestone.met_on == draft.met_on else desk.today
        besides = {"met_recorded_on": recorded_on}
        record.change(work, milestone, draft, seen=seen, action="milestone.met", besides=besides)
        _attach(work, milestone_id, evidence)
        raise_any(_early(work, milestone, "met_on", values) + _unproved(work, milestone))
        reach_back(work, writable_project(work, milestone.project_id), draft.met_on)


def credit_milestone(
    desk: Desk,
    milestone_id: int,
    values: dict[str, Any],
    *,
    seen: int | None,
    evidence: StoredFile | None = None,
) -> None:
    """Record that 1 to 99 percent of a milestone were met by a day; the shares stated before are kept.

    See `CreditDraft`, and `meet_milestone` for a day before the start.
    Raises: NotFound, NotAllowed, InvalidInput, MilestoneCancelled, AlreadyMet, EditConflict, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    draft = checked_credit(values, desk.today)
    with desk.transaction() as work:
        milestone = running_milestone(work, milestone_id)
        if milestone.met_on:
            raise AlreadyMet(day=milestone.met_on)
        record.change(work, milestone, draft, seen=seen, action="milestone.met_in_part")
        _attach(work, milestone_id, evidence)
        raise_any(_early(work, milestone, "credited_on", values))
        _state(work, milestone_id, draft.credited_on, draft.credit_percent)
        reach_back(work, writable_project(work, milestone.project_id), draft.credited_on)


def unmeet_milestone(desk: Desk, milestone_id: int, reason: str, *, seen: int | None) -> None:
    """Take back that a milestone was met; of one met in part, take back every share that was stated.

    The history keeps that it was said, and why not. A share stated before a milestone was met stands.
    Raises: NotFound, NotAllowed, ReasonRequired, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        milestone = writable_milestone(work, milestone_id)
        draft = UnmetDraft() if milestone.met_on else UncreditedDraft()
        stated = [] if milestone.met_on else credits_of(work.session, [milestone_id])
        record.change(work, milestone, draft, seen=seen, action="milestone.unmet")
        for credit in stated:
            record.archive(work, credit)


def _attach(work: Transaction, milestone_id: int, evidence: StoredFile | None) -> None:
    if evidence is not None:
        attach(work, {"milestone_id": milestone_id}, evidence, DocumentKind.evidence)


def _early(work: Transaction, milestone: Milestone, field: str, values: dict[str, Any]) -> list[TrackerError]:
    if values.get("is_confirmed"):
        return []
    frozen = frozen_now(work.session, milestone)
    return early_problems(field, getattr(milestone, field), (frozen or milestone).start_on)


def _unproved(work: Transaction, milestone: Milestone) -> list[TrackerError]:
    proved = has_evidence(work.session, milestone) or not needs_evidence(work.session, milestone)
    return [] if proved else [EvidenceMissing(field="evidence", name=milestone.name)]


def _state(work: Transaction, milestone_id: int, on: date, percent: int) -> None:
    """Add a share to the dated ones. Raises: InvalidInput if one was stated as of a later day."""
    stated = credits_of(work.session, [milestone_id])
    newest = stated[-1] if stated else None
    if newest and (newest.credited_on, newest.percent) == (on, percent):
        return
    if newest and on < newest.credited_on:
        raise_any([CreditedSince(field="credited_on", day=newest.credited_on)])
    work.save(MilestoneCredit(milestone_id=milestone_id, credited_on=on, percent=percent))
