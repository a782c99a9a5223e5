"""What becomes of a milestone: met, met in part, not met after all, cancelled, brought back."""

from datetime import date
from typing import Any

from db.transaction import Transaction
from db.vocabulary import DocumentKind
from tracker.rules.checks import not_after_today, raise_any, reason_given
from tracker.rules.document import StoredFile
from tracker.rules.milestone_draft import (
    AlreadyMet,
    MilestoneCancelled,
    UnmetDraft,
    checked_credit,
    checked_met,
)
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.document import attach
from tracker.services.plan_proposal import cancel_or_propose, refuse_done
from tracker.services.project_scope import (
    divisions_of_milestone,
    reach_back,
    writable_milestone,
    writable_project,
)


def meet_milestone(
    desk: Desk,
    milestone_id: int,
    values: dict[str, Any],
    *,
    seen: int | None,
    evidence: StoredFile | None = None,
) -> None:
    """Record the day a milestone was met and what proves it (a note, a link, a stored file). See `MetDraft`.

    Raises: NotFound, NotAllowed, InvalidInput, MilestoneCancelled, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    draft = checked_met(values, desk.today)
    with desk.transaction() as work:
        milestone = _running(work, milestone_id)
        record.change(work, milestone, draft, seen=seen, action="milestone.met")
        _attach(work, milestone_id, evidence)
        reach_back(work, writable_project(work, milestone.project_id), draft.met_on)


def credit_milestone(
    desk: Desk,
    milestone_id: int,
    values: dict[str, Any],
    *,
    seen: int | None,
    evidence: StoredFile | None = None,
) -> None:
    """Record that 1 to 99 percent of a milestone were met by a day. See `CreditDraft`.

    Raises: NotFound, NotAllowed, InvalidInput, MilestoneCancelled, AlreadyMet, EditConflict, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    draft = checked_credit(values, desk.today)
    with desk.transaction() as work:
        milestone = _running(work, milestone_id)
        if milestone.met_on:
            raise AlreadyMet(day=milestone.met_on)
        record.change(work, milestone, draft, seen=seen, action="milestone.met_in_part")
        _attach(work, milestone_id, evidence)
        reach_back(work, writable_project(work, milestone.project_id), draft.credited_on)


def unmeet_milestone(desk: Desk, milestone_id: int, reason: str, *, seen: int | None) -> None:
    """Take back that a milestone was met, wholly or in part; the history keeps that it was said, and why not.

    Raises: NotFound, NotAllowed, ReasonRequired, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        milestone = writable_milestone(work, milestone_id)
        record.change(work, milestone, UnmetDraft(), seen=seen, action="milestone.unmet")


def cancel_milestone(desk: Desk, milestone_id: int, cancelled_on: date, reason: str) -> bool:
    """Cancel a milestone, or propose to if the approved plan holds it (D6); return whether it is cancelled.

    Where nobody else could approve, it is cancelled at once.
    Raises: NotFound, NotAllowed, InvalidInput, ReasonRequired, MilestoneCancelled, AlreadyMet, ProposalOpen,
    Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    raise_any(not_after_today("cancelled_on", cancelled_on, desk.today))
    with desk.transaction(reason=reason_given(reason)) as work:
        milestone = writable_milestone(work, milestone_id)
        refuse_done(milestone)
        return cancel_or_propose(desk, work, milestone, cancelled_on)


def bring_back_milestone(desk: Desk, milestone_id: int, reason: str) -> None:
    """Bring a cancelled milestone back; it is outside the approved plan until that is approved again.

    Raises: NotFound, NotAllowed, ReasonRequired, Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        milestone = writable_milestone(work, milestone_id)
        milestone.cancelled_on = None
        work.save(milestone, "milestone.brought_back")


def _attach(work: Transaction, milestone_id: int, evidence: StoredFile | None) -> None:
    if evidence is not None:
        attach(work, {"milestone_id": milestone_id}, evidence, DocumentKind.evidence)


def _running(work: Transaction, milestone_id: int) -> Any:
    milestone = writable_milestone(work, milestone_id)
    if milestone.cancelled_on:
        raise MilestoneCancelled(day=milestone.cancelled_on)
    return milestone
