"""Questions to the thresholds."""

from sqlmodel import Session, col, select

from db.models.threshold import Threshold


def thresholds(session: Session) -> list[Threshold]:
    """Return every value that stands, in the order in which they came or will come into force."""
    return list(
        session.exec(
            select(Threshold)
            .where(col(Threshold.archived_at).is_(None))
            .order_by(col(Threshold.from_on), col(Threshold.id))
        )
    )
