"""Dependencies: what is refused at entry, and how a loop is told of."""

from datetime import date

import pytest

from tracker.errors import InvalidInput, NotANumber
from tracker.rules.dependency import (
    DependencyLoop,
    LagBeyondCalendar,
    WaitsForItself,
    checked_dependency,
    lag_within_calendar,
    loop_closed_by,
    shortened,
    told_loop,
)
from tracker.rules.working_day import WorkingCalendar

PUBLISHED = WorkingCalendar()


def _values(**changes: object) -> dict[str, object]:
    agreed = {"agreed_on": date(2020, 7, 17)}
    return {"predecessor_id": 1, "successor_id": 2, "kind": "FS", "lag_days": 0} | agreed | changes


def test_a_milestone_cannot_wait_for_itself() -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_dependency(_values(successor_id=1))
    assert isinstance(refused.value.problems[0], WaitsForItself)


@pytest.mark.parametrize("lag", [-3651, 3651, 10**12, "soon", float("nan")])
def test_a_lag_of_more_than_ten_years_is_refused_beside_its_field(lag: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_dependency(_values(lag_days=lag))
    problem = refused.value.problems[0]
    assert (type(problem), problem.field, problem.details) == (
        NotANumber,
        "lag_days",
        {"least": -3650, "most": 3650},
    )


@pytest.mark.parametrize(
    ("day", "lag", "in_working_days", "is_refused"),
    [
        (date(2199, 12, 30), 1, False, False),
        (date(2199, 12, 31), 1, False, True),
        (date(2195, 1, 1), 3650, False, True),
        (date(1949, 10, 2), -1, False, False),
        (date(1949, 10, 1), -1, False, True),
        (date(2195, 1, 1), 3650, True, True),
        (date(2026, 9, 30), 3650, True, False),
        (None, 3650, False, False),
    ],
)
def test_a_lag_must_not_lead_out_of_the_calendar(
    day: date | None, lag: int, in_working_days: bool, is_refused: bool
) -> None:
    draft = checked_dependency(_values(lag_days=lag, in_working_days=in_working_days))
    problems = lag_within_calendar(draft, day, PUBLISHED)
    assert [type(p) for p in problems] == ([LagBeyondCalendar] if is_refused else [])


def test_two_that_wait_for_each_other_are_a_loop() -> None:
    assert loop_closed_by(2, 1, [(1, 2)]) == [1, 2]


def test_a_chain_of_two_hundred_that_closes_is_a_loop_of_two_hundred() -> None:
    chain = [(n, n + 1) for n in range(1, 200)]
    assert loop_closed_by(200, 1, chain) == list(range(1, 201))


def test_of_several_loops_the_shortest_is_told() -> None:
    assert loop_closed_by(4, 1, [(1, 2), (2, 3), (3, 4), (1, 4)]) == [1, 4]


def test_what_joins_without_coming_back_is_no_loop() -> None:
    assert loop_closed_by(1, 4, [(1, 2), (1, 3), (2, 4), (3, 4)]) == []


def test_a_short_loop_is_told_whole() -> None:
    assert (shortened([7, 8]), told_loop(["启动会", "验收"], 0, [])) == (
        ([7, 8], 0, []),
        "启动会 → 验收 → 启动会",
    )


def test_a_loop_of_two_hundred_is_told_by_its_ends_and_its_number() -> None:
    first, left_out, last = shortened(range(1, 201))
    told = told_loop([f"M{n}" for n in first], left_out, [f"M{n}" for n in last])
    assert str(DependencyLoop(count=200, loop=told)) == (
        "These 200 milestones would wait for each other in a round:"
        " M1 → M2 → M3 → … (+194) … → M198 → M199 → M200 → M1."
    )
