"""Checking, backing up and restoring from the command line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.files import FileStore
from db.opening import open_database
from tests.cli.conftest import Run
from tests.db.samples import record_samples
from tracker.settings import mark_as_demo, read_settings


@pytest.fixture
def recorded(home: Path) -> Path:
    """The home with a few records."""
    database = open_database(f"sqlite:///{home / 'tracker.db'}")
    record_samples(database, FileStore(str(home / "files")))
    database.close()
    return home


def test_a_whole_database_passes(run: Run, recorded: Path) -> None:
    assert run("check")[0] == 0


def test_a_problem_is_told_and_gives_code_1(run: Run, recorded: Path) -> None:
    _spoil(recorded)
    code, told, _ = run("check")
    assert code == 1
    assert "milestone 1: weight is 50, but the history says 5." in told


def test_problems_are_told_to_programs_too(run: Run, recorded: Path) -> None:
    _spoil(recorded)
    told = json.loads(run("check", "--json")[1])
    assert told["whole"] is False
    assert told["problems"][0]["kind"] == "value_differs"


def test_a_backup_comes_back_into_an_empty_home(run: Run, recorded: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b")
    assert run("restore", tmp_path / "b", "--home", tmp_path / "other")[0] == 0
    assert run("check", "--home", tmp_path / "other")[0] == 0


def test_a_backup_says_what_it_holds(run: Run, recorded: Path, tmp_path: Path) -> None:
    told = json.loads(run("backup", tmp_path / "b", "--json")[1])
    assert (told["number"], len(told["files"]), told["rows"]["agreement"]) == (3, 1, 2)


def test_a_second_backup_of_the_same_name_is_refused(run: Run, recorded: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b")
    code, _, told = run("backup", tmp_path / "b")
    assert code == 1
    assert "not overwritten" in told


def test_records_are_replaced_only_when_asked(run: Run, recorded: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b")
    code, _, told = run("restore", tmp_path / "b")
    assert code == 1
    assert "--replace" in told
    assert run("restore", tmp_path / "b", "--replace")[0] == 0


def test_what_was_replaced_is_named(run: Run, recorded: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b")
    kept = json.loads(run("restore", tmp_path / "b", "--replace", "--json")[1])["kept"]
    assert Path(kept).is_file()


def test_a_file_that_is_no_backup_is_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("hello")
    code, _, told = run("restore", tmp_path / "b")
    assert code == 1
    assert "cut off" in told


def test_a_restored_demonstration_is_still_marked_as_one(run: Run, recorded: Path, tmp_path: Path) -> None:
    mark_as_demo(recorded, "2021-06-30")
    run("backup", tmp_path / "b")
    run("restore", tmp_path / "b", "--home", tmp_path / "other")
    assert str(read_settings(tmp_path / "other").demo_as_of) == "2021-06-30"


def test_records_restored_over_a_demonstration_are_not(run: Run, recorded: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b")
    mark_as_demo(recorded, "2021-06-30")
    run("restore", tmp_path / "b", "--replace")
    assert read_settings(recorded).demo_as_of is None


def _spoil(home: Path) -> None:
    with closing(sqlite3.connect(home / "tracker.db")) as connection:
        connection.execute("UPDATE milestone SET weight = 50")
        connection.commit()
