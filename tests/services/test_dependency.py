"""Dependencies: who may enter them, what is refused, and what cannot be withdrawn under others' feet."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest

from db.engine import Database
from db.models import Dependency, Milestone
from db.queries.dependency import dated_links, dependencies_of
from db.queries.project import milestones_of
from tests.conftest import ON_SQLITE, division_id
from tests.services.planning import LILING, NANXIAN, a_row, an_agreement, an_opened_project, grid_of
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.dependency import (
    DependencyExists,
    DependencyLoop,
    LagBeyondCalendar,
    NothingToWaitFor,
    OthersWait,
    OthersWaitForStep,
)
from tracker.services.agreement import archive_agreement
from tracker.services.dependency import add_dependency, archive_dependency, change_dependency
from tracker.services.desk import Desk
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.project import archive_project, open_project
from tracker.settings import Settings

DAY = date(2021, 3, 1)


def _steps(desk: Desk, project_id: int, *names: str, **values: object) -> list[int]:
    """Give a project milestones of these names and return their ids."""
    save_milestones(desk, project_id, [a_row(name, **values) for name in names], seen={})
    with desk.reading() as session:
        return [m.key for m in milestones_of(session, project_id)]


def _two(desk: Desk) -> tuple[int, int]:
    before, after = _steps(desk, an_opened_project(desk), "选址", "建仓")
    return before, after


def _elsewhere(dora: Desk, code: str = NANXIAN) -> int:
    """Open a project of another agreement and return its id."""
    agreement = an_agreement(dora.database, code, number=f"{code}-2020-F-009")
    values = {"name": "产地仓", "pillar_id": 1, "division_id": division_id(dora.database, code)}
    return open_project(dora, agreement, values)


def _stored(database: Database, dependency_id: int) -> Dependency:
    with database.reading() as session:
        found = session.get_one(Dependency, dependency_id)
        session.expunge_all()
        return found


def _waits(before: int, **values: Any) -> dict[str, Any]:
    return {"predecessor_id": before, "kind": "FS", "lag_days": 0, "in_working_days": False} | values


def test_a_milestone_waits_for_another(alice: Desk) -> None:
    before, after = _two(alice)
    dependency = _stored(alice.database, add_dependency(alice, after, _waits(before, lag_days=3)))
    assert (dependency.predecessor_id, dependency.successor_id, dependency.lag_days) == (before, after, 3)


@ON_SQLITE
def test_a_second_press_enters_nothing_more(alice: Desk) -> None:
    before, after = _two(alice)
    first = add_dependency(alice, after, _waits(before), token="t")
    assert add_dependency(alice, after, _waits(before), token="t") == first


def test_the_same_dependency_is_entered_once(alice: Desk) -> None:
    before, after = _two(alice)
    add_dependency(alice, after, _waits(before))
    with pytest.raises(InvalidInput) as refused:
        add_dependency(alice, after, _waits(before, lag_days=5))
    assert isinstance(refused.value.problems[0], DependencyExists)


@ON_SQLITE
def test_a_viewer_enters_none(alice: Desk, bob: Desk) -> None:
    before, after = _two(alice)
    with pytest.raises(NotAllowed):
        add_dependency(bob, after, _waits(before))


def test_nobody_waits_for_what_they_cannot_see(dora: Desk, alice: Desk) -> None:
    (hidden,) = _steps(dora, _elsewhere(dora, "130102"), "验收")
    (own,) = _steps(alice, an_opened_project(alice), "启动会")
    with pytest.raises(NotFound):
        add_dependency(alice, own, _waits(hidden))


def test_two_that_would_wait_for_each_other_are_told_by_name(alice: Desk) -> None:
    before, after = _two(alice)
    add_dependency(alice, after, _waits(before))
    with pytest.raises(DependencyLoop) as refused:
        add_dependency(alice, before, _waits(after))
    loop = "农村电商 · 选址 → 农村电商 · 建仓 → 农村电商 · 选址"
    assert refused.value.details == {"count": 2, "loop": loop}


@ON_SQLITE
def test_a_refused_loop_changes_nothing(alice: Desk) -> None:
    before, after = _two(alice)
    add_dependency(alice, after, _waits(before))
    with pytest.raises(DependencyLoop):
        add_dependency(alice, before, _waits(after, kind="SS"))
    with alice.reading() as session:
        assert [ends for _, ends, _ in dated_links(session)] == [(before, after)]


@ON_SQLITE
def test_a_loop_of_two_hundred_is_told_by_its_ends(alice: Desk) -> None:
    steps = _steps(alice, an_opened_project(alice), *(f"第{n}步" for n in range(1, 201)))
    with alice.transaction() as work:
        work.save_many(
            [Dependency(predecessor_id=a, successor_id=b, agreed_on=DAY) for a, b in pairwise(steps)]
        )
    with pytest.raises(DependencyLoop) as refused:
        add_dependency(alice, steps[0], _waits(steps[-1]))
    assert refused.value.details["count"] == 200
    assert refused.value.details["loop"].count("→") == 7
    assert "(+194)" in refused.value.details["loop"]


def test_a_loop_tells_nothing_of_what_lies_outside_the_scope(dora: Desk, alice: Desk) -> None:
    first, last = _two(alice)
    (hidden,) = _steps(dora, _elsewhere(dora, "130102"), "验收")
    add_dependency(dora, hidden, _waits(first))
    add_dependency(dora, last, _waits(hidden))
    with pytest.raises(DependencyLoop) as refused:
        add_dependency(alice, first, _waits(last))
    assert refused.value.details["loop"] == "农村电商 · 选址 → … → 农村电商 · 建仓 → 农村电商 · 选址"


@ON_SQLITE
def test_a_withdrawn_dependency_closes_no_loop(alice: Desk) -> None:
    before, after = _two(alice)
    archive_dependency(alice, add_dependency(alice, after, _waits(before)), "记错了")
    add_dependency(alice, before, _waits(after))
    with alice.reading() as session:
        assert [ends for _, ends, _ in dated_links(session)] == [(after, before)]


@ON_SQLITE
@pytest.mark.parametrize("in_working_days", [False, True])
def test_a_lag_that_leaves_the_calendar_is_refused(alice: Desk, *, in_working_days: bool) -> None:
    before, after = _steps(alice, an_opened_project(alice), "选址", "建仓", due_on=date(2199, 6, 1))
    with pytest.raises(InvalidInput) as refused:
        add_dependency(alice, after, _waits(before, lag_days=3650, in_working_days=in_working_days))
    assert [(type(p), p.field) for p in refused.value.problems] == [(LagBeyondCalendar, "lag_days")]


def test_nothing_waits_for_what_was_cancelled(alice: Desk) -> None:
    before, after = _two(alice)
    cancel_milestone(alice, before, alice.today, "不做了")
    with pytest.raises(NothingToWaitFor):
        add_dependency(alice, after, _waits(before))


@ON_SQLITE
def test_cancelling_keeps_what_waited(alice: Desk) -> None:
    before, after = _two(alice)
    add_dependency(alice, after, _waits(before))
    cancel_milestone(alice, before, alice.today, "不做了")
    with alice.reading() as session:
        assert [ends for _, ends, _ in dated_links(session)] == [(before, after)]


def test_the_second_of_two_editors_sees_both_values(alice: Desk) -> None:
    before, after = _two(alice)
    dependency_id = add_dependency(alice, after, _waits(before))
    change_dependency(alice, dependency_id, _waits(before, lag_days=5), seen=1)
    with pytest.raises(EditConflict) as conflict:
        change_dependency(alice, dependency_id, _waits(before, lag_days=9), seen=1)
    assert conflict.value.fields == {"lag_days": (5, 9)}


@ON_SQLITE
def test_a_change_cannot_turn_a_dependency_to_others(alice: Desk) -> None:
    before, after = _two(alice)
    dependency_id = add_dependency(alice, after, _waits(before))
    change_dependency(alice, dependency_id, _waits(after, lag_days=2), seen=1)
    assert _stored(alice.database, dependency_id).predecessor_id == before


@ON_SQLITE
def test_withdrawing_takes_a_reason(alice: Desk) -> None:
    before, after = _two(alice)
    with pytest.raises(ReasonRequired):
        archive_dependency(alice, add_dependency(alice, after, _waits(before)), "")


def test_a_project_that_others_wait_for_is_not_withdrawn(dora: Desk) -> None:
    awaited = an_opened_project(dora)
    (before,) = _steps(dora, awaited, "选址")
    (after,) = _steps(dora, _elsewhere(dora), "建仓")
    add_dependency(dora, after, _waits(before))
    with pytest.raises(OthersWait) as refused:
        archive_project(dora, awaited, "记错了")
    assert refused.value.details == {"names": "产地仓 · 建仓"}


@ON_SQLITE
def test_those_that_wait_outside_the_scope_are_only_counted(dora: Desk, alice: Desk) -> None:
    awaited = an_opened_project(alice)
    (before,) = _steps(alice, awaited, "选址")
    (after,) = _steps(dora, _elsewhere(dora, "130102"), "建仓")
    add_dependency(dora, after, _waits(before))
    lead = replace(alice, person=replace(alice.person, role=dora.person.role))
    with pytest.raises(OthersWait) as refused:
        archive_project(lead, awaited, "记错了")
    assert refused.value.details == {"names": "+1"}


@ON_SQLITE
def test_a_project_waiting_within_itself_is_withdrawn(dora: Desk) -> None:
    project = an_opened_project(dora)
    before, after = _steps(dora, project, "选址", "建仓")
    add_dependency(dora, after, _waits(before))
    archive_project(dora, project, "记错了")


@ON_SQLITE
def test_once_those_that_waited_are_withdrawn_the_project_can_be(dora: Desk) -> None:
    awaited, waiting = an_opened_project(dora), _elsewhere(dora)
    (before,) = _steps(dora, awaited, "选址")
    (after,) = _steps(dora, waiting, "建仓")
    add_dependency(dora, after, _waits(before))
    archive_project(dora, waiting, "记错了")
    archive_project(dora, awaited, "记错了")


@ON_SQLITE
def test_an_agreement_whose_projects_others_wait_for_is_not_withdrawn(dora: Desk) -> None:
    agreement = an_agreement(dora.database)
    values = {"name": "农村电商", "pillar_id": 1, "division_id": division_id(dora.database, LILING)}
    (before,) = _steps(dora, open_project(dora, agreement, values), "选址")
    (after,) = _steps(dora, _elsewhere(dora), "建仓")
    add_dependency(dora, after, _waits(before))
    with pytest.raises(OthersWait):
        archive_agreement(dora, agreement, "记错了")


def test_a_milestone_that_others_wait_for_is_not_removed(dora: Desk) -> None:
    project = an_opened_project(dora)
    before, after = _steps(dora, project, "选址", "建仓")
    add_dependency(dora, after, _waits(before))
    rows, seen = grid_of(dora, project)
    with pytest.raises(InvalidInput) as refused:
        save_milestones(dora, project, [r for r in rows if r["id"] != before], seen=seen, reason="多余")
    problem = refused.value.problems[0]
    assert (type(problem), problem.details) == (
        OthersWaitForStep,
        {"name": "选址", "names": "农村电商 · 建仓"},
    )


@ON_SQLITE
def test_two_milestones_that_wait_for_each_other_are_removed_together(dora: Desk) -> None:
    project = an_opened_project(dora)
    before, after = _steps(dora, project, "选址", "建仓")
    add_dependency(dora, after, _waits(before))
    _, seen = grid_of(dora, project)
    save_milestones(dora, project, [], seen=seen, reason="多余")
    with dora.reading() as session:
        assert session.get_one(Milestone, before).archived_at is not None


@ON_SQLITE
def test_a_projects_dependencies_are_those_at_either_end(dora: Desk) -> None:
    here, there = an_opened_project(dora), _elsewhere(dora)
    (before,) = _steps(dora, here, "选址")
    (after,) = _steps(dora, there, "建仓")
    dependency_id = add_dependency(dora, after, _waits(before))
    with dora.reading() as session:
        assert [d.key for p in (here, there) for d in dependencies_of(session, p)] == [dependency_id] * 2


def test_of_two_people_who_each_close_half_of_a_loop_one_is_refused(
    postgresql_database: Database, settings: Settings
) -> None:
    desk = Desk(LOCAL_ADMINISTRATOR, postgresql_database, settings)
    url = postgresql_database.url.render_as_string(hide_password=False)
    first, second = _two(desk)
    start = Barrier(2)

    def run(ends: tuple[int, int]) -> str:
        colleague = replace(desk, database=Database(url))
        start.wait()
        try:
            add_dependency(colleague, ends[1], _waits(ends[0]))
        except DependencyLoop:
            return "refused"
        finally:
            colleague.database.close()
        return "entered"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(run, [(first, second), (second, first)]))
    assert outcomes == ["entered", "refused"]
