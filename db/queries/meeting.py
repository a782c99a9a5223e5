"""Questions to the meetings."""

from sqlmodel import Session, col, select

from db.models.meeting import Meeting


def meetings_with(session: Session, division_id: int) -> list[Meeting]:
    """Return the meetings with a division, the newest first, archived ones last."""
    statement = select(Meeting).where(Meeting.division_id == division_id)
    order = (col(Meeting.archived_at).is_not(None), col(Meeting.held_on).desc(), col(Meeting.id).desc())
    return list(session.exec(statement.order_by(*order)))
