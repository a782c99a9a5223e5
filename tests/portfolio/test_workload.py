"""Workload: whose each open milestone is, in which month, and which projects are held."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import AS_OF, DIVISIONS, PILLARS, agreement, milestone, party, project
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.workload import Bearer, Load, Workload, load_rows, workload
from tracker.rules.month import months_around

MONTHS = months_around(AS_OF, 0, 11)
JUNE, JULY, MAY_LAST = date(2021, 6, 1), date(2021, 7, 1), date(2022, 5, 31)
UNITS = [
    {"id": 1, "code": "cloud", "name_zh": "阿里云", "name_en": "Alibaba Cloud", "position": 1},
    {"id": 2, "code": "taobao", "name_zh": "淘宝", "name_en": "Taobao", "position": 2},
]
ZHANG, LI = "张主任", "李主任"


def _facts(*steps: dict[str, Any], **projects: Any) -> Portfolio:
    """P1 of 张主任 and unit 1, P2 of 李主任 and unit 2, P3 of nobody."""
    held = [
        project(1, 1, 11, owner=ZHANG),
        project(2, 1, 11, owner=LI, unit_id=2, pillar_id=1),
        project(3, 1, 11, owner="", unit_id=None),
    ]
    return made_of(
        division=DIVISIONS,
        pillar=PILLARS,
        unit=UNITS,
        agreement=[agreement(1)],
        party=[party(1, 1, 11)],
        project=projects.get("project", held),
        milestone=list(steps),
    )


def _found(facts: Portfolio, by: Bearer = Bearer.owner, part: Part | None = None) -> Workload:
    return workload(facts, AS_OF, part or Part(), by, MONTHS)


def _row(found: Workload, key: str) -> dict[str, Any]:
    return found.bearers.filter(key=key).to_dicts()[0]


@pytest.mark.parametrize(
    ("due_on", "month"),
    [
        (AS_OF, JUNE),
        (JULY, JULY),
        (date(2021, 12, 31), date(2021, 12, 1)),
        (date(2022, 1, 1), date(2022, 1, 1)),
        (MAY_LAST, date(2022, 5, 1)),
    ],
)
def test_what_is_due_on_or_after_the_day_stands_in_its_month(due_on: date, month: date) -> None:
    assert _found(_facts(milestone(1, 1, due_on))).cells.rows() == [(ZHANG, month, 1, 0)]


@pytest.mark.parametrize(
    ("changes", "load"),
    [
        ({"due_on": date(2021, 6, 29)}, Load.overdue),
        ({"due_on": date(2022, 6, 1)}, Load.later),
        ({"due_on": None}, Load.undated),
        ({"due_on": JUNE, "credited_on": JUNE, "credit_percent": 50}, Load.partly),
    ],
)
def test_what_stands_in_no_month_is_told_apart(changes: dict[str, Any], load: Load) -> None:
    found = _found(_facts(milestone(1, 1, JUNE) | changes))
    row = _row(found, ZHANG)
    assert (row[load.value], row["open"], found.cells.height) == (1, 1, 0)


def test_each_open_milestone_is_counted_in_one_place() -> None:
    days = [JUNE, AS_OF, JULY, date(2022, 6, 1), None]
    found = _found(_facts(*[milestone(n, 1, JUNE) | {"due_on": day} for n, day in enumerate(days, 1)]))
    row = _row(found, ZHANG)
    elsewhere = sum(row[load.value] for load in Load)
    assert (row["open"], elsewhere + int(found.cells["due"].sum())) == (5, 5)


@pytest.mark.parametrize("changes", [{"met_on": AS_OF}, {"cancelled_on": AS_OF}])
def test_what_is_met_or_cancelled_is_no_load(changes: dict[str, Any]) -> None:
    assert _found(_facts(milestone(1, 1, JULY, **changes))).open == 0


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({}, 1),
        ({"accepted_on": AS_OF}, 0),
        ({"accepted_on": JULY}, 1),
        ({"stopped_on": AS_OF}, 0),
        ({"started_on": None}, 1),
    ],
)
def test_a_project_is_held_until_it_is_accepted_or_stopped(changes: dict[str, Any], held: int) -> None:
    both = [project(1, 1, 11, owner=ZHANG, **changes), project(2, 1, 11, owner=LI)]
    rows = _found(_facts(project=both)).bearers
    assert rows.filter(key=ZHANG)["projects"].sum() == held


def test_key_milestones_are_counted_apart() -> None:
    steps = [milestone(1, 1, JUNE, is_key=True), milestone(2, 1, JULY, is_key=True), milestone(3, 1, JULY)]
    found = _found(_facts(*steps))
    row = _row(found, ZHANG)
    assert (row["key_open"], row["key_overdue"], found.cells["key_due"].to_list()) == (2, 1, [1])


def test_most_overdue_comes_first_then_most_open() -> None:
    steps = [milestone(1, 2, JUNE), milestone(2, 1, JULY), milestone(3, 1, JULY)]
    assert _found(_facts(*steps)).bearers["key"].to_list() == [LI, ZHANG, ""]


def test_a_project_without_an_owner_is_nobodys() -> None:
    assert _row(_found(_facts(milestone(1, 3, JULY))), "")["open"] == 1


def test_units_carry_their_names_in_both_languages() -> None:
    row = _row(_found(_facts(milestone(1, 2, JULY)), Bearer.unit), "2")
    assert (row["label"], row["label_en"], row["open"]) == ("淘宝", "Taobao", 1)


def test_a_part_narrows_what_is_counted() -> None:
    found = _found(_facts(milestone(1, 1, JULY), milestone(2, 2, JULY)), part=Part(pillar_id=1))
    assert (found.bearers["key"].to_list(), found.open) == ([LI], 1)


@pytest.mark.parametrize(
    ("when", "listed"), [(None, [1, 2, 3]), (Load.overdue, [1]), (JUNE, [2]), (JULY, [3])]
)
def test_a_cell_lists_exactly_what_it_counts(when: Any, listed: list[int]) -> None:
    steps = [milestone(1, 1, JUNE), milestone(2, 1, AS_OF), milestone(3, 1, JULY), milestone(4, 2, JULY)]
    rows = load_rows(_facts(*steps), AS_OF, (Part(), Bearer.owner), (ZHANG, when))
    assert rows["id"].to_list() == listed


def test_nothing_recorded_gives_nobody() -> None:
    found = workload(made_of(), AS_OF, Part(), Bearer.unit, MONTHS)
    assert (found.bearers.height, found.cells.height, found.open, found.overdue) == (0, 0, 0, 0)
