"""Sales regions: dated sets of divisions, beside the provinces, prefectures and counties."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.test_figures import GUIZHOU, HUNAN, LILING, NAN, TABLES, XIXIU, ZHUZHOU
from tests.portfolio.timeline_facts import AS_OF
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.figures import Grouping, figures, region_figures
from tracker.portfolio.lists import Wanted, agreement_rows
from tracker.portfolio.model import Portfolio
from tracker.portfolio.region import divisions_within, sales_region_divisions, sales_regions
from tracker.rules.region import region_key, sales_region_id

SOUTH, KEY_PLACES, FIRST = -1, -2, date(2020, 1, 1)
REGIONS = [
    {"id": 1, "name": "南方大区", "name_en": "South", "position": 2},
    {"id": 2, "name": "重点县", "name_en": "", "position": 1},
]


def _member(number: int, region: int, division: int, **days: date) -> dict[str, Any]:
    member = {"id": number, "sales_region_id": region, "division_id": division}
    return member | {"from_on": FIRST} | days


MEMBERS = [_member(1, 1, HUNAN), _member(2, 2, LILING), _member(3, 2, XIXIU, to_on=AS_OF)]


def _portfolio(members: list[dict[str, Any]] | None = None) -> Portfolio:
    return made_of(**TABLES, sales_region=REGIONS, sales_region_division=members or MEMBERS)


def _inside(region_id: int, as_of: date = AS_OF, **changed: Any) -> list[int]:
    return sorted(divisions_within(_portfolio(**changed), region_id, as_of)["division_id"])


def test_a_division_is_itself_and_all_below() -> None:
    assert _inside(HUNAN) == [HUNAN, ZHUZHOU, LILING, NAN]


def test_a_sales_region_is_named_by_its_id_with_a_minus() -> None:
    assert (region_key(7), sales_region_id(-7), sales_region_id(7)) == (-7, 7, None)


def test_a_sales_region_holds_its_divisions_with_all_below() -> None:
    assert _inside(SOUTH) == [HUNAN, ZHUZHOU, LILING, NAN]


@pytest.mark.parametrize(
    ("as_of", "inside"),
    [
        (date(2019, 12, 31), []),
        (FIRST, [LILING, XIXIU]),
        (AS_OF, [LILING, XIXIU]),
        (date(2021, 7, 1), [LILING]),
    ],
)
def test_a_division_is_in_from_its_first_to_its_last_day(as_of: date, inside: list[int]) -> None:
    assert _inside(KEY_PLACES, as_of) == inside


def test_a_division_named_twice_in_a_region_is_in_it_once() -> None:
    twice = [_member(1, 1, HUNAN), _member(2, 1, LILING)]
    pairs = sales_region_divisions(_portfolio(twice), AS_OF)
    assert pairs.filter(division_id=LILING).rows() == [(LILING, SOUTH)]


def test_a_withdrawn_sales_region_holds_nothing() -> None:
    facts = made_of(**TABLES, sales_region=REGIONS[:1], sales_region_division=MEMBERS)
    assert divisions_within(facts, KEY_PLACES, AS_OF).is_empty()


def test_sales_regions_stand_in_their_own_order() -> None:
    assert sales_regions(_portfolio())["key"].to_list() == [KEY_PLACES, SOUTH]


def test_figures_by_sales_region_are_those_of_its_divisions() -> None:
    rows = {row["key"]: row for row in figures(_portfolio(), AS_OF, Grouping.sales_region).to_dicts()}
    hunan = region_figures(_portfolio(), AS_OF, HUNAN)
    labels = {"key": SOUTH, "label": "南方大区", "label_en": "South"}
    assert rows[SOUTH] == hunan | labels


def test_a_county_in_two_sales_regions_counts_in_each() -> None:
    rows = {row["key"]: row for row in figures(_portfolio(), AS_OF, Grouping.sales_region).to_dicts()}
    assert [rows[key]["counties_signed"] for key in (SOUTH, KEY_PLACES)] == [2, 2]


def test_a_joint_agreement_counts_once_in_a_sales_region() -> None:
    both = [_member(1, 1, NAN), _member(2, 1, XIXIU)]
    assert region_figures(_portfolio(both), AS_OF, SOUTH)["agreements_signed"] == 1


def test_a_sales_region_without_an_english_name_shows_the_one_it_has() -> None:
    rows = figures(_portfolio(), AS_OF, Grouping.sales_region)
    assert rows.filter(key=KEY_PLACES)["label_en"].item() == "重点县"


def test_an_unknown_sales_region_is_not_found() -> None:
    with pytest.raises(KeyError):
        region_figures(_portfolio(), AS_OF, -99)


def test_lists_narrow_to_a_sales_region() -> None:
    numbers = agreement_rows(_portfolio(), AS_OF, Wanted(region_id=KEY_PLACES))["number"]
    assert sorted(numbers) == ["A1", "A2"]


def test_a_region_in_another_province_keeps_its_own() -> None:
    assert _inside(GUIZHOU) == [GUIZHOU, XIXIU]
