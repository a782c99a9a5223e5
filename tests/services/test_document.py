"""Documents: what is taken, where it is kept, and who gets it back."""

import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from db.errors import FileMissing
from db.vocabulary import DocumentKind
from tests.agreement_samples import LILING, NAN, log_values, logged
from tests.conftest import ON_SQLITE, division_id
from tracker.errors import NotAllowed, NotFound, ReasonRequired
from tracker.rules.document import (
    LARGEST_BYTES,
    ContentDiffers,
    EmptyFile,
    StoredFile,
    TooLarge,
    UnknownFormat,
)
from tracker.services.agreement import log_agreements
from tracker.services.desk import Desk
from tracker.services.document import (
    DocumentFile,
    add_document,
    add_document_version,
    archive_document,
    open_document,
    read_documents,
    restore_document,
    store_upload,
)

PDF = b"%PDF-1.7\n1 0 obj\n"


def _zip(part: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, "<x/>")
    return content.getvalue()


WHOLE = {
    "scan.pdf": PDF,
    "late header.pdf": b"\x00" * 100 + PDF,
    "photo.PNG": b"\x89PNG\r\n\x1a\n....",
    "photo.jpg": b"\xff\xd8\xff\xe0....",
    "photo.jpeg": b"\xff\xd8\xff\xe1....",
    "scan.tif": b"II*\x00....",
    "scan.tiff": b"MM\x00*....",
    "photo.heic": b"\x00\x00\x00\x18ftypheic....",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
    "new.docx": _zip("word/document.xml"),
    "list.xlsx": _zip("xl/workbook.xml"),
}


def _stored(desk: Desk, content: bytes = PDF, name: str = "扫描件.pdf") -> StoredFile:
    return store_upload(desk, name, BytesIO(content))


def _one_document(desk: Desk) -> tuple[int, DocumentFile]:
    one = logged(desk)
    add_document(desk, {"agreement_id": one}, _stored(desk), DocumentKind.scan)
    return one, read_documents(desk, agreement_id=one)[0]


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_of_a_known_kind_is_taken(alice: Desk, name: str) -> None:
    assert _stored(alice, WHOLE[name], name).size_bytes == len(WHOLE[name])


@ON_SQLITE
@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.tif", "scan.heic", "scan.doc", "scan.docx"])
def test_content_that_is_not_what_its_name_says_is_refused(alice: Desk, name: str) -> None:
    with pytest.raises(ContentDiffers):
        _stored(alice, PDF, name)


def test_a_workbook_named_as_a_letter_is_refused(alice: Desk) -> None:
    with pytest.raises(ContentDiffers):
        _stored(alice, WHOLE["list.xlsx"], "letter.docx")


@ON_SQLITE
@pytest.mark.parametrize("name", ["run.exe", "page.html", "no extension", "a.pdf.js", ""])
def test_a_kind_that_is_not_taken_is_refused(alice: Desk, name: str) -> None:
    with pytest.raises(UnknownFormat):
        _stored(alice, PDF, name)


def test_an_empty_file_is_refused(alice: Desk) -> None:
    with pytest.raises(EmptyFile):
        _stored(alice, b"")


def test_sixty_megabytes_are_refused_with_their_size(alice: Desk) -> None:
    with pytest.raises(TooLarge) as refusal:
        _stored(alice, PDF + bytes(60 * 1024 * 1024))
    assert (refusal.value.field, refusal.value.details["size"]) == ("scans", "61")


def test_a_document_of_exactly_the_limit_is_taken(alice: Desk) -> None:
    assert _stored(alice, PDF.ljust(LARGEST_BYTES, b"\0")).size_bytes == LARGEST_BYTES


def test_a_folder_in_a_name_is_dropped(alice: Desk) -> None:
    assert _stored(alice, PDF, "../../etc/扫描件.pdf").file_name == "扫描件.pdf"


def test_content_is_kept_under_its_own_hash(alice: Desk, tmp_path: Path) -> None:
    stored = _stored(alice)
    assert stored.sha256 == sha256(PDF).hexdigest()
    assert (tmp_path / "files" / stored.sha256[:2] / stored.sha256).read_bytes() == PDF


def test_what_was_put_in_comes_out(alice: Desk) -> None:
    _, document = _one_document(alice)
    version, content = open_document(alice, document.versions[0].key)
    assert (version.file_name, version.media_type, content) == ("扫描件.pdf", "application/pdf", PDF)


def test_a_new_version_stands_before_the_earlier_one(alice: Desk) -> None:
    one, document = _one_document(alice)
    add_document_version(alice, document.id, _stored(alice, PDF + b"2"))
    assert [v.number for v in read_documents(alice, agreement_id=one)[0].versions] == [2, 1]


def test_a_scan_uploaded_with_the_form_belongs_to_every_agreement_of_it(alice: Desk) -> None:
    scan = _stored(alice).model_dump()
    ids = log_agreements(alice, log_values(alice, LILING, NAN, scans=[scan]), "t")
    assert [len(read_documents(alice, agreement_id=i)) for i in ids] == [1, 1]


def test_a_scan_given_to_one_county_belongs_to_its_agreement_alone(alice: Desk) -> None:
    scan = _stored(alice).model_dump() | {"division_id": division_id(alice.database, NAN)}
    ids = log_agreements(alice, log_values(alice, LILING, NAN, scans=[scan]), "t")
    assert [len(read_documents(alice, agreement_id=i)) for i in ids] == [0, 1]


def test_content_that_was_never_stored_cannot_be_attached(alice: Desk) -> None:
    invented = StoredFile(sha256="0" * 64, file_name="x.pdf", media_type="application/pdf", size_bytes=1)
    with pytest.raises(FileMissing):
        add_document(alice, {"agreement_id": logged(alice)}, invented, DocumentKind.scan)


def test_archiving_a_document_needs_a_reason(dora: Desk) -> None:
    _, document = _one_document(dora)
    with pytest.raises(ReasonRequired):
        archive_document(dora, document.id, "")


def test_an_archived_document_says_why_and_can_be_restored(dora: Desk) -> None:
    one, document = _one_document(dora)
    archive_document(dora, document.id, "wrong scan")
    assert read_documents(dora, agreement_id=one)[0].archive_reason == "wrong scan"
    restore_document(dora, document.id)
    assert read_documents(dora, agreement_id=one)[0].archived_at is None


def test_an_editor_cannot_archive_a_document(alice: Desk) -> None:
    _, document = _one_document(alice)
    with pytest.raises(NotAllowed):
        archive_document(alice, document.id, "wrong scan")


def test_bob_opens_what_alice_attached(alice: Desk, bob: Desk) -> None:
    _, document = _one_document(alice)
    assert open_document(bob, document.versions[0].key)[1] == PDF


def test_bob_cannot_upload(bob: Desk) -> None:
    with pytest.raises(NotAllowed):
        _stored(bob)


def test_charlie_finds_none_of_it(alice: Desk, charlie: Desk) -> None:
    one, document = _one_document(alice)
    for act in (
        lambda: open_document(charlie, document.versions[0].key),
        lambda: read_documents(charlie, agreement_id=one),
        lambda: add_document(charlie, {"agreement_id": one}, _stored(charlie), DocumentKind.scan),
        lambda: add_document_version(charlie, document.id, _stored(charlie)),
        lambda: archive_document(charlie, document.id, "x"),
        lambda: restore_document(charlie, document.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_version_that_never_was_is_not_found(dora: Desk) -> None:
    with pytest.raises(NotFound):
        open_document(dora, 404)
