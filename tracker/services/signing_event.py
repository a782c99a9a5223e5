"""Signing events: hold, correct, archive and restore them."""

from typing import Any

from db.models.signing_event import SigningEvent
from tracker.errors import NotFound
from tracker.rules.signing_event import checked_signing_event
from tracker.services import record
from tracker.services.desk import Desk


def hold_signing_event(desk: Desk, values: dict[str, Any], *, token: str = "") -> int:
    """Record a signing event and return its id; the same token again returns the first one's.

    Raises: NotAllowed, InvalidInput, StorageError.
    """
    desk.allow("signing_event.write")
    draft = checked_signing_event(values, desk.today)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            event = work.save(SigningEvent.model_validate(draft), "signing_event.held")
            work.outcome = [event.key]
        return work.outcome[0]


def change_signing_event(desk: Desk, event_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct a signing event. Raises: NotAllowed, InvalidInput, EditConflict, StorageError."""
    desk.allow("signing_event.write")
    draft = checked_signing_event(values, desk.today)
    with desk.transaction() as work:
        record.change(work, work.get(SigningEvent, event_id), draft, seen=seen)


def archive_signing_event(desk: Desk, event_id: int, reason: str) -> None:
    """Take an event entered in error out of the lists. Raises: NotAllowed, ReasonRequired, StorageError."""
    desk.allow("signing_event.archive")
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(SigningEvent, event_id))


def restore_signing_event(desk: Desk, event_id: int) -> None:
    """Bring an archived event back. Raises: NotAllowed, StorageError."""
    desk.allow("signing_event.archive")
    with desk.transaction() as work:
        record.restore(work, work.get(SigningEvent, event_id))


def read_signing_event(desk: Desk, event_id: int) -> SigningEvent:
    """Return one event, archived or not. Raises: NotFound, StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        found = session.get(SigningEvent, event_id)
        if found is None:
            raise NotFound
        session.expunge(found)
        return found
