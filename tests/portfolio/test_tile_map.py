"""The map of the provinces: n and N of each measure in every tile, worked out by hand."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    PILLARS,
    agreement,
    milestone,
    party,
    portfolio,
    project,
)
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.part_province import province_figures
from tracker.portfolio.tile_map import TILES, TileMap, tile_map
from tracker.rules.tile_measure import TileMeasure

HUNAN, GUIZHOU, TIBET = 1, 2, 4
GATE = date(2021, 3, 1)
PLACED = [
    *({**d, "grid_column": 5, "grid_row": d["id"]} if d["level"] == "province" else d for d in DIVISIONS),
    {"id": TIBET, "code": "540000", "name": "西藏自治区", "short_name": "西藏", "level": "province"}
    | {"grid_column": 1, "grid_row": 4},
    {
        "id": 41,
        "code": "540102",
        "name": "城关区",
        "level": "county",
        "parent_id": TIBET,
        "province_id": TIBET,
    },
]
"""Hunan has 醴陵市 and 南县, Guizhou 西秀区, Tibet a county nobody has met."""


def facts(**tables: Any) -> Portfolio:
    """A1 of 醴陵市 with P1 that landed; A2 of 南县 and 西秀区 with P2 and P3; A3 of 西秀区 unsigned."""
    rows: dict[str, Any] = {
        "division": PLACED,
        "pillar": PILLARS,
        "agreement": [agreement(1), agreement(2), agreement(3, effective_on=None)],
        "agreement_pillar": [{"id": 1, "agreement_id": 1, "pillar_id": 2}],
        "party": [party(1, 1, 11), party(2, 2, 12), party(3, 2, 21), party(4, 3, 21, None)],
        "project": [project(1, 1, 11), project(2, 2, 12, pillar_id=1), project(3, 2, 21, pillar_id=1)],
        "milestone": [
            milestone(1, 1, GATE, met_on=GATE, evidence_witness="县长"),
            milestone(2, 2, GATE),
            milestone(3, 3, date(2022, 1, 1)),
        ],
        "baseline": [{"id": 1, "project_id": 1, "number": 0, "approved_on": date(2020, 12, 1)}],
        "baseline_milestone": [
            {"id": 1, "baseline_id": 1, "milestone_id": 1, "due_on": GATE, "weight": 25, "is_gate": True}
        ],
    }
    return portfolio(**rows | tables)


def _counts(found: TileMap) -> dict[int, tuple[int | None, int | None]]:
    return {row["division_id"]: (row["n"], row["of"]) for row in found.tiles.to_dicts()}


@pytest.mark.parametrize(
    ("measure", "hunan", "guizhou", "tibet", "total"),
    [
        # The joint agreement counts in both provinces, and once in all.
        (TileMeasure.landing, (1, 2), (0, 1), (0, 0), (1, 2)),
        (TileMeasure.signed, (2, 2), (1, 2), (0, 0), (2, 3)),
        (TileMeasure.overdue, (1, 2), (0, 1), (0, 0), (1, 3)),
        (TileMeasure.coverage, (2, 2), (1, 1), (0, 1), (3, 4)),
    ],
)
def test_each_tile_has_its_own_n_and_whole(
    measure: TileMeasure, hunan: Any, guizhou: Any, tibet: Any, total: Any
) -> None:
    found = tile_map(facts(), AS_OF, Part(), measure)
    assert _counts(found) == {HUNAN: hunan, GUIZHOU: guizhou, TIBET: tibet}
    assert (found.n, found.of) == total


def test_lights_count_the_red_among_all_that_have_one() -> None:
    # Started on 1 October and silent since: P1 is red; without a plan P2 and P3 are red by silence too.
    found = tile_map(facts(), AS_OF, Part(), TileMeasure.lights)
    assert _counts(found) == {HUNAN: (2, 2), GUIZHOU: (1, 1), TIBET: (0, 0)}


def test_a_stopped_project_has_no_light() -> None:
    stopped = [project(1, 1, 11, stopped_on=date(2021, 1, 1)), project(2, 2, 12)]
    found = tile_map(facts(project=stopped), AS_OF, Part(), TileMeasure.lights)
    assert _counts(found)[HUNAN] == (1, 1)


def test_few_is_said_of_fewer_than_ten_but_not_of_none() -> None:
    found = tile_map(facts(), AS_OF, Part(), TileMeasure.landing)
    assert found.tiles["is_few"].to_list() == [True, True, False]


def test_a_pillars_map_holds_its_own_agreements() -> None:
    found = tile_map(facts(), AS_OF, Part(pillar_id=2), TileMeasure.landing)
    assert _counts(found) == {HUNAN: (1, 1), GUIZHOU: (0, 0), TIBET: (0, 0)}


def test_a_pillar_has_no_coverage_of_counties() -> None:
    found = tile_map(facts(), AS_OF, Part(pillar_id=2), TileMeasure.coverage)
    assert (found.of, found.is_empty()) == (None, True)


def test_a_sales_regions_map_leaves_the_other_county_of_a_joint_agreement_out() -> None:
    south = {
        "sales_region": [{"id": 1, "name": "南区", "position": 1}],
        "sales_region_division": [
            {"id": 1, "sales_region_id": 1, "division_id": 12, "from_on": date(2020, 1, 1)}
        ],
    }
    found = tile_map(facts(**south), AS_OF, Part(region_id=-1), TileMeasure.landing)
    assert _counts(found) == {HUNAN: (0, 1), GUIZHOU: (0, 0), TIBET: (0, 0)}


@pytest.mark.parametrize("part", [Part(), Part(region_id=HUNAN), Part(pillar_id=2), Part(event_id=1)])
def test_the_provinces_of_a_part_are_those_of_the_figures_where_these_can_say(part: Part) -> None:
    whole = figures(facts(), AS_OF, Grouping.province)
    ours = province_figures(facts(), AS_OF, part)
    assert set(ours["key"]) <= set(whole["key"])
    if part in (Part(), Part(event_id=1)):
        assert ours["agreements_signed"].to_list() == whole["agreements_signed"].to_list()


def test_every_province_at_once_is_that_of_the_figures() -> None:
    found = tile_map(facts(), AS_OF, Part(), TileMeasure.signed).tiles.filter(pl.col("of") > 0)
    rows = figures(facts(), AS_OF, Grouping.province)
    assert (
        found.select("division_id", "n", "of").rows()
        == rows.select("key", "agreements_signed", "agreements").rows()
    )


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2099, 12, 31)])
def test_a_day_before_everything_is_blank_and_one_far_ahead_is_not(day: date) -> None:
    assert tile_map(facts(), day, Part(), TileMeasure.landing).is_empty() == (day.year < 2020)


def test_an_empty_nation_has_no_tiles() -> None:
    found = tile_map(portfolio(), AS_OF, Part(), TileMeasure.landing)
    assert (found.tiles.height, dict(found.tiles.schema), found.is_empty()) == (0, TILES, True)
