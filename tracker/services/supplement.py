"""Supplementary agreements: add, correct, archive and restore them."""

from typing import Any

from db.models.supplement import Supplement
from db.queries.agreement import supplement_numbers
from tracker.errors import NotFound
from tracker.rules.agreement_number import next_supplement_number
from tracker.rules.supplement import checked_supplement
from tracker.rules.termination import NotSigned
from tracker.services import record
from tracker.services.agreement_scope import divisions_of, open_agreement, signed_on
from tracker.services.desk import Desk


def add_supplement(desk: Desk, agreement_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Add a supplementary agreement to a signed agreement and return its id.

    Raises: NotFound, NotAllowed, InvalidInput, NotSigned, Withdrawn, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    draft = checked_supplement(values, desk.today)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            agreement = open_agreement(work, agreement_id)
            if signed_on(work, agreement_id) is None:
                raise NotSigned
            used = supplement_numbers(work.session, agreement_id)
            number = next_supplement_number(agreement.number, used)
            supplement = Supplement(**draft.model_dump(), agreement_id=agreement_id, number=number)
            work.outcome = [work.save(supplement).key]
        return work.outcome[0]


def change_supplement(desk: Desk, supplement_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct a supplementary agreement.

    Raises: NotFound, NotAllowed, InvalidInput, Withdrawn, EditConflict, StorageError.
    """
    desk.allow("agreement.write", _divisions(desk, supplement_id))
    draft = checked_supplement(values, desk.today)
    with desk.transaction() as work:
        supplement = work.get(Supplement, supplement_id)
        open_agreement(work, supplement.agreement_id)
        record.change(work, supplement, draft, seen=seen)


def archive_supplement(desk: Desk, supplement_id: int, reason: str) -> None:
    """Take a supplement entered in error out. Raises: NotFound, NotAllowed, ReasonRequired, StorageError."""
    desk.allow("agreement.archive", _divisions(desk, supplement_id))
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(Supplement, supplement_id))


def restore_supplement(desk: Desk, supplement_id: int) -> None:
    """Bring an archived supplement back. Raises: NotFound, NotAllowed, StorageError."""
    desk.allow("agreement.archive", _divisions(desk, supplement_id))
    with desk.transaction() as work:
        record.restore(work, work.get(Supplement, supplement_id))


def _divisions(desk: Desk, supplement_id: int) -> frozenset[int]:
    with desk.reading() as session:
        supplement = session.get(Supplement, supplement_id)
        if supplement is None:
            raise NotFound
        agreement_id = supplement.agreement_id
    return divisions_of(desk, agreement_id)
