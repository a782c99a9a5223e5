"""The figures on the command line are those of the portfolio, for people and for programs."""

import json
from pathlib import Path

import pytest

from db.files import FileStore
from db.opening import open_database
from tests.cli.conftest import Run
from tests.db.samples import record_samples
from tracker.i18n import words_in
from tracker.rules.rate import RATES


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


def test_a_program_reads_every_rate_as_two_counts_with_its_definition(run: Run) -> None:
    told = json.loads(run("figures", "--as-of", "2021-01-01", "--json")[1])
    row = told["figures"][0]
    counts = {rate.key: (row[rate.n], row[rate.of]) for rate in RATES}
    assert {key: (pair["n"], pair["of"]) for key, pair in row["rates"].items()} == counts
    assert told["rates"]["landing"]["definition"] == next(r.definition for r in RATES if r.key == "landing")


def test_a_person_reads_every_rate_as_n_of_n_or_a_dash(run: Run) -> None:
    lines = run("figures", "--as-of", "2021-01-01")[1].splitlines()
    written = {line.split("  ")[0]: line.split()[-2:] for line in lines}
    row = json.loads(run("figures", "--as-of", "2021-01-01", "--json")[1])["figures"][0]
    assert written["Contact rate"][0] == f"{row['counties_contacted']}/{row['counties']:,}"
    assert written["Landing rate"] == written["Funds in place rate"] == ["–", "–"]


def test_a_rate_of_few_cases_is_starred(run: Run) -> None:
    told = run("figures", "--as-of", "2021-01-01", "--by", "county")[1]
    assert "0/1*" in told
    assert "* fewer than 10 cases" in told


def test_rates_of_groups_stand_below_their_figures(run: Run) -> None:
    told = run("figures", "--as-of", "2021-01-01", "--by", "province", "--language", "zh_CN")[1]
    heads = next(line for line in told.splitlines() if "落地率" in line)
    assert heads.split() == ["名称", *(words_in("zh_CN").text(rate.name) for rate in RATES)]


def test_projects_can_be_weighed_by_amount(run: Run) -> None:
    told = json.loads(run("figures", "--as-of", "2021-01-01", "--weigh-by", "amount", "--json")[1])
    assert (told["weigh_by"], told["figures"][0]["projects_unweighed"]) == ("amount", 0)
