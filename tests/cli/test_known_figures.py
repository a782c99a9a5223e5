"""Figures on the command line as they were known at a moment."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.opening import open_database
from tests.cli.conftest import Run
from tests.services.earlier import date_back
from tests.services.planning import an_agreement

DAY = ("figures", "--as-of", date(2021, 1, 1))


@pytest.fixture(autouse=True)
def recorded(home: Path) -> None:
    """One agreement recorded in June 2021 and one today."""
    database = open_database(f"sqlite:///{home / 'tracker.db'}")
    an_agreement(database)
    date_back(database, datetime(2021, 6, 30, tzinfo=UTC))
    an_agreement(database, number="430281-2020-F-002")
    database.close()


def test_only_what_had_been_recorded_is_counted(run: Run) -> None:
    told = json.loads(run(*DAY, "--known-at", "2021-06-30", "--json")[1])
    assert (told["known_at"], told["figures"][0]["agreements"]) == ("2021-06-30", 1)


def test_without_a_moment_everything_is_counted(run: Run) -> None:
    told = json.loads(run(*DAY, "--json")[1])
    assert ("known_at" in told, told["figures"][0]["agreements"]) == (False, 2)


def test_a_person_is_told_the_moment(run: Run) -> None:
    assert "2021-06-30 23:59" in run(*DAY, "--known-at", "2021-06-30")[1]


def test_a_moment_that_is_none_is_refused_in_a_sentence(run: Run) -> None:
    code, _told, refused = run(*DAY, "--known-at", "last month")
    assert (code, "“last month” is not a moment" in refused) == (1, True)
