"""Where an agreement lies, and whether it can be written: what every service about one asks first."""

from datetime import date

from db.models.agreement import Agreement
from db.queries.agreement import county_side, parties_of, stages_of
from db.transaction import Transaction
from tracker.errors import N_, NotFound, TrackerError
from tracker.services.desk import Desk


class Withdrawn(TrackerError):
    """The record was archived."""

    sentence = N_("This record was withdrawn; restore it before changing it.")


def divisions_of(desk: Desk, agreement_id: int) -> frozenset[int]:
    """Return the county-side divisions of an agreement. Raises: NotFound if there is no such agreement."""
    with desk.reading() as session:
        if session.get(Agreement, agreement_id) is None:
            raise NotFound
        return county_side(session, agreement_id)


def open_agreement(work: Transaction, agreement_id: int) -> Agreement:
    """Return an agreement that can be written. Raises: Withdrawn."""
    agreement = work.get(Agreement, agreement_id)
    if agreement.archived_at is not None:
        raise Withdrawn
    return agreement


def signed_on(work: Transaction, agreement_id: int) -> date | None:
    """Return the day on which the last required party signed, None while one has not (D1)."""
    days = [p.signed_on for p in parties_of(work.session, agreement_id) if p.required]
    return max((d for d in days if d), default=None) if all(days) else None


def reopen(work: Transaction, agreement: Agreement) -> None:
    """Set the agreement's first day to that of its first dated fact, after facts changed."""
    signatures = [p.signed_on for p in parties_of(work.session, agreement.key) if p.signed_on]
    stages = [s.entered_on for s in stages_of(work.session, agreement.key)]
    agreement.opened_on = min([*signatures, *stages], default=agreement.opened_on)
    work.save(agreement)
