"""Questions to the requests for update."""

from sqlmodel import Session, col, select

from db.models.update_request import UpdateRequest


def requests_of(session: Session, project_id: int) -> list[UpdateRequest]:
    """Return the requests about a project that were not entered in error, the newest first."""
    return list(
        session.exec(
            select(UpdateRequest)
            .where(UpdateRequest.project_id == project_id, col(UpdateRequest.archived_at).is_(None))
            .order_by(col(UpdateRequest.id).desc())
        )
    )


def open_request(session: Session, project_id: int) -> UpdateRequest | None:
    """Return the one request about a project that is open, if there is one."""
    return next((r for r in requests_of(session, project_id) if r.closed_on is None), None)
