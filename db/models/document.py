"""Documents of agreements, projects and milestones; the content lies in the file store."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.models.base import Line, Recorded, RequiredLine, one_of
from db.vocabulary import DocumentKind


class Document(Recorded, table=True):
    """A document and the one record it belongs to; its content is in its versions."""

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN project_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN milestone_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN supplement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_owner",
        ),
    )

    title: RequiredLine
    kind: DocumentKind = Field(default=DocumentKind.other, sa_type=one_of(DocumentKind, "kind"))
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id", index=True)
    supplement_id: int | None = Field(default=None, foreign_key="supplement.id", index=True)


class DocumentVersion(Recorded, table=True):
    """One content of a document, named by its SHA-256."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    document_id: int = Field(foreign_key="document.id")
    number: int
    sha256: str = Field(max_length=64, index=True)
    file_name: Line
    media_type: str = Field(max_length=100)
    size_bytes: int = Field(sa_type=BigInteger)
    stored_at: datetime
