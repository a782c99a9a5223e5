"""The registry's services for people: one shared index, scopes, former names, doubts."""

from datetime import date

import pytest

from db.engine import Database
from tests.conftest import division_id
from tracker.errors import NotFound
from tracker.services.desk import Desk
from tracker.services.division import (
    division_doubts,
    division_index,
    find_divisions,
    read_division,
    registry_version,
    scope_of,
)


def test_the_index_is_shared_by_all_people(alice: Desk, dora: Desk) -> None:
    assert division_index(alice) is division_index(dora)


def test_a_search_stays_within_the_scope(alice: Desk) -> None:
    assert [
        m.division.code for t in find_divisions(alice, "醴陵市、鄠邑区") for m in t.matches if m.division
    ] == ["430281"]


def test_a_division_tells_where_it_lies_and_what_it_was_called(dora: Desk, database: Database) -> None:
    sheet = read_division(dora, division_id(database, "610118"))
    assert sheet.prefecture is not None
    assert sheet.province is not None
    assert (sheet.prefecture.name, sheet.province.name) == ("西安市", "陕西省")
    assert [(f.name, f.valid_to) for f in sheet.formers] == [("户县", 2016)]


def test_a_division_outside_the_scope_is_not_found(charlie: Desk, database: Database) -> None:
    with pytest.raises(NotFound):
        read_division(charlie, division_id(database, "430281"))


def test_a_division_that_is_not_there_is_not_found(dora: Desk) -> None:
    with pytest.raises(NotFound):
        read_division(dora, 10**6)


def test_a_county_named_before_it_was_created_is_doubted(dora: Desk, database: Database) -> None:
    ids = [division_id(database, code) for code in ("500157", "430281")]
    assert [e.details["name"] for e in division_doubts(dora, ids, date(2020, 7, 17))] == ["两江新区"]


def test_screens_show_the_lists_day(bob: Desk) -> None:
    assert registry_version(bob) == "2026-10-06"


def test_region_codes_make_a_scope(dora: Desk, database: Database) -> None:
    assert division_id(database, "430281") in scope_of(dora, ["430200"])
    assert division_id(database, "430921") not in scope_of(dora, ["430200"])
