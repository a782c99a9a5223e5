"""The figures on the command line are those of the portfolio, for people and for programs."""

import json
from pathlib import Path

import pytest

from db.files import FileStore
from db.opening import open_database
from tests.cli.conftest import Run
from tests.db.samples import record_samples


@pytest.fixture(autouse=True)
def recorded(home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'tracker.db'}")
    record_samples(database, FileStore(str(home / "files")))
    database.close()


def test_a_program_reads_one_row_for_everything(run: Run) -> None:
    told = json.loads(run("figures", "--as-of", "2021-01-01", "--json")[1])
    assert (told["as_of"], told["by"]) == ("2021-01-01", None)
    assert (told["figures"][0]["agreements"], told["figures"][0]["projects"]) == (2, 1)


def test_nothing_is_counted_before_it_happened(run: Run) -> None:
    told = json.loads(run("figures", "--as-of", "2020-07-16", "--json")[1])
    assert told["figures"][0]["agreements"] == 0


@pytest.mark.parametrize("grouping", ["province", "prefecture", "county", "pillar", "event", "owner", "year"])
def test_every_grouping_answers(run: Run, grouping: str) -> None:
    told = json.loads(run("figures", "--as-of", "2021-01-01", "--by", grouping, "--json")[1])
    assert told["by"] == grouping


def test_a_project_stands_in_its_province(run: Run) -> None:
    told = json.loads(run("figures", "--as-of", "2021-01-01", "--by", "province", "--json")[1])
    assert [(row["label"], row["projects"]) for row in told["figures"]] == [("湖南省", 1)]


def test_a_person_reads_a_table_with_chinese_names(run: Run) -> None:
    told = run("figures", "--as-of", "2021-01-01", "--by", "province", "--language", "zh_CN")[1]
    assert "2021-01-01" in told
    assert "湖南省" in told


def test_an_unknown_share_is_a_dash_and_not_zero(run: Run) -> None:
    told = run("figures", "--as-of", "2021-01-01")[1]
    assert [line.split()[-1] for line in told.splitlines() if line.startswith("planned")] == ["–"]
