"""The county registry from the command line."""

import json
from pathlib import Path

from sqlmodel import Session

from db.engine import Database
from db.queries.division import newest_version
from db.reference import FOLDER
from tests.cli.conftest import Run
from tests.registry_lists import write_lists


def _version(home: Path) -> str:
    database = Database(f"sqlite:///{home / 'tracker.db'}")
    with Session(database.engine) as session:
        found = newest_version(session)
    database.close()
    return found.label if found else ""


def test_what_a_list_changes_is_said_and_not_done(home: Path, run: Run) -> None:
    code, told, _ = run("registry", FOLDER)
    assert code == 0
    assert told.splitlines()[0].endswith("0 new, 0 altered, 0 abolished.")
    assert "--apply" in told.splitlines()[-1]


def test_what_a_list_changes_is_said_to_programs(home: Path, run: Run) -> None:
    told = json.loads(run("registry", FOLDER, "--json")[1])
    assert (told["applied"], told["counts"]["new"], told["previous"]) == (False, 0, _version(home))


def test_an_older_list_is_refused_with_its_day(run: Run, tmp_path: Path) -> None:
    code, _, told = run("registry", write_lists(tmp_path / "2013", "2013-12-31"), "--apply")
    assert (code != 0, "2013-12-31" in told) == (True, True)
