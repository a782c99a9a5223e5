"""The list of counties, by facts made by hand."""

from datetime import date

import pytest

from tests.portfolio.timeline_facts import portfolio as facts
from tracker.portfolio.county import CountiesWanted, county_rows
from tracker.portfolio.model import Portfolio

AS_OF = date(2020, 12, 31)


def division(number: int, code: str, level: str = "county", **changed: object) -> dict[str, object]:
    parent = {"county": 2, "prefecture": 1, "province": None}[level]
    return {
        "id": number,
        "code": code,
        "name": code,
        "name_en": "",
        "level": level,
        "kind": "县",
        "parent_id": parent,
        "province_id": None if level == "province" else 1,
    } | changed


PROVINCE, PREFECTURE = division(1, "430000", "province"), division(2, "430200", "prefecture")


def portfolio(**tables: list[dict[str, object]]) -> Portfolio:
    counties = [division(3, "430281"), division(4, "430282", kind="市辖区"), division(5, "430283")]
    return facts(division=[PROVINCE, PREFECTURE, *tables.pop("division", counties)], **tables)


def signed(*division_ids: int, on: date = date(2020, 7, 17)) -> dict[str, list[dict[str, object]]]:
    agreement = {
        "id": 1,
        "number": "1",
        "kind": "framework",
        "title": "t",
        "opened_on": on,
        "owner": "",
        "renewals_allowed": 0,
        "notice_days": 90,
        "currency": "CNY",
    }
    party = {"agreement_id": 1, "side": "county", "required": True, "signed_on": on, "name": ""}
    parties = [party | {"id": i, "division_id": i, "position": i} for i in division_ids]
    return {"agreement": [agreement], "party": parties}


def met(division_id: int, *days: date) -> dict[str, list[dict[str, object]]]:
    return {"meeting": [{"id": i, "division_id": division_id, "held_on": d} for i, d in enumerate(days, 1)]}


def rows(given: Portfolio, as_of: date = AS_OF, **wanted: object) -> list[dict[str, object]]:
    return county_rows(given, as_of, CountiesWanted(**wanted)).to_dicts()  # type: ignore[arg-type]


def ids(given: Portfolio, as_of: date = AS_OF, **wanted: object) -> list[object]:
    return [row["id"] for row in rows(given, as_of, **wanted)]


def test_every_county_stands_in_the_list_once() -> None:
    assert ids(portfolio()) == [3, 4, 5]


def test_a_joint_agreement_counts_in_each_of_its_counties() -> None:
    counts = {row["id"]: row["agreements_signed"] for row in rows(portfolio(**signed(3, 4)))}
    assert counts == {3: 1, 4: 1, 5: 0}


def test_the_last_met_or_signed_comes_first() -> None:
    assert ids(portfolio(**signed(4), **met(5, date(2020, 8, 1)))) == [5, 4, 3]


def test_meetings_after_the_day_do_not_count() -> None:
    given = portfolio(**met(3, date(2020, 5, 1), date(2020, 6, 1), date(2021, 1, 1)))
    row = rows(given)[0]
    assert (row["meetings"], row["last_met_on"], row["contacted_on"]) == (
        2,
        date(2020, 6, 1),
        date(2020, 5, 1),
    )


@pytest.mark.parametrize(
    ("contact", "expected"), [("contacted", [5, 4]), ("signed", [4]), ("none", [3]), ("", [5, 4, 3])]
)
def test_the_list_can_be_kept_to_how_far_one_is(contact: str, expected: list[int]) -> None:
    assert ids(portfolio(**signed(4), **met(5, date(2020, 8, 1))), contact=contact) == expected


def test_before_the_signature_nobody_is_contacted() -> None:
    assert ids(portfolio(**signed(4)), date(2020, 7, 16), contact="contacted") == []


def test_a_county_is_listed_in_the_years_it_exists_alone() -> None:
    given = portfolio(
        division=[
            division(3, "430281", valid_to=2019),
            division(4, "430282", valid_from=2020),
            division(5, "430283"),
        ]
    )
    assert ids(given, date(2019, 6, 1)) == [3, 5]
    assert ids(given) == [4, 5]


def test_a_kind_narrows_the_list() -> None:
    assert ids(portfolio(), kinds=["市辖区"]) == [4]


@pytest.mark.parametrize("region", [1, 2])
def test_a_region_holds_the_counties_below_it(region: int) -> None:
    assert ids(portfolio(), region_id=region) == [3, 4, 5]


def test_a_search_that_found_a_county_and_a_region_lists_both() -> None:
    assert ids(portfolio(), division_ids=[3]) == [3]
    assert ids(portfolio(), division_ids=[2]) == [3, 4, 5]
    assert ids(portfolio(), division_ids=[]) == []


def test_names_of_the_regions_stand_beside_the_county() -> None:
    row = rows(portfolio())[0]
    assert (row["prefecture"], row["province"]) == ("430200", "430000")
