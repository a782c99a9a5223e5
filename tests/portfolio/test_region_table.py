"""Regions side by side, worked by hand on the figures' own example."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.test_figures import GUIZHOU, HUNAN, TABLES, ZHUZHOU
from tests.portfolio.timeline_facts import AS_OF, PILLARS
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.region_table import RegionTable, region_table

REGIONS = [{"id": 1, "name": "两省", "name_en": "Both", "position": 0}]
MEMBERS = [
    {"id": n, "sales_region_id": 1, "division_id": place, "from_on": date(2020, 1, 1)}
    for n, place in enumerate((HUNAN, GUIZHOU), start=1)
]


def _portfolio(**changed: list[dict[str, Any]]) -> Portfolio:
    tables = TABLES | {"pillar": PILLARS, "sales_region": REGIONS, "sales_region_division": MEMBERS}
    return made_of(**tables | changed)


def _table(by: Grouping = Grouping.province, **changed: list[dict[str, Any]]) -> RegionTable:
    return region_table(_portfolio(**changed), AS_OF, by)


def test_a_cell_holds_the_projects_of_a_region_and_pillar() -> None:
    cells = _table().cells.select("key", "pillar_id", "projects").rows()
    assert cells == [(HUNAN, 2, 1), (HUNAN, None, 1), (GUIZHOU, 1, 1), (GUIZHOU, None, 1)]


def test_the_gap_is_planned_minus_actual_and_blank_without_a_plan() -> None:
    # P1: of three uncancelled steps of equal weight one is met and two were due: 2/3 − 1/3.
    gaps = {(row[0], row[1]): row[2] for row in _table().cells.select("key", "pillar_id", "gap").rows()}
    assert gaps[HUNAN, 2] == pytest.approx(1 / 3)
    assert gaps[GUIZHOU, 1] is None


def test_a_gap_of_few_projects_is_marked_and_none_is_not() -> None:
    assert _table().cells.select("covered", "is_few").rows() == [(1, True), (1, True), (0, False), (0, False)]


def test_the_lights_of_a_region_are_those_of_its_figures() -> None:
    portfolio = _portfolio()
    (row,) = figures(portfolio, AS_OF, Grouping.province).filter(key=HUNAN).to_dicts()
    cell = region_table(portfolio, AS_OF, Grouping.province).cells.row(1, named=True)
    assert {n: cell[n] for n in cell if n.startswith("light_")} == {
        n: row[n] for n in row if n.startswith("light_")
    }


def test_a_sales_region_is_counted_as_one() -> None:
    assert _table(Grouping.sales_region).rows.select("key", "agreements_signed").rows() == [(-1, 2)]


def test_the_total_counts_a_joint_agreement_once() -> None:
    found = _table()
    assert (found.rows["agreements_signed"].sum(), found.total["agreements_signed"]) == (3, 2)


def test_a_region_without_a_plan_is_not_ranked() -> None:
    assert [(one.key, one.rank) for one in _table().ranked] == [(HUNAN, 1), (GUIZHOU, None)]


def test_prefectures_are_those_of_the_province_chosen() -> None:
    found = region_table(_portfolio(), AS_OF, Grouping.prefecture, HUNAN)
    assert found.rows["key"].to_list() == [ZHUZHOU]


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2099, 1, 1)])
def test_any_day_has_its_table(day: date) -> None:
    assert region_table(_portfolio(), day, Grouping.province).rows.height == 2


def test_nothing_recorded_is_nothing_drawn_and_nobody_ranked() -> None:
    found = region_table(made_of(division=TABLES["division"]), AS_OF, Grouping.province)
    assert (found.cells.height, [one.rank for one in found.ranked]) == (0, [None, None])
