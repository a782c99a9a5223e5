"""Targets and what was reached of them, worked by hand on the figures' own example."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.test_figures import GUIZHOU, HUNAN, LILING, TABLES
from tests.portfolio.timeline_facts import AS_OF, SUMMIT
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.target import attainment_of, attainments, reached_in

REGIONS = [{"id": 1, "name": "两省", "name_en": "", "position": 0}]
MEMBERS = [
    {"id": 1, "sales_region_id": 1, "division_id": HUNAN, "from_on": date(2020, 1, 1)},
    {"id": 2, "sales_region_id": 1, "division_id": GUIZHOU, "from_on": date(2020, 1, 1)},
]


def _target(number: int, count: int, measure: str = "signings", **place: int) -> dict[str, Any]:
    return {"id": number, "year": 2020, "measure": measure, "count": count} | place


TARGETS = [
    _target(1, 4),
    _target(2, 1, division_id=HUNAN),
    _target(3, 0, division_id=GUIZHOU),
    _target(4, 5, sales_region_id=1),
    _target(5, 2, "landings", division_id=HUNAN),
    _target(6, 9, sales_region_id=77),
]


def _portfolio(**changed: list[dict[str, Any]]) -> Portfolio:
    tables = TABLES | {"sales_region": REGIONS, "sales_region_division": MEMBERS, "target": TARGETS}
    return made_of(**tables | changed)


def _rows(as_of: date = AS_OF, year: int = 2020) -> list[tuple[Any, ...]]:
    return attainments(_portfolio(), as_of, year).rows()


def test_a_joint_agreement_counts_once_in_each_place_and_once_in_all() -> None:
    # A1 of Hunan alone, A2 of Hunan and Guizhou together, both signed at the summit of 2020.
    signings = {row[0]: row[3] for row in _rows() if row[1] == "signings"}
    assert signings == {None: 2, HUNAN: 2, GUIZHOU: 1, -1: 2}


def test_attainment_is_what_was_reached_of_the_target_and_may_pass_it() -> None:
    shares = {(row[0], row[1]): row[4] for row in _rows()}
    assert shares == {
        (None, "signings"): 0.5,
        (HUNAN, "signings"): 2.0,
        (HUNAN, "landings"): 0.0,
        (GUIZHOU, "signings"): None,
        (-1, "signings"): 0.4,
    }


@pytest.mark.parametrize(("day", "reached"), [(date(2020, 7, 16), 0), (SUMMIT, 2), (date(2099, 1, 1), 2)])
def test_only_what_was_signed_by_the_day_counts(day: date, reached: int) -> None:
    assert next(row[3] for row in _rows(day) if row[0] is None) == reached


def test_what_was_signed_in_another_year_does_not_count() -> None:
    assert reached_in(_portfolio(), AS_OF, 2021, HUNAN) == {"signings": 0, "landings": 0}


def test_a_year_without_targets_has_no_rows() -> None:
    assert _rows(year=2019) == []


def test_the_overview_is_told_of_the_targets_of_the_years_of_its_day() -> None:
    (found,) = attainment_of(_portfolio(), date(2020, 12, 31), Part())
    assert (found.year, found.target, found.reached, found.share) == (2020, 4, 2, 0.5)


@pytest.mark.parametrize(
    "part", [Part(pillar_id=1), Part(region_id=HUNAN, event_id=1), Part(region_id=LILING)]
)
def test_a_part_without_a_target_of_its_own_has_none(part: Part) -> None:
    assert attainment_of(_portfolio(), date(2020, 12, 31), part) == ()


def test_a_target_is_not_told_to_who_sees_only_part_of_its_region() -> None:
    seen = _portfolio().within(frozenset({LILING}))
    assert attainments(seen, AS_OF, 2020).is_empty()


def test_an_agreement_lands_in_the_year_of_its_first_landing() -> None:
    gate = {"id": 91, "project_id": 1, "position": 9, "name": "责任人", "weight": 1, "is_key": True}
    gate |= {"is_gate": True, "due_on": date(2020, 12, 1), "met_on": date(2020, 12, 5)}
    gate |= {"met_recorded_on": date(2020, 12, 5), "evidence_link": "https://example.org/1"}
    gate |= {"evidence_witness": "县长"}
    portfolio = _portfolio(
        milestone=[*TABLES["milestone"], gate],
        baseline_milestone=[
            *TABLES["baseline_milestone"],
            {"id": 91, "baseline_id": 1, "milestone_id": 91, "due_on": date(2020, 12, 1), "weight": 1}
            | {"is_key": True, "is_gate": True},
        ],
    )
    assert [reached_in(portfolio, AS_OF, year, HUNAN)["landings"] for year in (2019, 2020, 2021)] == [0, 1, 0]
