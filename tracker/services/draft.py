"""Drafts of forms: kept at every change, so that nothing typed is lost, and per person, on any device."""

from datetime import datetime
from typing import Any

from db.queries.draft import draft_of, drop_draft, put_draft
from tracker.services.desk import Desk


def save_draft(desk: Desk, form: str, content: dict[str, Any]) -> None:
    """Keep what the person has typed into `form` so far. Raises: NotAllowed, StorageError."""
    desk.allow("draft.write")
    with desk.database.scratch() as session:
        put_draft(session, desk.person.name, form, content)


def read_draft(desk: Desk, form: str) -> tuple[dict[str, Any], datetime] | None:
    """Return the person's own draft and when it was kept, None if there is none. Raises: StorageError."""
    desk.allow("draft.write")
    with desk.reading() as session:
        draft = draft_of(session, desk.person.name, form)
        return (dict(draft.content), draft.saved_at) if draft else None


def discard_draft(desk: Desk, form: str) -> None:
    """Forget the person's draft, as after the form was saved. Raises: NotAllowed, StorageError."""
    desk.allow("draft.write")
    with desk.database.scratch() as session:
        drop_draft(session, desk.person.name, form)
