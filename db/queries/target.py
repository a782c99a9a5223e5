"""Questions to the targets."""

from sqlmodel import Session, col, select

from db.models.target import Target


def standing_targets(session: Session, year: int) -> list[Target]:
    """Return the targets of a year, without those taken away."""
    standing = select(Target).where(col(Target.archived_at).is_(None), Target.year == year)
    return list(session.exec(standing.order_by(col(Target.id))))
