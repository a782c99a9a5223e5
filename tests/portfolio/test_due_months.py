"""Milestones due by region and month: which month and region each counts in, and what is left out."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import AS_OF, DIVISIONS, PILLARS, agreement, milestone, party, project
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.due_months import DueMonths, due_months, due_rows
from tracker.portfolio.membership import Grouping
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_figures
from tracker.portfolio.workload import Bearer, workload
from tracker.rules.month import months_around

HUNAN, GUIZHOU, ZHUZHOU, LILING, NAN = 1, 2, 3, 11, 12
MONTHS = months_around(AS_OF, 3, 12)
MAY, JUNE, JULY = date(2021, 5, 1), date(2021, 6, 1), date(2021, 7, 1)
SOUTH = [{"id": 7, "name": "南方大区", "position": 1}, {"id": 8, "name": "两湖", "position": 2}]
SOUTHERN = [
    {"id": 1, "sales_region_id": 7, "division_id": HUNAN, "from_on": date(2020, 1, 1)},
    {"id": 2, "sales_region_id": 8, "division_id": LILING, "from_on": date(2020, 1, 1)},
]


def _facts(*steps: dict[str, Any], **more: Any) -> Portfolio:
    """P1 in 醴陵市 of 株洲市 in Hunan, P2 in 南县 of Hunan, P3 in 西秀区 of Guizhou."""
    tables: dict[str, Any] = {
        "division": DIVISIONS,
        "pillar": PILLARS,
        "agreement": [agreement(1), agreement(2, event_id=2)],
        "party": [party(1, 1, 11), party(2, 2, 12), party(3, 2, 21)],
        "project": [project(1, 1, 11), project(2, 2, 12, pillar_id=1), project(3, 2, 21)],
        "milestone": list(steps),
    }
    return made_of(**tables | more)


def _found(facts: Portfolio, by: Grouping = Grouping.province, part: Part | None = None) -> DueMonths:
    return due_months(facts, AS_OF, part or Part(), by, MONTHS)


def _cells(found: DueMonths, *columns: str) -> list[tuple[Any, ...]]:
    return found.cells.select("key", "month_on", *columns).rows()


@pytest.mark.parametrize(
    ("due_on", "month"),
    [
        (date(2021, 5, 31), MAY),
        (date(2021, 6, 1), JUNE),
        (date(2021, 6, 30), JUNE),
        (date(2021, 7, 1), JULY),
        (date(2021, 12, 31), date(2021, 12, 1)),
        (date(2022, 1, 1), date(2022, 1, 1)),
        (date(2022, 2, 28), date(2022, 2, 1)),
        (date(2021, 3, 1), date(2021, 3, 1)),
        (date(2022, 6, 30), date(2022, 6, 1)),
    ],
)
def test_a_milestone_counts_in_the_month_of_its_due_day(due_on: date, month: date) -> None:
    assert _cells(_found(_facts(milestone(1, 1, due_on))), "due") == [(HUNAN, month, 1)]


@pytest.mark.parametrize("due_on", [date(2021, 2, 28), date(2022, 7, 1), None])
def test_one_due_outside_the_months_is_in_none(due_on: Any) -> None:
    assert _found(_facts(milestone(1, 1, due_on))).is_empty


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"due_on": date(2021, 6, 29)}, (1, 0, 1, 1)),
        ({"due_on": date(2021, 6, 30)}, (1, 0, 1, 0)),
        ({"due_on": date(2021, 6, 29), "met_on": date(2021, 6, 30)}, (1, 1, 0, 0)),
        ({"due_on": date(2021, 6, 29), "met_on": date(2021, 7, 1)}, (1, 0, 1, 1)),
        ({"credited_on": JUNE, "credit_percent": 50, "due_on": date(2021, 6, 29)}, (1, 0, 1, 0)),
        ({"due_on": date(2021, 7, 1), "met_on": date(2021, 6, 1)}, (1, 1, 0, 0)),
    ],
)
def test_what_is_due_is_met_or_open_and_late_only_after_its_day(
    changes: dict[str, Any], counts: tuple[int, ...]
) -> None:
    step = milestone(1, 1, changes["due_on"]) | changes
    (row,) = _found(_facts(step)).cells.select("due", "met", "open", "overdue").rows()
    assert row == counts


def test_a_cancelled_milestone_is_due_to_nobody() -> None:
    assert _found(_facts(milestone(1, 1, JUNE, cancelled_on=AS_OF))).is_empty


def test_what_a_stopped_project_left_unmet_is_due_to_nobody() -> None:
    stopped = {"project": [project(1, 1, 11, stopped_on=AS_OF)]}
    assert _found(_facts(milestone(1, 1, JUNE), **stopped)).is_empty


def test_key_milestones_are_counted_apart() -> None:
    steps = [
        milestone(1, 1, JUNE, is_key=True),
        milestone(2, 1, date(2021, 6, 30), is_key=True),
        milestone(3, 1, JUNE),
    ]
    assert _cells(_found(_facts(*steps)), "due", "overdue", "key_due", "key_overdue") == [
        (HUNAN, JUNE, 3, 2, 2, 1)
    ]


def test_regions_with_most_overdue_come_first_then_those_with_most_due() -> None:
    steps = [milestone(1, 1, JULY), milestone(2, 2, JULY), milestone(3, 3, JUNE)]
    assert _cells(_found(_facts(*steps)), "due") == [(GUIZHOU, JUNE, 1), (HUNAN, JULY, 2)]


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        (Grouping.province, [HUNAN, GUIZHOU]),
        (Grouping.prefecture, [HUNAN, GUIZHOU, ZHUZHOU]),
        (Grouping.county, [LILING, NAN, 21]),
        (Grouping.sales_region, [-8, -7]),
    ],
)
def test_rows_are_regions_of_the_kind_asked_for(by: Grouping, keys: list[int]) -> None:
    steps = [milestone(1, 1, JULY), milestone(2, 2, JULY), milestone(3, 3, JULY)]
    facts = _facts(*steps, sales_region=SOUTH, sales_region_division=SOUTHERN)
    assert sorted(_found(facts, by).cells["key"].unique()) == sorted(keys)


def test_one_in_two_sales_regions_counts_in_each_and_once_in_all() -> None:
    facts = _facts(milestone(1, 1, JULY), sales_region=SOUTH, sales_region_division=SOUTHERN)
    found = _found(facts, Grouping.sales_region)
    assert (found.cells["due"].to_list(), found.due) == ([1, 1], 1)


def test_what_lies_in_no_such_region_is_counted_outside() -> None:
    steps = [milestone(1, 1, JULY), milestone(3, 3, JULY)]
    found = _found(_facts(*steps, sales_region=SOUTH, sales_region_division=SOUTHERN), Grouping.sales_region)
    assert (found.due, found.outside) == (2, 1)


def test_what_is_overdue_since_before_the_months_is_told_apart() -> None:
    found = _found(_facts(milestone(1, 1, date(2021, 2, 28)), milestone(2, 1, JUNE)))
    assert (found.overdue, found.earlier) == (1, 1)


@pytest.mark.parametrize(
    ("part", "due"),
    [(Part(region_id=HUNAN), 2), (Part(pillar_id=1), 1), (Part(event_id=1), 1), (Part(region_id=GUIZHOU), 1)],
)
def test_a_part_narrows_what_is_counted(part: Part, due: int) -> None:
    steps = [milestone(1, 1, JULY), milestone(2, 2, JULY), milestone(3, 3, JULY)]
    assert _found(_facts(*steps), part=part).due == due


def test_the_busiest_month_has_most_still_to_be_met_and_is_the_first_of_several() -> None:
    august = date(2021, 8, 15)
    steps = [
        milestone(1, 1, JUNE),
        milestone(2, 1, JUNE),
        milestone(3, 1, JUNE),
        milestone(4, 1, JULY),
        milestone(5, 1, JULY, met_on=JUNE),
        milestone(6, 2, august),
    ]
    assert _found(_facts(*steps)).busiest == (JULY, 1)


def test_without_anything_ahead_no_month_is_busiest() -> None:
    assert _found(_facts(milestone(1, 1, JUNE))).busiest is None


def test_a_cell_lists_exactly_what_it_counts() -> None:
    steps = [
        milestone(1, 1, date(2021, 7, 31)),
        milestone(2, 1, date(2021, 8, 1)),
        milestone(3, 2, JULY),
        milestone(4, 3, JULY),
        milestone(5, 1, JULY, cancelled_on=JUNE),
    ]
    group = (Part(pillar_id=2), Grouping.province)
    assert due_rows(_facts(*steps), AS_OF, group, (HUNAN, JULY))["id"].to_list() == [1]


def test_nothing_recorded_gives_no_cells() -> None:
    found = due_months(made_of(), AS_OF, Part(), Grouping.county, MONTHS)
    assert (found.is_empty, found.cells.height, found.busiest) == (True, 0, None)


@pytest.mark.parametrize("part", [Part(), Part(region_id=HUNAN), Part(pillar_id=1), Part(region_id=GUIZHOU)])
def test_all_that_is_overdue_is_what_the_figures_and_the_workload_count(part: Part) -> None:
    days = [date(2020, 12, 1), date(2021, 2, 28), JUNE, date(2021, 6, 29), AS_OF, JULY]
    facts = _facts(*[milestone(n, 1 + n % 3, day) for n, day in enumerate(days, start=1)])
    found = _found(facts, part=part)
    loads = workload(facts, AS_OF, part, Bearer.owner, months_around(AS_OF, 0, 11))
    expected = part_figures(facts, AS_OF, part)["milestones_overdue"]
    assert (found.overdue + found.earlier, loads.overdue) == (expected, expected)
