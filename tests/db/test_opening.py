"""Opening makes a database where there is none; what is not ours, newer, damaged or locked stays as it is."""

import multiprocessing
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import Database
from db.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseUnreachable,
    NotADatabase,
)
from db.opening import database_identity, migrate, open_database, open_existing
from tests.db.test_integrity import damage_a_page
from tests.skipping import skip_or_fail


@pytest.fixture
def file(sqlite_database: Database) -> Path:
    """A closed database's file."""
    sqlite_database.close()
    assert sqlite_database.path is not None
    return sqlite_database.path


def _statement(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_new_database_has_the_registry(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    with database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM division").scalar_one() > 3000
    database.close()


def test_processes_started_together_make_one_database(database: Database) -> None:
    database.close()
    migrate(database.url, "base")
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        url = database.url.render_as_string(hide_password=False)
        identities = pool.map(_identity_after_opening, [url] * 3)
    assert len(set(identities)) == 1
    assert identities[0][1] == 1


def _identity_after_opening(url: str) -> tuple[str, int]:
    opened = open_database(url)
    try:
        return database_identity(opened)
    finally:
        opened.close()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "tracker.db").touch()
    open_database(f"sqlite:///{tmp_path / 'tracker.db'}").close()


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b"x", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_another_kind_of_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tracker.db"
    path.write_bytes(content)
    with pytest.raises((NotADatabase, DatabaseDamaged)):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_another_products_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    _statement(path, "CREATE TABLE agreement (x)")
    before = path.read_bytes()
    with pytest.raises(NotADatabase):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(NotADatabase):
        open_database(f"sqlite:///{tmp_path}")


def test_a_database_from_a_newer_version_is_left_alone(file: Path) -> None:
    _statement(file, "UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    with pytest.raises(DatabaseNewer):
        open_database(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_newer_version_on_a_server_is_left_alone(postgresql_database: Database) -> None:
    with postgresql_database.engine.begin() as connection:
        connection.info["writing"] = True
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer):
        open_database(postgresql_database.url)


def test_damaged_pages_are_refused(file: Path) -> None:
    damage_a_page(file)
    with pytest.raises(DatabaseDamaged):
        open_database(f"sqlite:///{file}")


def test_a_truncated_file_is_refused(file: Path) -> None:
    with file.open("r+b") as database:
        database.truncate(file.stat().st_size // 2)
    with pytest.raises(DatabaseDamaged):
        open_database(f"sqlite:///{file}")


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        open_database(f"sqlite:///{tmp_path / 'missing' / 'tracker.db'}")
    assert not (tmp_path / "missing").exists()


@pytest.fixture
def read_only_disk(tmp_path: Path, file: Path) -> Iterator[Path]:
    """A folder with the database on a disk that cannot be written, which binds even the superuser."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk], check=False, capture_output=True
    )
    if made.returncode:
        skip_or_fail("read-only disks need the right to mount one")
    try:
        (disk / "tracker.db").write_bytes(file.read_bytes())
        (disk / "tracker.db").chmod(0o644)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_read_only_database_is_refused(read_only_disk: Path) -> None:
    with pytest.raises(DatabaseReadOnly):
        open_database(f"sqlite:///{read_only_disk / 'tracker.db'}")


def test_a_database_in_a_read_only_folder_is_not_made(read_only_disk: Path) -> None:
    with pytest.raises(DatabaseReadOnly):
        open_database(f"sqlite:///{read_only_disk / 'new.db'}")


def test_a_save_into_a_disk_turned_read_only_says_so(read_only_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,rw", read_only_disk], check=True)
    database = open_database(f"sqlite:///{read_only_disk / 'tracker.db'}")
    database.close()
    subprocess.run(["mount", "-o", "remount,ro", read_only_disk], check=True)
    with pytest.raises((DatabaseReadOnly, DatabaseUnreachable)), database.transaction(actor="a", origin="t"):
        pass


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnreachable) as refused:
        open_database("postgresql://tracker:secret@127.0.0.1:1/tracker")
    assert "secret" not in str(refused.value.details)


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://localhost/tracker", "postgresql+psycopg2://localhost/x"]
)
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnreachable):
        open_database(url)


def test_looking_at_a_database_makes_none(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        open_existing(f"sqlite:///{tmp_path / 'tracker.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_file_removed_while_in_use_is_not_made_anew_empty(file: Path) -> None:
    file.unlink()
    with pytest.raises(DatabaseUnreachable), Database(f"sqlite:///{file}").reading() as session:
        session.connection()
    assert not file.exists()
