"""Restore a backup: check all of it aside, keep what is there, then swap in one step."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast
from uuid import uuid4
from zipfile import ZipFile

from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import URL

from db.backup import DATABASE, FILES, Manifest, count_tables, verify_archive, write_backup
from db.engine import Database, address
from db.errors import BackupUnusable, DatabaseMissing, DatabaseNewer, StorageError, TargetHoldsRecords
from db.faults import named, spoken, spoken_disk
from db.files import FileStore
from db.models.base import utc_now
from db.opening import known_revisions, migrate, open_existing, sqlite_path
from db.queries.transfer import holds_records, replace_rows

_SIDE_FILES = ("-wal", "-shm")


def restore_backup(
    path: Path, url: str | URL, store: FileStore, home: Path, *, replace: bool = False
) -> tuple[Manifest, Path | None]:
    """Put the backup at `path` in place of the database at `url` and add its documents to the store.

    The restored database gets an id of its own, so that every running process reads everything anew. What
    was there before is kept in `home`; its path is returned too, None if there was nothing.
    Raises: BackupUnusable, DatabaseNewer, TargetHoldsRecords, DatabaseFull, FilesNotWritable, and what the
    database refuses; in each case nothing has changed but that documents may have been added.
    """
    url, manifest = address(url), verify_archive(path)
    with spoken_disk(home), TemporaryDirectory(dir=home, prefix=".restore-") as folder, spoken(url):
        copy = Path(folder) / DATABASE
        with ZipFile(path) as archive:
            _unpack(archive, copy)
            _check_copy(copy, manifest, path)
            _bring_up_to_date(copy)
            there = _There(url)
            if there.records and not replace:
                raise TargetHoldsRecords(where=named(url))
            _put_files(archive, manifest, store, path)
        kept = _keep_aside(there, store, home)
        _swap(copy, url, there)
        there.close()
    return manifest, kept


class _There:
    """What stands where the backup goes: a usable database, a file that is none, or nothing."""

    def __init__(self, url: URL) -> None:
        self.database: Database | None = None
        self.spoilt: Path | None = None
        self.records = False
        try:
            self.database = open_existing(url)
            with self.database.reading() as session:
                self.records = holds_records(session.connection())
        except DatabaseMissing:
            pass
        except StorageError:
            if sqlite_path(url) is None:
                raise
            # Whatever it is, it may have been somebody's records.
            self.database, self.spoilt, self.records = None, sqlite_path(url), True

    def close(self) -> None:
        """Close the database that was there, if any."""
        if self.database is not None:
            self.database.close()


def _unpack(archive: ZipFile, copy: Path) -> None:
    with archive.open(DATABASE) as source, copy.open("wb") as target:
        while chunk := source.read(1024 * 1024):
            target.write(chunk)


def _check_copy(copy: Path, manifest: Manifest, path: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        try:
            damaged = connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise BackupUnusable(path=str(path), why="damaged") from error
        if damaged or orphans:
            raise BackupUnusable(path=str(path), why="damaged")
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if revision not in known_revisions():
            raise DatabaseNewer(where=str(path), revision=revision)
        if count_tables(connection) != manifest.rows:
            raise BackupUnusable(path=str(path), why="counts")
        counter = connection.execute("SELECT database_id, number FROM change_counter").fetchall()
        (last,) = connection.execute("SELECT coalesce(max(change_no), 0) FROM audit_entry").fetchone()
        if counter != [(manifest.database_id, manifest.number)] or last > manifest.number:
            raise BackupUnusable(path=str(path), why="counter")


def _bring_up_to_date(copy: Path) -> None:
    migrate(f"sqlite:///{copy}")
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE change_counter SET database_id = ?", (uuid4().hex,))
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")


def _put_files(archive: ZipFile, manifest: Manifest, store: FileStore, path: Path) -> None:
    inside = set(archive.namelist())
    for sha256 in manifest.files:
        if FILES + sha256 in inside:
            with archive.open(FILES + sha256) as content:
                store.put(cast(BinaryIO, content))
        elif not store.exists(sha256) or not store.verify(sha256):
            raise BackupUnusable(path=str(path), why="files")


def _keep_aside(there: _There, store: FileStore, home: Path) -> Path | None:
    stamp = utc_now().strftime("%Y%m%dT%H%M%S%f")
    if there.spoilt is not None:
        kept = there.spoilt.with_name(f"{there.spoilt.name}.before-restore-{stamp}")
        for suffix in ("", *_SIDE_FILES):
            part = there.spoilt.with_name(there.spoilt.name + suffix)
            if part.exists():
                part.rename(kept.with_name(kept.name + suffix))
        return kept
    if there.database is None or not there.records:
        return None
    # The documents stay in the store, where nothing is ever removed.
    kept = home / f"before-restore-{stamp}.backup"
    write_backup(there.database, store, kept, files=False)
    return kept


def _swap(copy: Path, url: URL, there: _There) -> None:
    path = sqlite_path(url)
    if path is None:
        _fill_server(copy, url)
    elif there.database is None:
        for suffix in _SIDE_FILES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        copy.replace(path)
    else:
        # Into the file that running processes have open, as one transaction of SQLite's own.
        with closing(sqlite3.connect(copy)) as source, _live(path) as live:
            source.backup(live)


@contextmanager
def _live(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        yield connection


def _fill_server(copy: Path, url: URL) -> None:
    migrate(url)
    source = create_engine(f"sqlite:///{copy}", poolclass=NullPool)
    target = create_engine(url, poolclass=NullPool)
    with source.connect() as rows, target.begin() as connection:
        replace_rows(rows, connection)
