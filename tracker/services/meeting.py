"""Meetings with counties: log, correct, archive and restore them."""

from typing import Any

from db.models.division import Division
from db.models.meeting import Meeting
from db.queries.meeting import meetings_with
from db.transaction import Transaction
from tracker.errors import NotFound, Required
from tracker.rules.checks import raise_any
from tracker.rules.meeting import MeetingDraft, checked_meeting
from tracker.services import record
from tracker.services.desk import Desk


def log_meeting(desk: Desk, values: dict[str, Any], *, token: str = "") -> int:
    """Record a meeting and return its id; the same token again returns the first one's.

    Raises: NotAllowed, NotFound if the county is outside the scope, InvalidInput, StorageError.
    """
    desk.allow("meeting.write", _division_in(values))
    draft = checked_meeting(values, desk.today)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            _check_division(work, draft)
            meeting = work.save(Meeting.model_validate(draft), "meeting.logged")
            work.outcome = [meeting.key]
        return work.outcome[0]


def change_meeting(desk: Desk, meeting_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct a meeting. Raises: NotAllowed, NotFound, InvalidInput, EditConflict, StorageError."""
    desk.allow("meeting.write", divisions_of_meeting(desk, meeting_id))
    desk.allow("meeting.write", _division_in(values))
    draft = checked_meeting(values, desk.today)
    with desk.transaction() as work:
        _check_division(work, draft)
        record.change(work, work.get(Meeting, meeting_id), draft, seen=seen)


def archive_meeting(desk: Desk, meeting_id: int, reason: str) -> None:
    """Take a meeting entered in error out of every count.

    Raises: NotAllowed, NotFound, ReasonRequired, StorageError.
    """
    desk.allow("meeting.archive", divisions_of_meeting(desk, meeting_id))
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(Meeting, meeting_id))


def restore_meeting(desk: Desk, meeting_id: int) -> None:
    """Bring an archived meeting back. Raises: NotAllowed, NotFound, StorageError."""
    desk.allow("meeting.archive", divisions_of_meeting(desk, meeting_id))
    with desk.transaction() as work:
        record.restore(work, work.get(Meeting, meeting_id))


def read_meetings(desk: Desk, division_id: int) -> list[Meeting]:
    """Return the meetings with a division, the newest first, archived ones last.

    Raises: NotFound, StorageError.
    """
    desk.allow("read", {division_id})
    with desk.reading() as session:
        found = meetings_with(session, division_id)
        session.expunge_all()
        return found


def divisions_of_meeting(desk: Desk, meeting_id: int) -> frozenset[int]:
    """Return the division a meeting was held with. Raises: NotFound if there is no such meeting."""
    with desk.reading() as session:
        found = session.get(Meeting, meeting_id)
        if found is None:
            raise NotFound
        return frozenset({found.division_id})


def _division_in(values: dict[str, Any]) -> frozenset[int]:
    # A meeting without a county is refused beside its field, not as somebody else's.
    division_id = values.get("division_id")
    return frozenset({division_id}) if isinstance(division_id, int) else frozenset()


def _check_division(work: Transaction, draft: MeetingDraft) -> None:
    if work.session.get(Division, draft.division_id) is None:
        raise_any([Required(field="division_id")])
