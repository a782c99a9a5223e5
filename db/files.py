"""The file store: content kept under its own SHA-256, in a folder or any other store fsspec knows.

Content is never changed and never removed, so a name that is there is whole, and the same scan uploaded
twice is kept once.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

from fsspec.core import url_to_fs

from db.errors import ContentTooLarge, FileMissing
from db.faults import spoken_disk

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024
_PARTIAL = ".partial"


class FileStore:
    """A store at `url`: a folder's path, or an fsspec address such as s3://bucket/files."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._fs, self._root = url_to_fs(url)
        self._is_local = "file" in (self._fs.protocol if isinstance(self._fs.protocol, tuple) else ())

    def put(self, content: bytes | BinaryIO, *, limit: int | None = None) -> str:
        """Keep `content`, read from where the file stands, and return its SHA-256 in hexadecimal.

        When this returns, the content survives a power cut; when it fails, nothing is visible. More than
        `limit` bytes are refused before they are all read.
        Raises: ContentTooLarge, DatabaseFull, FilesNotWritable.
        """
        source = BytesIO(content) if isinstance(content, bytes) else content
        partial = f"{self._root}/{_PARTIAL}/{uuid4().hex}"
        with spoken_disk(self.url):
            try:
                self._fs.makedirs(f"{self._root}/{_PARTIAL}", exist_ok=True)
                sha256 = self._write(source, partial, limit)
                self._publish(partial, sha256)
            finally:
                self._discard(partial)
        return sha256

    def open(self, sha256: str) -> BinaryIO:
        """Open the content for reading. Raises: FileMissing."""
        try:
            return cast(BinaryIO, self._fs.open(self._path(sha256), "rb"))
        except OSError as error:
            raise FileMissing(sha256=sha256) from error

    def exists(self, sha256: str) -> bool:
        """Return whether the store holds the content."""
        return bool(_SHA256.fullmatch(sha256)) and self._fs.isfile(self._path(sha256))

    def size(self, sha256: str) -> int:
        """Return the content's size in bytes. Raises: FileMissing."""
        try:
            return int(self._fs.size(self._path(sha256)))
        except OSError as error:
            raise FileMissing(sha256=sha256) from error

    def verify(self, sha256: str) -> bool:
        """Return whether the content read back still has its SHA-256. Raises: FileMissing."""
        digest = hashlib.sha256()
        with self.open(sha256) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest() == sha256

    def names(self) -> Iterator[str]:
        """Give the SHA-256 of everything held, in order."""
        if self._fs.isdir(self._root):
            found = (path.rsplit("/", 1)[-1] for path in self._fs.find(self._root))
            yield from sorted(name for name in found if _SHA256.fullmatch(name))

    def _path(self, sha256: str) -> str:
        # Whatever asks, no other path than that of a content can come out of here.
        if not _SHA256.fullmatch(sha256):
            raise FileMissing(sha256=sha256)
        return f"{self._root}/{sha256[:2]}/{sha256}"

    def _write(self, source: BinaryIO, partial: str, limit: int | None) -> str:
        digest, size = hashlib.sha256(), 0
        with self._fs.open(partial, "wb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if limit is not None and size > limit:
                    raise ContentTooLarge(limit=limit)
                digest.update(chunk)
                target.write(chunk)
            if self._is_local:
                target.flush()
                os.fsync(target.fileno())
        return digest.hexdigest()

    def _publish(self, partial: str, sha256: str) -> None:
        path = self._path(sha256)
        if self._fs.isfile(path) and self.verify(sha256):
            return  # otherwise the whole content takes the damaged one's place
        folder = path.rsplit("/", 1)[0]
        self._fs.makedirs(folder, exist_ok=True)
        if not self._is_local:
            self._fs.mv(partial, path)
            return
        Path(partial).replace(path)
        _sync_folder(folder)

    def _discard(self, partial: str) -> None:
        if self._fs.isfile(partial):
            self._fs.rm_file(partial)


def _sync_folder(folder: str) -> None:
    # A rename is safe against a power cut only once its folder is; Windows has no such call and no need.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
