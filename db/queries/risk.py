"""Questions to the risk logs."""

from sqlmodel import Session, col, select

from db.models.risk import Risk


def risks_of(session: Session, project_id: int) -> list[Risk]:
    """Return every risk of a project, closed and withdrawn ones too, as they were entered."""
    return list(session.exec(select(Risk).where(Risk.project_id == project_id).order_by(col(Risk.id))))
