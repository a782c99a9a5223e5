"""Newer lists of divisions, applied to databases that hold agreements, on both engines."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import col, select

from db.engine import Database
from db.models import AuditEntry, Division, DivisionName, FunctionalArea, Party, RegistryVersion
from db.opening import migrate
from db.reference import FOLDER, load_reference, rows_of
from tests.conftest import ON_SQLITE, _address, _on_server, division_id
from tests.registry_lists import BEFORE, write_lists
from tests.services.planning import an_agreement
from tracker.errors import NotAllowed
from tracker.exchange.registry_change import change_as_data, change_in_words
from tracker.exchange.registry_list import (
    CodeMalformed,
    CodeTwice,
    ColumnMissing,
    DayMissing,
    ListMissing,
    NumberUnreadable,
    ParentMissing,
)
from tracker.permissions import Person, Role
from tracker.services.desk import Desk
from tracker.services.division import (
    DivisionSheet,
    RegistryIncomplete,
    RegistryOlder,
    apply_registry,
    division_index,
    find_divisions,
    plan_registry,
    read_division,
    registry_version,
)
from tracker.services.registry import CodesExchanged
from tracker.settings import Settings


@dataclass
class Renewed:
    """A database to which the shipped list was applied, and its agreements by their county's old code."""

    desk: Desk
    agreements: dict[str, int]

    def division(self, old_code: str) -> Division:
        return division_of_party(self.desk, self.agreements[old_code])

    def sheet(self, old_code: str) -> DivisionSheet:
        return read_division(self.desk, self.division(old_code).key)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The administrator, at a database with the list of 2014."""
    yield from _began_in_2014(request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def renewed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renewed]:
    """The same with an agreement of four of its counties, after the list that ships was applied."""
    for desk in _began_in_2014(request, tmp_path_factory.mktemp("renewed")):
        agreements = {code: agreed(desk, code) for code in ("610125", "500105", "500112", "130502")}
        apply_registry(desk, FOLDER)
        yield Renewed(desk, agreements)


def _began_in_2014(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    lists = write_lists(tmp_path / "2014", "2014-12-31")
    address, server, name = f"sqlite:///{tmp_path / 'old.db'}", "", f"tracker_{uuid4().hex[:12]}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        _on_server(server, f"CREATE DATABASE {name}")
        address = _address(server, name)
    database = Database(address)
    migrate(database.url)
    load_reference(database, lists)
    yield Desk(Person("dora", Role.administrator), database, Settings(home=tmp_path))
    database.close()
    if server:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def agreed(desk: Desk, code: str) -> int:
    return an_agreement(desk.database, code, number=f"{code}-2014-F-001")


def division_of_party(desk: Desk, agreement_id: int) -> Division:
    with desk.reading() as session:
        found = session.exec(
            select(Division)
            .join(Party, Party.division_id == Division.id)
            .where(Party.agreement_id == agreement_id)
        ).one()
        session.expunge(found)
        return found


def test_a_county_raised_in_status_keeps_its_agreements(renewed: Renewed) -> None:
    division = renewed.division("610125")
    assert (division.code, division.name, division.valid_to) == ("610118", "鄠邑区", None)
    assert [(f.name, f.valid_to) for f in renewed.sheet("610125").formers] == [("户县", 2016)]


def test_merged_counties_end_and_stay_for_their_agreements(renewed: Renewed) -> None:
    read = [renewed.division(code) for code in ("500105", "500112")]
    assert [(d.code, d.name, d.valid_to) for d in read] == [
        ("500105", "江北区", 2025),
        ("500112", "渝北区", 2025),
    ]


def test_merged_counties_lead_to_what_succeeded_them(renewed: Renewed) -> None:
    assert [s.name for s in renewed.sheet("500105").successors] == ["两江新区"]
    assert [s.name for s in renewed.sheet("500112").successors] == ["北碚区", "两江新区"]


def test_what_a_merger_made_is_new_in_that_year(renewed: Renewed) -> None:
    new = read_division(renewed.desk, division_id(renewed.desk.database, "500157"))
    assert new.division.valid_from == 2025


def test_the_name_of_a_merged_county_finds_what_succeeded_it(renewed: Renewed) -> None:
    found = find_divisions(renewed.desk, "渝北区")[0].matches
    assert [m.division.name for m in found if m.division] == ["北碚区", "两江新区"]


def test_a_code_whose_county_was_renamed_keeps_its_agreements(renewed: Renewed) -> None:
    division = renewed.division("130502")
    assert (division.code, division.name) == ("130502", "襄都区")
    formers = [(f.code, f.name, f.valid_to) for f in renewed.sheet("130502").formers]
    assert ("130502", "桥东区", 2020) in formers


def test_a_code_given_to_another_county_keeps_both_apart(old: Desk, tmp_path: Path) -> None:
    agreement = agreed(old, "130502")
    told = [
        {
            "old_code": "130502",
            "old_name": "桥东区",
            "valid_to": "2015",
            "relation": "merged_into_existing",
            "current_codes": "130503",
        }
    ]
    counties = [c if c[0] != "130502" else ("130502", "襄都区", *c[2:]) for c in BEFORE]
    apply_registry(old, write_lists(tmp_path / "2015", "2015-12-31", counties, aliases=told))
    ended = division_of_party(old, agreement)
    assert (ended.name, ended.valid_to) == ("桥东区", 2015)
    assert [s.name for s in read_division(old, ended.key).successors] == ["桥西区"]
    assert division_id(old.database, "130502") != ended.id


def test_everything_is_as_in_a_database_that_began_with_the_new_list(renewed: Renewed) -> None:
    with renewed.desk.reading() as session:
        present = session.exec(
            select(Division.code, Division.name).where(col(Division.valid_to).is_(None))
        ).all()
        aliases = session.exec(select(DivisionName.id)).all()
    listed = [r for name in ("provinces", "prefectures", "counties") for r in rows_of(f"{name}.csv")]
    assert sorted(map(tuple, present)) == sorted((r["code"], r["name"]) for r in listed)
    assert len(aliases) == sum(len(r["current_codes"].split(";")) for r in rows_of("aliases.csv"))


def test_every_changed_division_has_its_audit_entry(renewed: Renewed) -> None:
    with renewed.desk.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "division.recoded")).one()
    assert entry.record_id == renewed.division("610125").id
    assert entry.fields["name"] == ["户县", "鄠邑区"]
    assert (entry.actor, entry.reason) == ("dora", "county registry 2026-10-06")


def test_the_list_applied_is_the_one_shown(renewed: Renewed) -> None:
    assert registry_version(renewed.desk) == "2026-10-06"
    with renewed.desk.reading() as session:
        assert [v.division_count for v in session.exec(select(RegistryVersion))] == [7, 2847]


def test_applying_a_list_again_changes_nothing(renewed: Renewed) -> None:
    before = division_index(renewed.desk)
    change = apply_registry(renewed.desk, FOLDER)
    assert (change.altered, change.abolished, change.new) == ([], [], [])
    assert division_index(renewed.desk) is before


def test_a_plan_changes_nothing(old: Desk) -> None:
    change = plan_registry(old, FOLDER)
    assert {a.before.name for a in change.abolished} == {"江北区", "渝北区"}
    assert registry_version(old) == "2014-12-31"
    assert division_id(old.database, "500105")


def test_a_plan_reads_as_sentences_and_as_data(old: Desk) -> None:
    change = plan_registry(old, FOLDER)
    lines = [message.format(**values) for message, values in change_in_words(change)]
    assert lines[0] == "List of 2026-10-06, after 2014-12-31: 2842 new, 3 altered, 2 abolished."
    assert "500105 江北区 abolished in 2025, succeeded by 500157" in lines
    assert "610125 户县 → 610118 鄠邑区" in lines
    assert change_as_data(change)["counts"] == {"new": 2842, "altered": 3, "abolished": 2, "kept": 369}


def test_an_older_list_is_refused(old: Desk, tmp_path: Path) -> None:
    with pytest.raises(RegistryOlder, match="2013-12-31"):
        apply_registry(old, write_lists(tmp_path / "2013", "2013-12-31"))


def test_a_part_of_a_list_is_refused(dora: Desk, tmp_path: Path) -> None:
    with pytest.raises(RegistryIncomplete):
        apply_registry(dora, write_lists(tmp_path / "part", "2027-01-01"))


def test_codes_that_go_round_in_a_circle_are_refused_and_nothing_is_written(
    old: Desk, tmp_path: Path
) -> None:
    told = [
        {"old_code": a, "old_name": n, "valid_to": "2015", "relation": "code_changed", "current_codes": b}
        for a, n, b in (("500105", "江北区", "500112"), ("500112", "渝北区", "500105"))
    ]
    swapped = {"500105": "渝北区", "500112": "江北区"}
    counties = [(c[0], swapped.get(c[0], c[1]), *c[2:]) for c in BEFORE]
    with pytest.raises(CodesExchanged):
        apply_registry(old, write_lists(tmp_path / "2015", "2015-12-31", counties, aliases=told))
    assert registry_version(old) == "2014-12-31"


def test_an_area_that_is_no_longer_listed_is_withdrawn(old: Desk, tmp_path: Path) -> None:
    areas = rows_of("functional_areas.csv")[1:]
    apply_registry(old, write_lists(tmp_path / "2015", "2015-12-31", functional_areas=areas))
    with old.reading() as session:
        gone = session.exec(select(FunctionalArea).where(col(FunctionalArea.archived_at).is_not(None))).all()
    assert [area.code for area in gone] == ["130171"]
    assert find_divisions(old, "石家庄高新技术产业开发区")[0].matches == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("counties", "error"),
    [
        ([("610125", "户县", "县", "610900", "619900")], ParentMissing),
        ([("61012", "户县", "县", "610100", "610000")], CodeMalformed),
        ([("610125", "", "县", "610100", "610000")], CodeMalformed),
        ([BEFORE[0], BEFORE[0]], CodeTwice),
    ],
)
def test_a_list_that_does_not_hold_together_is_refused(
    dora: Desk, tmp_path: Path, counties: list[tuple[str, str, str, str, str]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        plan_registry(dora, write_lists(tmp_path / "bad", "2027-01-01", counties))


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("counties.csv", b"code,name\n610125,x\n", ColumnMissing),
        ("counties.csv", "代码".encode("gbk"), ListMissing),
        ("aliases.csv", b"", ColumnMissing),
        ("as_of.txt", b"soon", DayMissing),
        (
            "provinces.csv",
            b"code,name,short_name,name_en,grid_col,grid_row,macro_region\n1,a,b,c,x,2,d\n",
            NumberUnreadable,
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    dora: Desk, tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    folder = write_lists(tmp_path / "bad", "2027-01-01")
    (folder / name).write_bytes(content)
    with pytest.raises(error):
        plan_registry(dora, folder)


def test_a_missing_folder_is_named(dora: Desk, tmp_path: Path) -> None:
    with pytest.raises(ListMissing, match="nowhere"):
        plan_registry(dora, tmp_path / "nowhere")


def test_only_the_administrator_applies_a_list(alice: Desk) -> None:
    with pytest.raises(NotAllowed):
        apply_registry(alice, FOLDER)
    with pytest.raises(NotAllowed):
        plan_registry(alice, FOLDER)
