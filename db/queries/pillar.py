"""Questions about the organisation's lines of work and its business units."""

from sqlmodel import Session, col, select

from db.models.pillar import Pillar, Unit


def pillars(session: Session) -> list[Pillar]:
    """Return the pillars in use, in their order."""
    in_use = select(Pillar).where(col(Pillar.archived_at).is_(None))
    return list(session.exec(in_use.order_by(col(Pillar.position), col(Pillar.id))))


def units(session: Session) -> list[Unit]:
    """Return the business units in use, in their order."""
    in_use = select(Unit).where(col(Unit.archived_at).is_(None))
    return list(session.exec(in_use.order_by(col(Unit.position), col(Unit.id))))
