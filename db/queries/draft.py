"""Drafts: what a person has typed into a form so far."""

from typing import Any

from sqlmodel import Session, select

from db.models.base import utc_now
from db.models.draft import Draft


def draft_of(session: Session, person: str, form: str) -> Draft | None:
    """Return the draft, if there is one."""
    return session.exec(select(Draft).where(Draft.person == person, Draft.form == form)).first()


def put_draft(session: Session, person: str, form: str, content: dict[str, Any]) -> None:
    """Keep the content, over what was kept before; the session is a scratch one."""
    draft = draft_of(session, person, form) or Draft(person=person, form=form, saved_at=utc_now())
    draft.content, draft.saved_at = content, utc_now()
    session.add(draft)


def drop_draft(session: Session, person: str, form: str) -> None:
    """Forget the draft."""
    if draft := draft_of(session, person, form):
        session.delete(draft)
