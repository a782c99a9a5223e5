"""Milestones taken out of the plan, and brought back; what proves one met is in `evidence`."""

from datetime import date

from tracker.rules.checks import not_after_today, raise_any, reason_given
from tracker.services.desk import Desk
from tracker.services.plan_proposal import cancel_or_propose, refuse_done
from tracker.services.project_scope import divisions_of_milestone, writable_milestone


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
        return cancel_or_propose(work, milestone, cancelled_on, person=desk.person, today=desk.today)


def bring_back_milestone(desk: Desk, milestone_id: int, reason: str) -> None:
    """Bring a cancelled milestone back; it is outside the approved plan until that is approved again.

    Raises: NotFound, NotAllowed, ReasonRequired, Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_milestone(desk, milestone_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        milestone = writable_milestone(work, milestone_id)
        milestone.cancelled_on = None
        work.save(milestone, "milestone.brought_back")
