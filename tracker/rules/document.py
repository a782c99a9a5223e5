"""Which files are taken as documents: by size, by name, and by content that is what the name says."""

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from sqlmodel import Field, SQLModel

from db.vocabulary import DocumentKind, clean_text
from tracker.errors import N_, TrackerError

LARGEST_BYTES = 50 * 1024 * 1024
_LONGEST_NAME = 200

DOCUMENT_KIND_NAMES = {
    DocumentKind.scan: N_("signed scan"),
    DocumentKind.supplement: N_("supplementary agreement"),
    DocumentKind.evidence: N_("evidence"),
    DocumentKind.other: N_("other document"),
}


class TooLarge(TrackerError):
    """A document above the limit."""

    sentence = N_("“{name}” is {size} MB; at most {limit} MB can be kept.")


class EmptyFile(TrackerError):
    """A file without content."""

    sentence = N_("“{name}” is empty.")


class UnknownFormat(TrackerError):
    """A file of a kind that is not taken."""

    sentence = N_("“{name}” is not a kind of document that can be kept. Use {kinds}.")


class ContentDiffers(TrackerError):
    """A file whose content is not what its name says."""

    sentence = N_("The content of “{name}” is not what its name says; open it and save it anew as {kind}.")


class StoredFile(SQLModel):
    """Content in the file store, named by its SHA-256, under the name people gave it."""

    sha256: str = Field(min_length=64, max_length=64)
    file_name: str = Field(min_length=1, max_length=300)
    media_type: str = Field(max_length=100)
    size_bytes: int = Field(ge=1)
    division_id: int | None = None


def _begins(*starts: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(16).startswith(starts)


def _is_pdf(file: BinaryIO) -> bool:
    # Some scanners write a few bytes before the header; readers look for it in the first kilobyte.
    return b"%PDF-" in file.read(1024)


def _is_heic(file: BinaryIO) -> bool:
    head = file.read(12)
    return head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"}


def _holds(part: str) -> Callable[[BinaryIO], bool]:
    def check(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                return any(name.startswith(part) for name in archive.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False

    return check


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OLE = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_JPEG = ("image/jpeg", _begins(b"\xff\xd8\xff"))
_TIFF = ("image/tiff", _begins(b"II*\x00", b"MM\x00*"))
_FORMATS: dict[str, tuple[str, Callable[[BinaryIO], bool]]] = {
    "pdf": ("application/pdf", _is_pdf),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "tif": _TIFF,
    "tiff": _TIFF,
    "heic": ("image/heic", _is_heic),
    "doc": ("application/msword", _OLE),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _holds("word/")),
    "xls": ("application/vnd.ms-excel", _OLE),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _holds("xl/")),
}
EXTENSIONS = tuple(_FORMATS)


def checked_file(name: str, file: BinaryIO) -> tuple[str, str, int]:
    """Return the cleaned name, the media type and the size of a file that can be kept, read from its start.

    Raises: TooLarge, EmptyFile, UnknownFormat, ContentDiffers, all beside the field `scans`.
    """
    shown = _clean_name(name)
    size = file.seek(0, 2)
    if size > LARGEST_BYTES:
        raise TooLarge(field="scans", name=shown, size=_megabytes(size), limit=_megabytes(LARGEST_BYTES))
    if size == 0:
        raise EmptyFile(field="scans", name=shown)
    extension = PurePath(shown).suffix.lower().removeprefix(".")
    if extension not in _FORMATS:
        raise UnknownFormat(field="scans", name=shown, kinds=", ".join(e.upper() for e in EXTENSIONS))
    media_type, is_really = _FORMATS[extension]
    file.seek(0)
    if not is_really(file):
        raise ContentDiffers(field="scans", name=shown, kind=extension.upper())
    file.seek(0)
    return shown, media_type, size


def _clean_name(name: str) -> str:
    path = PurePath(clean_text(name).replace("\\", "/").replace("\n", " ").replace("\t", " "))
    return f"{path.stem[:_LONGEST_NAME]}{path.suffix[:20]}" or "?"


def _megabytes(size: int) -> str:
    # Rounded up, so that a file just above the limit is not said to be of the limit's size.
    return str(-(-size // (1024 * 1024)))
