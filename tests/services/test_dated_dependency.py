"""From when dependencies hold and until when: what is refused, and what a day in the past still knows."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.models import Dependency
from tests.conftest import ON_SQLITE
from tests.services.planning import SIGNED_ON, a_row, an_opened_project, grid_of
from tracker.errors import InTheFuture, InvalidInput, ReasonRequired
from tracker.rules.dependency import (
    AgreedLater,
    DependencyExists,
    DependencyLifted,
    DependencyLoop,
    NotThereYet,
)
from tracker.services.dependency import (
    add_dependency,
    archive_dependency,
    change_dependency,
    lift_dependency,
)
from tracker.services.dependency_sheet import read_dependencies
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones

ONE_DAY = timedelta(days=1)
AGREED = date(2020, 9, 1)


def _project(desk: Desk) -> tuple[int, list[int]]:
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row(name) for name in ("选址", "建仓", "上线")], seen={})
    return project, list(grid_of(desk, project)[1])


def _waits(before: int, agreed_on: date = AGREED, **values: Any) -> dict[str, Any]:
    ways = {"predecessor_id": before, "kind": "FS", "lag_days": 0, "in_working_days": False}
    return ways | {"agreed_on": agreed_on} | values


def _stored(desk: Desk, dependency_id: int) -> Dependency:
    with desk.reading() as session:
        found = session.get_one(Dependency, dependency_id)
        session.expunge_all()
        return found


def _lifted_on(desk: Desk, dependency_id: int, day: date) -> None:
    """Lift a dependency as if it had been done on an earlier day."""
    with desk.transaction() as work:
        dependency = work.get(Dependency, dependency_id)
        dependency.lifted_on = day
        work.save(dependency, "dependency.lifted")


def _problem(refused: pytest.ExceptionInfo[InvalidInput]) -> type[Exception]:
    return type(refused.value.problems[0])


@ON_SQLITE
def test_a_dependency_holds_from_today_unless_said_otherwise(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    values = _waits(first)
    del values["agreed_on"]
    assert _stored(alice, add_dependency(alice, second, values)).agreed_on == alice.today


@ON_SQLITE
def test_it_can_hold_from_the_day_both_projects_are_there(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    assert add_dependency(alice, second, _waits(first, SIGNED_ON))


@ON_SQLITE
def test_it_cannot_hold_before_that_day(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    with pytest.raises(InvalidInput) as refused:
        add_dependency(alice, second, _waits(first, SIGNED_ON - ONE_DAY))
    assert _problem(refused) is NotThereYet


@ON_SQLITE
def test_it_cannot_be_agreed_on_a_day_to_come(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    with pytest.raises(InvalidInput) as refused:
        add_dependency(alice, second, _waits(first, alice.today + ONE_DAY))
    assert _problem(refused) is InTheFuture


@ON_SQLITE
def test_a_day_before_it_was_agreed_does_not_know_it(alice: Desk) -> None:
    project, (first, second, _) = _project(alice)
    add_dependency(alice, second, _waits(first))
    seen = [len(read_dependencies(alice, project, day).waits) for day in (AGREED - ONE_DAY, AGREED)]
    assert seen == [0, 1]


def test_lifting_counts_from_today_and_leaves_the_days_before(alice: Desk) -> None:
    project, (first, second, _) = _project(alice)
    lift_dependency(alice, add_dependency(alice, second, _waits(first)), "改由县里负责")
    yesterday, today = (read_dependencies(alice, project, d) for d in (alice.today - ONE_DAY, alice.today))
    assert [(len(s.waits), len(s.lifted)) for s in (yesterday, today)] == [(1, 0), (0, 1)]


@ON_SQLITE
def test_lifting_needs_a_reason(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    dependency = add_dependency(alice, second, _waits(first))
    with pytest.raises(ReasonRequired):
        lift_dependency(alice, dependency, " ")


@ON_SQLITE
def test_what_was_lifted_is_not_lifted_again(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    dependency = add_dependency(alice, second, _waits(first))
    lift_dependency(alice, dependency, "改由县里负责")
    with pytest.raises(DependencyLifted):
        lift_dependency(alice, dependency, "改由县里负责")


@ON_SQLITE
def test_what_was_lifted_is_not_changed(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    dependency = add_dependency(alice, second, _waits(first))
    lift_dependency(alice, dependency, "改由县里负责")
    with pytest.raises(DependencyLifted):
        change_dependency(alice, dependency, _waits(first, lag_days=3), seen=1)


def test_what_was_lifted_can_be_agreed_again_from_that_day_on(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    lift_dependency(alice, add_dependency(alice, second, _waits(first)), "改由县里负责")
    assert add_dependency(alice, second, _waits(first, alice.today))


@ON_SQLITE
def test_it_cannot_be_agreed_twice_for_the_same_days(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    lift_dependency(alice, add_dependency(alice, second, _waits(first)), "改由县里负责")
    with pytest.raises(InvalidInput) as refused:
        add_dependency(alice, second, _waits(first, alice.today - ONE_DAY))
    assert _problem(refused) is DependencyExists


@ON_SQLITE
def test_one_entered_in_error_never_held(alice: Desk) -> None:
    project, (first, second, _) = _project(alice)
    archive_dependency(alice, add_dependency(alice, second, _waits(first)), "记错了")
    sheet = read_dependencies(alice, project, AGREED)
    assert (sheet.waits, sheet.lifted) == ((), ())


@ON_SQLITE
def test_the_day_of_agreement_can_be_moved_back(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    dependency = add_dependency(alice, second, _waits(first))
    change_dependency(alice, dependency, _waits(first, AGREED - ONE_DAY), seen=1)
    assert _stored(alice, dependency).agreed_on == AGREED - ONE_DAY


@ON_SQLITE
def test_the_day_of_agreement_cannot_be_moved_on(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    dependency = add_dependency(alice, second, _waits(first))
    with pytest.raises(InvalidInput) as refused:
        change_dependency(alice, dependency, _waits(first, AGREED + ONE_DAY), seen=1)
    assert _problem(refused) is AgreedLater


@ON_SQLITE
def test_the_other_direction_is_free_from_the_day_of_lifting_on(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    _lifted_on(alice, add_dependency(alice, second, _waits(first)), date(2020, 10, 1))
    assert add_dependency(alice, first, _waits(second, date(2020, 10, 1)))


@ON_SQLITE
def test_the_other_direction_is_a_loop_on_the_day_before(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    _lifted_on(alice, add_dependency(alice, second, _waits(first)), date(2020, 10, 1))
    with pytest.raises(DependencyLoop):
        add_dependency(alice, first, _waits(second, date(2020, 9, 30)))


@ON_SQLITE
def test_moving_the_day_back_into_a_loop_is_refused(alice: Desk) -> None:
    _, (first, second, _) = _project(alice)
    _lifted_on(alice, add_dependency(alice, second, _waits(first)), date(2020, 10, 1))
    back = add_dependency(alice, first, _waits(second, date(2020, 10, 1)))
    with pytest.raises(DependencyLoop):
        change_dependency(alice, back, _waits(second, date(2020, 9, 30)), seen=1)
