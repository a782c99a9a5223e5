"""Sales regions: defined, filled, dated, withdrawn and restored, by hand and from the macro regions."""

from datetime import date

import pytest
from sqlmodel import select

from db.engine import Database
from db.models import AuditEntry
from tests.conftest import ON_SQLITE, division_id
from tracker.errors import EditConflict, EndBeforeStart, InvalidInput, NotAllowed, ReasonRequired, Required
from tracker.rules.sales_region import AlreadyInside, NothingToBeginWith, RegionNameTaken
from tracker.services.desk import Desk
from tracker.services.lists import read_choices
from tracker.services.record import WithdrawnMeanwhile
from tracker.services.sales_region import (
    RegionSheet,
    archive_member,
    archive_region,
    begin_with_macro_regions,
    change_region,
    date_member,
    define_region,
    put_in_region,
    read_overlaps,
    read_sales_regions,
    restore_region,
)

HUNAN, LILING = "430000", "430281"
DAY, LATER = date(2021, 1, 1), date(2021, 6, 30)
VALUES = {"name": "中南大区", "name_en": "Mid South"}


def _region(desk: Desk, *codes: str, name: str = "中南大区") -> int:
    ids = [division_id(desk.database, code) for code in codes]
    return define_region(desk, VALUES | {"name": name, "division_ids": ids, "from_on": DAY})


def _sheet(desk: Desk, region_id: int) -> RegionSheet:
    return next(sheet for sheet in read_sales_regions(desk) if sheet.region.key == region_id)


def test_a_region_is_defined_with_its_divisions(dora: Desk) -> None:
    sheet = _sheet(dora, _region(dora, HUNAN, LILING))
    assert (sheet.region.name, [(m.from_on, m.to_on) for m in sheet.members]) == (
        "中南大区",
        [(DAY, None)] * 2,
    )


def test_the_same_sending_twice_defines_one_region(dora: Desk) -> None:
    assert define_region(dora, VALUES, token="t") == define_region(dora, VALUES, token="t")


@ON_SQLITE
def test_a_name_is_given_once(dora: Desk) -> None:
    define_region(dora, VALUES)
    with pytest.raises(InvalidInput) as refused:
        define_region(dora, VALUES)
    assert isinstance(refused.value.problems[0], RegionNameTaken)


@ON_SQLITE
def test_a_region_needs_a_name(dora: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        define_region(dora, {"name": "  "})
    assert [(type(p), p.field) for p in refused.value.problems] == [(Required, "name")]


def test_the_macro_regions_make_seven_regions_at_once(dora: Desk) -> None:
    begin_with_macro_regions(dora, DAY)
    names = [sheet.region.name for sheet in read_sales_regions(dora)]
    assert names == ["华北", "东北", "华东", "华中", "华南", "西南", "西北"]


@ON_SQLITE
def test_every_province_is_in_one_macro_region(dora: Desk) -> None:
    begin_with_macro_regions(dora, DAY)
    inside = [m.division_id for sheet in read_sales_regions(dora) for m in sheet.members]
    assert (len(inside), len(set(inside))) == (34, 34)


@ON_SQLITE
def test_macro_regions_that_stand_are_left_as_they_are(dora: Desk) -> None:
    define_region(dora, {"name": "华中"})
    assert len(begin_with_macro_regions(dora, DAY)) == 6
    with pytest.raises(NothingToBeginWith):
        begin_with_macro_regions(dora, DAY)


def test_a_second_editor_of_a_region_sees_both_values(dora: Desk) -> None:
    region = define_region(dora, VALUES)
    change_region(dora, region, VALUES | {"name": "南区"}, seen=1)
    with pytest.raises(EditConflict) as conflict:
        change_region(dora, region, VALUES | {"name": "中区"}, seen=1)
    assert conflict.value.fields["name"] == ("南区", "中区")


def test_divisions_are_put_in_from_a_day_on(dora: Desk, database: Database) -> None:
    region = _region(dora, HUNAN)
    put_in_region(dora, region, {"division_ids": [division_id(database, LILING)], "from_on": LATER})
    sheet = _sheet(dora, region)
    assert (len(sheet.inside(DAY)), len(sheet.inside(LATER))) == (1, 2)


@ON_SQLITE
def test_a_division_is_in_a_region_once_at_a_time(dora: Desk, sqlite_database: Database) -> None:
    region = _region(dora, LILING)
    with pytest.raises(InvalidInput) as refused:
        put_in_region(dora, region, {"division_ids": [division_id(dora.database, LILING)], "from_on": LATER})
    (problem,) = refused.value.problems
    assert (type(problem), problem.details["place"]) == (AlreadyInside, "醴陵市")


def test_a_division_is_taken_out_by_its_last_day_and_can_come_back(dora: Desk, database: Database) -> None:
    region = _region(dora, LILING)
    member = _sheet(dora, region).members[0]
    date_member(dora, member.key, {"from_on": DAY, "to_on": LATER}, seen=member.version)
    put_in_region(
        dora, region, {"division_ids": [division_id(database, LILING)], "from_on": date(2022, 1, 1)}
    )
    inside = [len(_sheet(dora, region).inside(day)) for day in (LATER, date(2021, 7, 1), date(2022, 1, 1))]
    assert inside == [1, 0, 1]


@ON_SQLITE
def test_a_last_day_is_not_before_the_first(dora: Desk) -> None:
    member = _sheet(dora, _region(dora, LILING)).members[0]
    with pytest.raises(InvalidInput) as refused:
        date_member(dora, member.key, {"from_on": LATER, "to_on": DAY}, seen=member.version)
    assert isinstance(refused.value.problems[0], EndBeforeStart)


def test_a_withdrawn_region_is_no_choice_until_it_is_restored(dora: Desk) -> None:
    region = _region(dora, HUNAN)
    archive_region(dora, region, "重复")
    assert -region not in read_choices(dora).regions["id"]
    restore_region(dora, region)
    assert -region in read_choices(dora).regions["id"]


@ON_SQLITE
def test_withdrawing_needs_a_reason_and_happens_once(dora: Desk) -> None:
    region = _region(dora, HUNAN)
    with pytest.raises(ReasonRequired):
        archive_region(dora, region, " ")
    archive_region(dora, region, "重复")
    with pytest.raises(WithdrawnMeanwhile):
        archive_region(dora, region, "重复")


@ON_SQLITE
def test_a_region_whose_name_was_given_away_is_not_restored(dora: Desk) -> None:
    region = _region(dora, HUNAN)
    archive_region(dora, region, "重复")
    _region(dora, LILING)
    with pytest.raises(InvalidInput):
        restore_region(dora, region)


@ON_SQLITE
def test_a_division_put_in_by_mistake_is_withdrawn(dora: Desk) -> None:
    region = _region(dora, HUNAN, LILING)
    archive_member(dora, _sheet(dora, region).members[1].key, "选错")
    assert len(_sheet(dora, region).members) == 1


@ON_SQLITE
def test_regions_that_share_counties_are_told_with_how_many(dora: Desk) -> None:
    _region(dora, HUNAN)
    _region(dora, LILING, name="重点县")
    rows = read_overlaps(dora, LATER).select("name", "other", "counties").rows()
    assert rows == [("中南大区", "重点县", 1)]


@ON_SQLITE
def test_regions_that_share_nothing_are_not_told_of(dora: Desk) -> None:
    begin_with_macro_regions(dora, DAY)
    assert read_overlaps(dora, LATER).is_empty()


@ON_SQLITE
def test_every_act_has_its_entry(dora: Desk) -> None:
    region = _region(dora, HUNAN)
    archive_region(dora, region, "重复")
    restore_region(dora, region)
    with dora.reading() as session:
        told = [e.action for e in session.exec(select(AuditEntry).where(AuditEntry.entity == "sales_region"))]
    assert told == ["sales_region.added", "sales_region.archived", "sales_region.restored"]


@ON_SQLITE
def test_a_lead_defines_no_regions(alice: Desk) -> None:
    with pytest.raises(NotAllowed):
        define_region(alice, VALUES)
