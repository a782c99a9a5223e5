"""The registry that ships, as loaded into a new database."""

from sqlmodel import func, select

from db.engine import Database
from db.models import Division, DivisionName, RegistryVersion
from db.reference import FOLDER, load_reference
from db.reference.registry_list import ListedName, created_in, fingerprint
from db.vocabulary import DivisionLevel
from tests.conftest import division_id


def test_every_division_is_loaded(database: Database) -> None:
    with database.reading() as session:
        counts = dict(session.exec(select(Division.level, func.count()).group_by(Division.level)).all())
    assert counts == {DivisionLevel.province: 34, DivisionLevel.prefecture: 333, DivisionLevel.county: 2847}


def test_a_county_lies_in_its_prefecture_and_province(database: Database) -> None:
    with database.reading() as session:
        liling = session.get(Division, division_id(database, "430281"))
    assert liling is not None
    assert liling.parent_id == division_id(database, "430200")
    assert liling.province_id == division_id(database, "430000")


def test_the_version_has_the_lists_fingerprint(database: Database) -> None:
    with database.reading() as session:
        version = session.exec(select(RegistryVersion)).one()
    assert (version.label, version.sha256) == ("2026-10-06", fingerprint(FOLDER))


def test_loading_again_does_nothing(database: Database) -> None:
    load_reference(database)
    with database.reading() as session:
        assert session.exec(select(func.count(RegistryVersion.id))).one() == 1


def test_a_former_name_that_leads_to_several_leads_to_each(database: Database) -> None:
    with database.reading() as session:
        names = session.exec(select(DivisionName).where(DivisionName.name == "渝北区")).all()
    assert {n.division_id for n in names} == {division_id(database, c) for c in ("500109", "500157")}
    assert all(n.ambiguous for n in names)


def test_a_county_made_by_a_merger_begins_in_that_year(database: Database) -> None:
    with database.reading() as session:
        began = session.exec(select(Division.valid_from).where(Division.code.in_(["500157", "610118"]))).all()
    assert sorted(began, key=str) == [2025, None]


def _former(code: str, relation: str, *codes: str, until: int = 2015) -> ListedName:
    return ListedName(code, "旧", relation, None, until, ambiguous=False, current_codes=codes)


def test_one_predecessor_makes_no_beginning() -> None:
    assert created_in([_former("1", "renamed_or_merged_into_new", "9")]) == {}


def test_two_predecessors_in_one_year_make_a_beginning() -> None:
    names = [_former("1", "renamed_or_merged_into_new", "9"), _former("2", "split", "8", "9")]
    assert created_in(names) == {"9": 2015}


def test_parts_alone_make_no_beginning() -> None:
    assert created_in([_former("1", "split", "8", "9"), _former("2", "split", "8", "9")]) == {}


def test_predecessors_of_different_years_make_no_beginning() -> None:
    names = [_former("1", "renamed_or_merged_into_new", "9"), _former("2", "split", "9", until=2016)]
    assert created_in(names) == {}


def test_a_renamed_division_that_took_others_in_went_on() -> None:
    names = [
        _former("9", "renamed_same_code", "9"),
        *(_former(code, "renamed_or_merged_into_new", "9") for code in ("1", "2")),
    ]
    assert created_in(names) == {}
