"""Questions to the organisation's own working days."""

from datetime import date

from sqlmodel import Session, col, select

from db.models.calendar_day import CalendarDay


def calendar_day_on(session: Session, day: date) -> CalendarDay | None:
    """Return the standing entry about a day, if there is one."""
    standing = select(CalendarDay).where(col(CalendarDay.archived_at).is_(None))
    return session.exec(standing.where(CalendarDay.day == day)).first()


def calendar_days(session: Session) -> list[CalendarDay]:
    """Return all standing entries by day."""
    standing = select(CalendarDay).where(col(CalendarDay.archived_at).is_(None))
    return list(session.exec(standing.order_by(col(CalendarDay.day))))
