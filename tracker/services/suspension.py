"""Suspensions of an agreement: begin, end and correct them."""

from datetime import date
from typing import Any

from db.models.suspension import Suspension
from db.queries.agreement import suspensions_of
from tracker.errors import NotFound
from tracker.rules.suspension import checked_suspension
from tracker.rules.termination import NotSigned
from tracker.services import record
from tracker.services.agreement_scope import divisions_of, open_agreement, signed_on
from tracker.services.desk import Desk


def suspend_agreement(desk: Desk, agreement_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Record that a signed agreement rests from a day on, to a day if that is agreed; return the id.

    Raises: NotFound, NotAllowed, InvalidInput, NotSigned, Withdrawn, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            open_agreement(work, agreement_id)
            if signed_on(work, agreement_id) is None:
                raise NotSigned
            draft = checked_suspension(values, suspensions_of(work.session, agreement_id))
            suspension = Suspension(**draft.model_dump(), agreement_id=agreement_id)
            work.outcome = [work.save(suspension, "agreement.suspended").key]
        return work.outcome[0]


def end_suspension(desk: Desk, suspension_id: int, to_on: date | None, *, seen: int | None) -> None:
    """Set the last day of a suspension, None while it is not agreed, if nobody saved it since version `seen`.

    Raises: NotFound, NotAllowed, InvalidInput, EditConflict, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, _agreement(desk, suspension_id)))
    with desk.transaction() as work:
        suspension = work.get(Suspension, suspension_id)
        others = suspensions_of(work.session, suspension.agreement_id or 0)
        values = {"from_on": suspension.from_on, "to_on": to_on, "reason": suspension.reason}
        draft = checked_suspension(values, [s for s in others if s.key != suspension_id])
        record.change(work, suspension, draft, seen=seen, action="agreement.resumed")


def archive_suspension(desk: Desk, suspension_id: int, reason: str) -> None:
    """Take a suspension entered in error out. Raises: NotFound, NotAllowed, ReasonRequired, StorageError."""
    desk.allow("agreement.archive", divisions_of(desk, _agreement(desk, suspension_id)))
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(Suspension, suspension_id))


def _agreement(desk: Desk, suspension_id: int) -> int:
    with desk.reading() as session:
        suspension = session.get(Suspension, suspension_id)
        if suspension is None or suspension.agreement_id is None:
            raise NotFound
        return suspension.agreement_id
