"""Questions to the audit entries."""

from collections.abc import Sequence

from sqlmodel import Session, col, or_, select

from db.models.audit import AuditEntry


def last_entry(session: Session, entity: str, record_id: int) -> AuditEntry | None:
    """Return the newest entry about a record."""
    return session.exec(
        select(AuditEntry)
        .where(AuditEntry.entity == entity, AuditEntry.record_id == record_id)
        .order_by(col(AuditEntry.id).desc())
        .limit(1)
    ).first()


def entries_about(session: Session, records: Sequence[tuple[str, int]]) -> list[AuditEntry]:
    """Return the entries about any of these (entity, record_id), newest first."""
    if not records:
        return []
    by_entity: dict[str, list[int]] = {}
    for entity, record_id in records:
        by_entity.setdefault(entity, []).append(record_id)
    conditions = [
        (col(AuditEntry.entity) == entity) & col(AuditEntry.record_id).in_(ids)
        for entity, ids in by_entity.items()
    ]
    return list(session.exec(select(AuditEntry).where(or_(*conditions)).order_by(col(AuditEntry.id).desc())))
