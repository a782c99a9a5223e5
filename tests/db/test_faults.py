"""Kills, full disks, crowds of writers and clocks set back: nothing is torn, lost or stuck."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy
from sqlmodel import func, select

import db.transaction
from db.backup import verify_archive, write_backup
from db.engine import Database
from db.errors import BackupUnusable, DatabaseBusy, DatabaseFull, DatabaseUnreachable
from db.files import FileStore
from db.integrity import find_problems
from db.models import AuditEntry, Pillar, SigningEvent
from db.opening import database_identity, open_database
from tests.db.samples import record_samples
from tests.skipping import skip_or_fail

ROOT = Path(__file__).parent.parent.parent
_SAVE_FOREVER = """
import sys
from db.engine import Database
from db.models import Pillar
database = Database(sys.argv[1])
for turn in range(100_000):
    with database.transaction(actor="alice", origin="test") as work:
        work.save_many([Pillar(code=f"{turn}-{part}", name_zh="新", name_en="New") for part in range(5)])
    print(turn, flush=True)
"""
_OPEN = """
import sys
from db.opening import open_database
print("at work", flush=True)
open_database(sys.argv[1])
"""
_BACK_UP_FOREVER = """
import sys
from pathlib import Path
from db.backup import write_backup
from db.engine import Database
from db.files import FileStore
for turn in range(100_000):
    print(turn, flush=True)
    write_backup(Database(sys.argv[1]), FileStore(sys.argv[2]), Path(sys.argv[3]) / f"{turn}.backup")
"""


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "files"))


def _killed(code: str, *arguments: str, wait: float) -> list[str]:
    """Run `code` until `wait` seconds after its first word, kill it, and return the lines it told."""
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        return [first, *process.stdout.read().splitlines()]


@pytest.mark.parametrize("wait", [0.01, 0.07, 0.23])
def test_a_kill_in_a_save_leaves_all_of_it_or_nothing(
    sqlite_database: Database, store: FileStore, wait: float
) -> None:
    told = _killed(_SAVE_FOREVER, str(sqlite_database.url), wait=wait)
    with sqlite_database.reading() as session:
        codes = session.exec(select(Pillar.code).where(Pillar.code.like("%-%"))).all()
    saved = {code.split("-")[0] for code in codes}
    assert len(codes) == 5 * len(saved)
    assert {line.strip() for line in told if line.strip()} <= saved
    assert find_problems(sqlite_database, store) == []


@pytest.mark.parametrize("wait", [0.05, 0.2, 0.4])
def test_a_kill_in_the_first_start_is_made_good_by_the_next(
    tmp_path: Path, store: FileStore, wait: float
) -> None:
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    _killed(_OPEN, url, wait=wait)
    database = open_database(url)
    assert find_problems(database, store) == []
    database.close()


def test_a_kill_in_a_backup_leaves_no_half_of_one(
    sqlite_database: Database, store: FileStore, tmp_path: Path
) -> None:
    record_samples(sqlite_database, store)
    target = tmp_path / "backups"
    target.mkdir()
    _killed(
        _BACK_UP_FOREVER, str(sqlite_database.url), store.url, str(target), wait=random.uniform(0.05, 0.5)
    )
    for backup in target.glob("*.backup"):
        assert verify_archive(backup).number > 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], check=False, capture_output=True
    )
    if made.returncode:
        skip_or_fail("full disks need the right to mount a small one")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def _fill(database: Database) -> int:
    """Save until the disk is full and return how many saves were acknowledged."""
    for turn in range(100_000):
        try:
            with database.transaction(actor="alice", origin="test") as work:
                work.save(SigningEvent(name=f"{turn}", held_on=date(2020, 7, 17), note="x" * 19_000))
        except DatabaseFull:
            return turn
    pytest.fail("the disk never filled up")


def _events(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(SigningEvent)).one()


def test_a_full_disk_loses_no_acknowledged_save(small_disk: Path, store: FileStore) -> None:
    database = open_database(f"sqlite:///{small_disk / 'tracker.db'}")
    saved = _fill(database)
    assert _events(database) == saved
    assert find_problems(database, store) == []
    database.close()


def test_saving_goes_on_once_there_is_room(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    database = open_database(f"sqlite:///{small_disk / 'tracker.db'}")
    saved = _fill(database)
    ballast.unlink()
    with database.transaction(actor="alice", origin="test") as work:
        work.save(SigningEvent(name="after", held_on=date(2020, 7, 17)))
    assert _events(database) == saved + 1
    database.close()


def test_a_full_disk_leaves_no_half_of_a_document_or_backup(
    small_disk: Path, sqlite_database: Database
) -> None:
    full = FileStore(str(small_disk / "files"))
    with pytest.raises(DatabaseFull):
        full.put(b"x" * 7_000_000)
    (small_disk / "ballast").write_bytes(b"x" * 4_000_000)
    with pytest.raises(DatabaseFull):
        write_backup(sqlite_database, full, small_disk / "a.backup")
    assert list(full.names()) == []
    assert not (small_disk / "a.backup").exists()


def test_another_program_holding_the_database_is_waited_for(sqlite_database: Database) -> None:
    path = sqlite_database.path
    assert path is not None
    held = Held(path)
    threading.Timer(0.3, held.release).start()
    with sqlite_database.transaction(actor="alice", origin="test") as work:
        work.save(Pillar(code="new", name_zh="新", name_en="New"))


def test_a_database_held_too_long_is_busy_and_nothing_is_saved(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sqlite_database.path
    assert path is not None
    sqlite_database.close()
    monkeypatch.setattr("db.engine._PRAGMAS", ("foreign_keys=ON", "busy_timeout=50"))
    database = Database(sqlite_database.url)
    held = Held(path)
    with pytest.raises(DatabaseBusy), database.transaction(actor="alice", origin="test"):
        pass
    held.release()


def test_a_server_lock_held_too_long_is_busy_and_nothing_is_saved(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql_database.close()
    monkeypatch.setattr("db.engine._LOCK_MS", 50)
    impatient = Database(postgresql_database.url)
    with postgresql_database.transaction(actor="alice", origin="test") as work:
        work.save(Pillar(code="new", name_zh="新", name_en="New"))
        with pytest.raises(DatabaseBusy), impatient.transaction(actor="bob", origin="test"):
            pass
    impatient.close()


def test_a_lost_connection_is_named_and_the_next_save_works(postgresql_database: Database) -> None:
    with pytest.raises(DatabaseUnreachable), postgresql_database.transaction(actor="a", origin="t") as work:
        _end_other_connections(postgresql_database)
        work.save(Pillar(code="lost", name_zh="新", name_en="New"))
    with postgresql_database.transaction(actor="alice", origin="test") as work:
        work.save(Pillar(code="kept", name_zh="新", name_en="New"))


def _end_other_connections(database: Database) -> None:
    engine = sqlalchemy.create_engine(database.url)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.dispose()


class Held:
    """Another process that has begun to write and does not finish before it is told."""

    def __init__(self, path: Path) -> None:
        code = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.readline()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def release(self) -> None:
        """Let go and wait for the end of the process."""
        self.process.communicate("\n")


def _save_repeatedly(url: str, until: float, name: str) -> int:
    """Save into one row until the given moment and return how often."""
    database, count = Database(url), 0
    while time.monotonic() < until:
        _save_once(database, name)
        count += 1
    database.close()
    return count


def _save_once(database: Database, name: str) -> None:
    with database.transaction(actor=name, origin="test") as work:
        pillar = work.get(Pillar, 1)
        pillar.position += 1
        work.save(pillar)


def test_sixteen_writers_in_one_process_lose_nothing(database: Database, store: FileStore) -> None:
    before = _position(database)
    until, longest = time.monotonic() + 2, [0.0] * 16

    def write(number: int) -> int:
        count = 0
        while (began := time.monotonic()) < until:
            _save_once(database, f"writer {number}")
            count, longest[number] = count + 1, max(longest[number], time.monotonic() - began)
        return count

    with ThreadPoolExecutor(16) as pool:
        counts = list(pool.map(write, range(16)))
    assert _position(database) - before == sum(counts)
    assert min(counts) > 0
    assert max(longest) < 5
    assert find_problems(database, store) == []


def test_writers_in_several_processes_lose_nothing(database: Database, store: FileStore) -> None:
    before = _position(database)
    database.close()
    url = database.url.render_as_string(hide_password=False)
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(len, [""] * 3)  # all of them up before the time runs
        jobs = [(url, time.monotonic() + 2, f"process {number}") for number in range(3)]
        counts = pool.starmap(_save_repeatedly, jobs)
    assert _position(database) - before == sum(counts)
    assert find_problems(database, store) == []


def _position(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(Pillar.position).where(Pillar.id == 1)).one()


def test_a_request_sent_twice_at_once_is_carried_out_once(database: Database) -> None:
    def send(_: int) -> list[int]:
        with database.transaction(actor="alice", origin="test", token="one") as work:
            if work.outcome is None:
                work.outcome = [work.save(Pillar(code="new", name_zh="新", name_en="New")).key]
            return work.outcome

    with ThreadPoolExecutor(8) as pool:
        outcomes = {tuple(outcome) for outcome in pool.map(send, range(8))}
    assert len(outcomes) == 1


def test_a_clock_set_back_makes_no_later_entry_look_earlier(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    for moment in (tomorrow, tomorrow - timedelta(hours=1), tomorrow + timedelta(seconds=1)):
        monkeypatch.setattr(db.transaction, "utc_now", lambda moment=moment: moment)
        with database.transaction(actor="alice", origin="test") as work:
            work.save(Pillar(code=str(moment), name_zh="新", name_en="New"))
    with database.reading() as session:
        entries = session.exec(
            select(AuditEntry.recorded_at).where(AuditEntry.actor == "alice").order_by(AuditEntry.id)
        )
        assert list(entries) == [tomorrow, tomorrow, tomorrow + timedelta(seconds=1)]


def test_numbers_have_no_gaps_after_work_that_was_given_up(database: Database) -> None:
    _, before = database_identity(database)
    for turn in range(20):
        with suppress(RuntimeError), database.transaction(actor="alice", origin="test") as work:
            work.save(Pillar(code=f"{turn}", name_zh="新", name_en="New"))
            if turn % 3 == 0:
                raise RuntimeError
    with database.reading() as session:
        numbers = session.exec(select(AuditEntry.change_no).where(AuditEntry.actor == "alice")).all()
    assert sorted(numbers) == list(range(before + 1, before + 1 + len(numbers)))


def test_half_a_backup_is_refused_by_its_reader(tmp_path: Path) -> None:
    (tmp_path / "half.backup").write_bytes(b"PK\x03\x04" + os.urandom(2_000))
    with pytest.raises(BackupUnusable):
        verify_archive(tmp_path / "half.backup")
