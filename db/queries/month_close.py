"""Questions to the closed months."""

from datetime import date

from sqlmodel import Session, col, select

from db.models.month_close import MonthClose


def closed_months(session: Session) -> list[MonthClose]:
    """Return the months that are closed, the newest first."""
    standing = select(MonthClose).where(col(MonthClose.archived_at).is_(None))
    return list(session.exec(standing.order_by(col(MonthClose.month_on).desc())))


def withdrawn_closings(session: Session) -> list[MonthClose]:
    """Return the closings made in error and not made anew since, the newest month first."""
    withdrawn = select(MonthClose).where(col(MonthClose.archived_at).is_not(None))
    return list(session.exec(withdrawn.order_by(col(MonthClose.month_on).desc())))


def closed_month(session: Session, month_on: date) -> MonthClose | None:
    """Return one closed month by its first day."""
    return session.exec(
        select(MonthClose).where(MonthClose.month_on == month_on, col(MonthClose.archived_at).is_(None))
    ).first()
