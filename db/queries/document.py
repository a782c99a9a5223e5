"""Questions about documents and their versions."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.models.document import Document, DocumentVersion

OWNERS = ("agreement_id", "project_id", "milestone_id", "supplement_id")


def documents_of(session: Session, owner: str, owner_ids: Sequence[int]) -> list[Document]:
    """Return the documents, archived ones last, whose `owner` column (see OWNERS) is one of the ids."""
    if owner not in OWNERS:
        raise KeyError(owner)
    column = Document.__table__.c[owner]  # type: ignore[attr-defined]
    found = session.exec(select(Document).where(column.in_(list(owner_ids))))
    return sorted(found, key=lambda d: (d.archived_at is not None, d.key))


def versions_of(session: Session, document_ids: Sequence[int]) -> list[DocumentVersion]:
    """Return the versions of these documents, newest first."""
    return list(
        session.exec(
            select(DocumentVersion)
            .where(col(DocumentVersion.document_id).in_(list(document_ids)))
            .order_by(col(DocumentVersion.number).desc())
        )
    )
