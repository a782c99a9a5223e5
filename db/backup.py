"""Back up a database and its documents into one file, while they are in use.

The file is a ZIP archive: `manifest.json`, `database.db` (a SQLite file, also of a PostgreSQL database, so
that a backup can be restored into either) and `files/<sha256>` for each document's content.
"""

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from sqlalchemy import NullPool, create_engine

from db.engine import Database
from db.errors import BackupUnusable, DatabaseOlder, TargetExists
from db.faults import named, spoken, spoken_disk
from db.files import FileStore
from db.models.base import utc_now
from db.opening import current_revision, migrate, newest_revision
from db.queries.transfer import replace_rows

FORMAT = 1
DATABASE, FILES, _MANIFEST = "database.db", "files/", "manifest.json"
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: its database, and the size of each document's content by SHA-256.

    `missing` names contents that documents refer to and the file store did not have, or not whole.
    """

    made_at: datetime
    revision: str
    database_id: str
    number: int
    rows: dict[str, int]
    sha256: str
    files: dict[str, int]
    missing: tuple[str, ...] = ()
    notes: Mapping[str, str] | None = None
    format: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        """Return the manifest as it stands in the archive."""
        return asdict(self) | {"made_at": self.made_at.isoformat(), "missing": list(self.missing)}


def write_backup(
    database: Database,
    store: FileStore,
    path: Path,
    *,
    notes: Mapping[str, str] | None = None,
    files: bool = True,
) -> Manifest:
    """Write a backup of one moment to `path`, read it back, and return what it holds.

    Without `files` the contents are listed and stay in the store alone.
    Raises: TargetExists, DatabaseOlder, DatabaseFull, FilesNotWritable, and what the database refuses.
    """
    if path.exists():
        raise TargetExists(path=str(path))
    with spoken_disk(path.parent), TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        _copy_database(database, copy)
        # After the database: contents are only ever added, so whatever a row names is there by now.
        manifest = _describe(copy, store, notes)
        archive = Path(folder) / "archive"
        _pack(archive, copy, store if files else None, manifest)
        verify_archive(archive)
        _publish(archive, path)
    return manifest


def verify_archive(path: Path) -> Manifest:
    """Read the whole backup and return its manifest. Raises: BackupUnusable."""
    if not path.is_file():
        raise BackupUnusable(path=str(path), why="missing")
    try:
        with ZipFile(path) as archive:
            manifest = _read_manifest(archive, path)
            expected = {DATABASE: manifest.sha256} | {FILES + sha256: sha256 for sha256 in manifest.files}
            for name in sorted(set(archive.namelist()) - {_MANIFEST}):
                with archive.open(name) as member:
                    if expected.get(name) != _sha256(member):
                        raise BackupUnusable(path=str(path), why="content")
    except (BadZipFile, zlib.error, EOFError) as error:
        raise BackupUnusable(path=str(path), why="cut_off") from error
    return manifest


def _read_manifest(archive: ZipFile, path: Path) -> Manifest:
    names = archive.namelist()
    if _MANIFEST not in names or DATABASE not in names:
        raise BackupUnusable(path=str(path), why="not_a_backup")
    told = json.loads(archive.read(_MANIFEST))
    if told.get("format") != FORMAT:
        raise BackupUnusable(path=str(path), why="newer")
    try:
        made_at = datetime.fromisoformat(told["made_at"])
        return Manifest(**told | {"made_at": made_at, "missing": tuple(told["missing"])})
    except (KeyError, TypeError, ValueError) as error:
        raise BackupUnusable(path=str(path), why="not_a_backup") from error


def _copy_database(database: Database, copy: Path) -> None:
    with spoken(database.url):
        if database.path is not None:
            # Never the live file as a plain file: SQLite alone knows which of its pages are current.
            with closing(sqlite3.connect(f"{database.path.absolute().as_uri()}?mode=rw", uri=True)) as live:
                live.execute("PRAGMA busy_timeout=10000")
                live.execute("VACUUM INTO ?", (str(copy),))
            return
        if current_revision(database.url) != newest_revision():
            raise DatabaseOlder(where=named(database.url))
        migrate(f"sqlite:///{copy}")
        # An engine of its own: a Database would refuse rows without audit entries.
        target = create_engine(f"sqlite:///{copy}", poolclass=NullPool)
        with database.reading() as session, target.begin() as connection:
            replace_rows(session.connection(), connection)
    with closing(sqlite3.connect(copy)) as whole:
        whole.execute("PRAGMA journal_mode=DELETE")  # everything in one file


def _describe(copy: Path, store: FileStore, notes: Mapping[str, str] | None) -> Manifest:
    with closing(sqlite3.connect(copy)) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        database_id, number = connection.execute("SELECT database_id, number FROM change_counter").fetchone()
        referred = {name for (name,) in connection.execute("SELECT sha256 FROM document_version")}
        rows = count_tables(connection)
    held = {sha256: store.size(sha256) for sha256 in store.names() if store.verify(sha256)}
    with copy.open("rb") as file:
        sha256 = _sha256(file)
    return Manifest(
        made_at=utc_now(),
        revision=revision,
        database_id=database_id,
        number=number,
        rows=rows,
        sha256=sha256,
        files=held,
        missing=tuple(sorted(referred - set(held))),
        notes=notes,
    )


def count_tables(connection: sqlite3.Connection) -> dict[str, int]:
    """Return table → number of rows of a SQLite file, whatever its revision."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    names = sorted(name for (name,) in tables)
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _pack(path: Path, copy: Path, store: FileStore | None, manifest: Manifest) -> None:
    with ZipFile(path, "x", allowZip64=True) as archive:
        archive.writestr(
            _MANIFEST, json.dumps(manifest.as_json(), ensure_ascii=False, indent=1), ZIP_DEFLATED
        )
        archive.write(copy, DATABASE, ZIP_DEFLATED, compresslevel=1)
        if store is not None:
            for sha256 in manifest.files:
                _pack_content(archive, store, sha256)
    with path.open("r+b") as file:  # Windows syncs only what is open for writing
        os.fsync(file.fileno())


def _pack_content(archive: ZipFile, store: FileStore, sha256: str) -> None:
    archive.compression = ZIP_STORED  # scans and office files are compressed already
    with store.open(sha256) as source, archive.open(FILES + sha256, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)


def _publish(archive: Path, path: Path) -> None:
    # A link, unlike a rename, fails if somebody else made the name meanwhile.
    try:
        os.link(archive, path)
    except FileExistsError as error:
        raise TargetExists(path=str(path)) from error
    except OSError:
        archive.rename(path)


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
