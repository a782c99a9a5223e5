"""A backup holds one moment, is read back, and is restored whole or not at all, while the product runs."""

import hashlib
import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.engine import URL
from sqlmodel import select

from db.backup import Manifest, verify_archive, write_backup
from db.engine import Database
from db.errors import BackupUnusable, DatabaseNewer, TargetExists, TargetHoldsRecords
from db.files import FileStore
from db.integrity import find_problems
from db.models import Agreement, Pillar
from db.opening import database_identity, migrate, open_database
from db.restore import restore_backup
from tests.db.samples import SCAN, record_samples
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for
from tracker.settings import Settings


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "files"))


@pytest.fixture
def backup(database: Database, store: FileStore, tmp_path: Path) -> Path:
    """A backup of a database with records, of each engine in turn."""
    record_samples(database, store)
    path = tmp_path / "samples.backup"
    write_backup(database, store, path)
    return path


@pytest.fixture
def sqlite_backup(sqlite_database: Database, store: FileStore, tmp_path: Path) -> Path:
    record_samples(sqlite_database, store)
    path = tmp_path / "samples.backup"
    write_backup(sqlite_database, store, path)
    return path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The empty home of another machine."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    return home


def _restore(path: Path, home: Path, url: str | URL = "", *, replace: bool = False) -> Manifest:
    return restore_backup(path, url or _url(home), FileStore(str(home / "files")), home, replace=replace)[0]


def _url(home: Path) -> str:
    return f"sqlite:///{home / 'tracker.db'}"


def _numbers(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(Agreement.number).order_by(Agreement.number)))


def _rename_pillar(database: Database, name: str) -> None:
    with database.transaction(actor="alice", origin="test") as work:
        pillar = work.get(Pillar, 1)
        pillar.name_en = name
        work.save(pillar)


def test_a_restored_backup_is_whole_on_another_machine(backup: Path, elsewhere: Path) -> None:
    _restore(backup, elsewhere)
    restored = open_database(_url(elsewhere))
    assert _numbers(restored) == ["430281-2020-F-001", "430281-2023-F-001"]
    assert find_problems(restored, FileStore(str(elsewhere / "files"))) == []


def test_the_documents_come_back(backup: Path, elsewhere: Path) -> None:
    (sha256,) = _restore(backup, elsewhere).files
    with FileStore(str(elsewhere / "files")).open(sha256) as file:
        assert file.read() == SCAN


def test_a_backup_goes_into_an_empty_postgresql_database(
    sqlite_backup: Path, postgresql_database: Database, elsewhere: Path
) -> None:
    _restore(sqlite_backup, elsewhere, postgresql_database.url)
    assert find_problems(postgresql_database, FileStore(str(elsewhere / "files"))) == []


def test_a_backup_goes_into_a_postgresql_database_without_tables(
    sqlite_backup: Path, postgresql_database: Database, elsewhere: Path
) -> None:
    postgresql_database.close()
    migrate(postgresql_database.url, "base")
    _restore(sqlite_backup, elsewhere, postgresql_database.url)
    assert len(_numbers(postgresql_database)) == 2


def test_new_rows_are_numbered_after_the_restored_ones(
    sqlite_backup: Path, postgresql_database: Database, elsewhere: Path
) -> None:
    _restore(sqlite_backup, elsewhere, postgresql_database.url)
    with postgresql_database.transaction(actor="alice", origin="test") as work:
        pillar = work.save(Pillar(code="new", name_zh="新", name_en="New"))
    assert pillar.id == 4


def test_a_backup_overwrites_no_file(database: Database, store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(TargetExists):
        write_backup(database, store, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_backup_leaves_nothing_else_behind(sqlite_backup: Path) -> None:
    assert [p.name for p in sqlite_backup.parent.iterdir() if p.name.startswith(".backup")] == []


def test_a_backup_of_one_moment_while_others_write(
    sqlite_database: Database, store: FileStore, tmp_path: Path, elsewhere: Path
) -> None:
    record_samples(sqlite_database, store)
    done = threading.Event()

    def write() -> None:
        turn = 0
        while not done.is_set():
            turn += 1
            _rename_pillar(sqlite_database, f"Name {turn}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        write_backup(sqlite_database, store, tmp_path / "online.backup")
    finally:
        done.set()
        writer.join()
    _restore(tmp_path / "online.backup", elsewhere)
    assert find_problems(Database(_url(elsewhere)), FileStore(str(elsewhere / "files"))) == []


def test_a_content_missing_from_the_store_is_named(
    sqlite_database: Database, store: FileStore, tmp_path: Path
) -> None:
    record_samples(sqlite_database, store)
    shutil.rmtree(tmp_path / "files")
    manifest = write_backup(sqlite_database, store, tmp_path / "gaps.backup")
    assert len(manifest.missing) == 1


def test_records_are_not_replaced_unasked(
    sqlite_backup: Path, sqlite_database: Database, tmp_path: Path
) -> None:
    _rename_pillar(sqlite_database, "Kept")
    with pytest.raises(TargetHoldsRecords):
        _restore(sqlite_backup, tmp_path)
    assert _pillar(sqlite_database) == "Kept"


def test_what_was_replaced_can_be_restored_itself(backup: Path, database: Database, tmp_path: Path) -> None:
    _rename_pillar(database, "Later")
    store = FileStore(str(tmp_path / "files"))
    kept = restore_backup(backup, database.url, store, tmp_path, replace=True)[1]
    assert kept is not None
    restore_backup(kept, database.url, store, tmp_path, replace=True)
    assert _pillar(database) == "Later"


def test_a_running_process_sees_the_restored_records(
    backup: Path, database: Database, tmp_path: Path
) -> None:
    desk = Desk(LOCAL_ADMINISTRATOR, database, Settings(home=tmp_path))
    _rename_pillar(database, "Later")
    assert "Later" in portfolio_for(desk)["pillar"]["name_en"].to_list()
    _restore(backup, tmp_path, database.url, replace=True)
    assert "Later" not in portfolio_for(desk)["pillar"]["name_en"].to_list()


def test_a_running_process_writes_on_into_the_restored_records(
    backup: Path, database: Database, tmp_path: Path, store: FileStore
) -> None:
    _restore(backup, tmp_path, database.url, replace=True)
    _rename_pillar(database, "After")
    assert _pillar(database) == "After"
    assert find_problems(database, store) == []


def test_a_restored_database_has_an_id_of_its_own(backup: Path, database: Database, tmp_path: Path) -> None:
    before, number = database_identity(database)
    _restore(backup, tmp_path, database.url, replace=True)
    after, number_after = database_identity(database)
    assert before != after
    assert number == number_after


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_off_backup_is_refused(sqlite_backup: Path, elsewhere: Path, share: float) -> None:
    content = sqlite_backup.read_bytes()
    sqlite_backup.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BackupUnusable) as refused:
        _restore(sqlite_backup, elsewhere)
    assert refused.value.details["why"] == "cut_off"


def test_a_changed_byte_is_refused(sqlite_backup: Path, elsewhere: Path) -> None:
    content = bytearray(sqlite_backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    sqlite_backup.write_bytes(content)
    with pytest.raises(BackupUnusable):
        _restore(sqlite_backup, elsewhere)
    assert list(elsewhere.iterdir()) == []


def test_any_other_file_is_refused(tmp_path: Path, elsewhere: Path) -> None:
    with ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("a.jpg", b"x")
    with pytest.raises(BackupUnusable) as refused:
        _restore(tmp_path / "photos.zip", elsewhere)
    assert refused.value.details["why"] == "not_a_backup"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM milestone_credit", "counts"),
        ("UPDATE change_counter SET number = 1", "counter"),
        ("UPDATE project SET agreement_id = 999", "damaged"),
    ],
)
def test_a_tampered_database_is_refused(
    sqlite_backup: Path, elsewhere: Path, statement: str, why: str
) -> None:
    _tamper(sqlite_backup, statement)
    with pytest.raises(BackupUnusable) as refused:
        _restore(sqlite_backup, elsewhere)
    assert refused.value.details["why"] == why


def test_a_backup_from_a_newer_version_is_refused(sqlite_backup: Path, elsewhere: Path) -> None:
    _tamper(sqlite_backup, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer):
        _restore(sqlite_backup, elsewhere)


def test_a_refused_backup_changes_nothing(
    sqlite_backup: Path, sqlite_database: Database, tmp_path: Path
) -> None:
    _rename_pillar(sqlite_database, "Kept")
    _tamper(sqlite_backup, "DELETE FROM milestone")
    with pytest.raises(BackupUnusable):
        _restore(sqlite_backup, tmp_path, replace=True)
    assert _pillar(sqlite_database) == "Kept"


def test_a_spoilt_database_is_kept_beside_the_restored_one(sqlite_backup: Path, elsewhere: Path) -> None:
    (elsewhere / "tracker.db").write_text("not a database")
    with pytest.raises(TargetHoldsRecords):
        _restore(sqlite_backup, elsewhere)
    _restore(sqlite_backup, elsewhere, replace=True)
    assert [p.read_text() for p in elsewhere.glob("tracker.db.before-restore-*")] == ["not a database"]
    assert len(_numbers(Database(_url(elsewhere)))) == 2


def _pillar(database: Database) -> str:
    with database.reading() as session:
        return session.exec(select(Pillar.name_en).where(Pillar.id == 1)).one()


def _tamper(path: Path, statement: str) -> None:
    """Change the database in a backup and make the checksums fit, as only somebody on purpose would."""
    folder = path.with_suffix(".open")
    with ZipFile(path) as archive:
        archive.extractall(folder)
    with closing(sqlite3.connect(folder / "database.db")) as connection:
        connection.execute(statement)
        connection.commit()
    told = json.loads((folder / "manifest.json").read_text())
    told["sha256"] = hashlib.sha256((folder / "database.db").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(told))
    path.unlink()
    with ZipFile(path, "w") as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
    verify_archive(path)
