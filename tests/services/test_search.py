from datetime import date

import pytest

from db.engine import Database
from tests.agreement_samples import GUIDONG, LILING, NAN, logged
from tests.conftest import division_id
from tracker.permissions import Person, Role
from tracker.services.desk import Desk
from tracker.services.project import open_project
from tracker.services.search import search_everything
from tracker.services.signing_event import hold_signing_event
from tracker.settings import Settings


@pytest.fixture(scope="module")
def database(one_database: Database) -> Database:
    """A search reads the portfolio and the registry, which are the same on either engine."""
    return one_database


@pytest.fixture(scope="module")
def desk(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The administrator's, beside the summit, its three agreements and a project of the first."""
    desk = Desk(Person("dora", Role.administrator), database, Settings(home=tmp_path_factory.mktemp("home")))
    hold_signing_event(desk, {"name": "峰会", "held_on": date(2020, 7, 17), "place": "西溪园区"})
    first, *_others = [logged(desk, code) for code in (LILING, NAN, GUIDONG)]
    values = {"name": "农村电商", "pillar_id": 1, "division_id": division_id(database, LILING)}
    open_project(desk, first, values)
    return desk


@pytest.mark.parametrize("text", ["醴陵市", "醴陵", "liling", "ll", "430281", "Liling"])
def test_a_county_is_found_however_it_is_typed_with_its_agreement(desk: Desk, text: str) -> None:
    found = search_everything(desk, text)
    assert found.divisions[0].division is not None
    assert found.divisions[0].division.code == LILING
    assert found.agreements.rows["number"].to_list() == ["430281-2020-F-001"]


def test_an_agreement_is_found_by_the_middle_of_its_number(desk: Desk) -> None:
    found = search_everything(desk, "0921-2020")
    assert found.agreements.rows["number"].to_list() == ["430921-2020-F-001"]


def test_every_agreement_of_a_partner_is_found(desk: Desk) -> None:
    assert search_everything(desk, "区域经济发展事业部").agreements.total == 3


def test_a_project_is_found_by_its_name(desk: Desk) -> None:
    assert search_everything(desk, "电商").projects.rows["name"].to_list() == ["农村电商"]


def test_the_projects_of_a_county_are_found_by_its_initials(desk: Desk) -> None:
    assert search_everything(desk, "ll").projects.total == 1


def test_an_event_is_found_by_its_place(desk: Desk) -> None:
    assert search_everything(desk, "西溪").events.rows["name"].to_list() == ["峰会"]


def test_what_lies_outside_the_scope_is_not_found(desk: Desk, charlie: Desk) -> None:
    assert search_everything(charlie, "430281").total == 0


@pytest.mark.parametrize("text", ["(", "[a-z]", "\\", "%", "' OR 1=1 --", "🤝", ":red[x]"])
def test_signs_are_taken_as_they_are(desk: Desk, text: str) -> None:
    assert search_everything(desk, text).agreements.total == 0


def test_the_total_counts_every_kind(desk: Desk) -> None:
    found = search_everything(desk, "醴陵市")
    assert found.total == len(found.divisions) + found.agreements.total + found.projects.total
