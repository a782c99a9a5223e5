"""Documents: content goes into the file store on upload, and comes out only through these services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlmodel import Session

from db.errors import FileMissing
from db.files import FileStore
from db.models.document import Document, DocumentVersion
from db.models.milestone import Milestone
from db.models.project import Project
from db.models.supplement import Supplement
from db.queries.agreement import county_side
from db.queries.document import documents_of, versions_of
from db.transaction import Transaction
from db.vocabulary import DocumentKind
from tracker.errors import NotFound
from tracker.rules.document import LARGEST_BYTES, StoredFile, checked_file
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.proof import keep_last_evidence
from tracker.services.recorded import recorded_by


@dataclass(frozen=True)
class DocumentFile:
    """A document with its versions, newest first."""

    id: int
    title: str
    kind: DocumentKind
    version: int
    archived_at: datetime | None
    archive_reason: str
    versions: tuple[DocumentVersion, ...]


def store_upload(desk: Desk, file_name: str, content: BinaryIO) -> StoredFile:
    """Keep an upload's content at once and return its name in the store; no record points at it yet.

    Raises: NotAllowed, TooLarge, EmptyFile, UnknownFormat, ContentDiffers, StorageError.
    """
    desk.allow("document.write")
    name, media_type, size = checked_file(file_name, content)
    sha256 = _store(desk).put(content, limit=LARGEST_BYTES)
    return StoredFile(sha256=sha256, file_name=name, media_type=media_type, size_bytes=size)


def add_document(desk: Desk, owner: dict[str, int], stored: StoredFile, kind: DocumentKind) -> int:
    """Attach stored content to the one record that `owner` names (`{"agreement_id": 7}`), as version 1.

    Raises: NotFound, NotAllowed, FileMissing, StorageError.
    """
    desk.allow("document.write", _divisions(desk, **owner))
    _must_be_stored(desk, stored)
    with desk.transaction() as work:
        return attach(work, owner, stored, kind)


def add_document_version(desk: Desk, document_id: int, stored: StoredFile) -> None:
    """Add newer content to a document; the earlier versions stay. Raises: as `add_document`."""
    desk.allow("document.write", _divisions_of_document(desk, document_id))
    _must_be_stored(desk, stored)
    with desk.transaction() as work:
        newest = versions_of(work.session, [document_id])[0].number
        work.save(_version(work, document_id, newest + 1, stored))


def archive_document(desk: Desk, document_id: int, reason: str) -> None:
    """Take a document out of sight.

    Raises: NotFound, NotAllowed, ReasonRequired, LastEvidence (of a met key milestone or landing gate),
    StorageError.
    """
    desk.allow("document.archive", _divisions_of_document(desk, document_id))
    with desk.transaction(reason=reason) as work:
        document = work.get(Document, document_id)
        keep_last_evidence(work.session, document)
        record.archive(work, document)


def restore_document(desk: Desk, document_id: int) -> None:
    """Bring an archived document back. Raises: NotFound, NotAllowed, StorageError."""
    desk.allow("document.archive", _divisions_of_document(desk, document_id))
    with desk.transaction() as work:
        record.restore(work, work.get(Document, document_id))


def read_documents(desk: Desk, **owner: int) -> list[DocumentFile]:
    """Return the documents of the one record that `owner` names, as recorded by the desk's moment.

    Archived ones are last.

    Raises: NotFound, StorageError.
    """
    desk.allow("read", _divisions(desk, **owner))
    [(column, owner_id)] = owner.items()
    with desk.reading() as session:
        return documents_with_versions(session, column, [owner_id], desk.known_at)


def documents_with_versions(
    session: Session, owner: str, owner_ids: Sequence[int], known_at: datetime | None = None
) -> list[DocumentFile]:
    """Return the documents of these owners as recorded by then, detached; the caller asked for permission."""
    documents = recorded_by(session, documents_of(session, owner, owner_ids), known_at)
    versions = recorded_by(session, versions_of(session, [d.key for d in documents]), known_at)
    session.expunge_all()
    return [
        DocumentFile(
            id=d.key,
            title=d.title,
            kind=d.kind,
            version=d.version or 0,
            archived_at=d.archived_at,
            archive_reason=d.archive_reason,
            versions=tuple(v for v in versions if v.document_id == d.key),
        )
        for d in documents
    ]


def open_document(desk: Desk, version_id: int) -> tuple[DocumentVersion, bytes]:
    """Return a version and its content. Raises: NotFound, FileMissing, StorageError."""
    with desk.reading() as session:
        version = session.get(DocumentVersion, version_id)
        if version is None:
            raise NotFound
        session.expunge(version)
    desk.allow("read", _divisions_of_document(desk, version.document_id))
    with _store(desk).open(version.sha256) as file:
        return version, file.read()


def attach_scans(work: Transaction, agreement_id: int, scans: Sequence[StoredFile]) -> None:
    """Make a document of each stored scan, within the transaction that logs the agreement."""
    for stored in scans:
        attach(work, {"agreement_id": agreement_id}, stored, DocumentKind.scan)


def attach(work: Transaction, owner: dict[str, int], stored: StoredFile, kind: DocumentKind) -> int:
    """Make a document of stored content, within an open transaction, and return its id.

    Content that the record has already is not attached again: a second click sends it twice.
    """
    [(column, owner_id)] = owner.items()
    for known in documents_with_versions(work.session, column, [owner_id]):
        if known.archived_at is None and known.versions[0].sha256 == stored.sha256:
            return known.id
    document = work.save(Document.model_validate({"title": stored.file_name, "kind": kind, **owner}))
    work.save(_version(work, document.key, 1, stored))
    return document.key


def _version(work: Transaction, document_id: int, number: int, stored: StoredFile) -> DocumentVersion:
    return DocumentVersion(
        document_id=document_id,
        number=number,
        stored_at=work.recorded_at,
        **stored.model_dump(exclude={"division_id"}),
    )


def _store(desk: Desk) -> FileStore:
    return FileStore(desk.settings.files_url)


def _must_be_stored(desk: Desk, stored: StoredFile) -> None:
    if not _store(desk).exists(stored.sha256):
        raise FileMissing(sha256=stored.sha256)


def _divisions_of_document(desk: Desk, document_id: int) -> frozenset[int]:
    with desk.reading() as session:
        document = session.get(Document, document_id)
        if document is None:
            raise NotFound
        owners = ("agreement_id", "project_id", "milestone_id", "supplement_id")
        owner = {o: getattr(document, o) for o in owners if getattr(document, o) is not None}
    return _divisions(desk, **owner)


def _divisions(desk: Desk, **owner: int) -> frozenset[int]:
    """The divisions of the one record that owns a document. Raises: NotFound."""
    [(column, owner_id)] = owner.items()
    with desk.reading() as session:
        if column == "milestone_id" and (milestone := session.get(Milestone, owner_id)):
            column, owner_id = "project_id", milestone.project_id
        if column == "project_id" and (project := session.get(Project, owner_id)):
            return frozenset({project.division_id})
        if column == "supplement_id" and (supplement := session.get(Supplement, owner_id)):
            column, owner_id = "agreement_id", supplement.agreement_id
        found = county_side(session, owner_id) if column == "agreement_id" else frozenset()
    if not found:
        raise NotFound
    return found
