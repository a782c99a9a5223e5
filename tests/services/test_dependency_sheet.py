"""What a project's page tells of dependencies: both directions, dates that follow, what lies elsewhere."""

from datetime import date

from tests.conftest import ON_SQLITE, division_id
from tests.services.planning import LILING, a_row, an_agreement, grid_of
from tracker.services.dependency import add_dependency
from tracker.services.dependency_sheet import Standing, find_predecessors, read_dependencies
from tracker.services.desk import Desk
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.project import open_project

DAY = date(2020, 8, 1)
WAITS = {"kind": "FS", "lag_days": 0, "in_working_days": False, "agreed_on": date(2020, 7, 17)}


def _project(desk: Desk, code: str, name: str, *rows: tuple[str, date]) -> tuple[int, list[int]]:
    """Open a project of an agreement of its own; return its id and those of its milestones."""
    agreement = an_agreement(desk.database, code, number=f"{code}-2020-F-{len(name):03}")
    county = division_id(desk.database, code)
    values = {"name": name, "pillar_id": 1, "division_id": county, "started_on": date(2020, 7, 17)}
    project = open_project(desk, agreement, values)
    save_milestones(desk, project, [a_row(n, due_on=due) for n, due in rows], seen={})
    return project, list(grid_of(desk, project)[1])


@ON_SQLITE
def test_a_date_that_follows_stands_beside_the_typed_one_with_its_path(dora: Desk) -> None:
    here, (first, last) = _project(
        dora, LILING, "仓", ("选址", date(2020, 9, 1)), ("建仓", date(2020, 8, 20))
    )
    add_dependency(dora, last, WAITS | {"predecessor_id": first, "lag_days": 5})
    (moved,) = read_dependencies(dora, here, DAY).moved
    assert (moved.step.name, moved.step.effective_on, moved.step.finish_on) == (
        "建仓",
        date(2020, 8, 20),
        date(2020, 9, 6),
    )
    assert [(part.end.name, part.day) for part in moved.path] == [
        ("选址", date(2020, 9, 1)),
        ("建仓", date(2020, 9, 6)),
    ]


@ON_SQLITE
def test_a_cancelled_predecessor_is_listed_as_ignored(dora: Desk) -> None:
    here, (first, last) = _project(
        dora, LILING, "仓", ("选址", date(2020, 9, 1)), ("建仓", date(2020, 8, 20))
    )
    add_dependency(dora, last, WAITS | {"predecessor_id": first})
    cancel_milestone(dora, first, DAY, "不做了")
    sheet = read_dependencies(dora, here, DAY)
    assert ([w.predecessor.standing for w in sheet.waits], sheet.moved) == ([Standing.cancelled], ())


@ON_SQLITE
def test_who_waits_elsewhere_is_told_on_the_awaited_project(dora: Desk) -> None:
    here, (awaited,) = _project(dora, LILING, "仓", ("选址", date(2020, 9, 1)))
    _there, (waiting,) = _project(dora, "430921", "农村电商", ("上线", date(2020, 9, 1)))
    add_dependency(dora, waiting, WAITS | {"predecessor_id": awaited})
    sheet = read_dependencies(dora, here, DAY)
    assert [(w.successor.project, w.successor.name) for w in sheet.awaited] == [("农村电商", "上线")]


@ON_SQLITE
def test_what_lies_outside_the_scope_has_no_name_but_moves_the_date(dora: Desk, alice: Desk) -> None:
    here, (waiting,) = _project(dora, LILING, "仓", ("选址", date(2020, 9, 1)))
    _there, (hidden,) = _project(dora, "130102", "农村电商", ("上线", date(2020, 10, 1)))
    add_dependency(dora, waiting, WAITS | {"predecessor_id": hidden})
    sheet = read_dependencies(alice, here, DAY)
    (wait,) = sheet.waits
    assert (wait.predecessor.name, wait.predecessor.project, wait.predecessor.project_id) == ("", "", None)
    assert sheet.moved[0].step.finish_on == date(2020, 10, 1)


@ON_SQLITE
def test_the_search_offers_the_agreements_own_first(dora: Desk) -> None:
    here, _ = _project(dora, LILING, "仓", ("选址", date(2020, 9, 1)), ("建仓", date(2020, 9, 1)))
    _project(dora, "430921", "农村电商", ("选址", date(2020, 9, 1)))
    assert [(r["project"], r["name"]) for r in find_predecessors(dora, here, "", DAY)] == [
        ("仓", "选址"),
        ("仓", "建仓"),
    ]
    found = find_predecessors(dora, here, "选址", DAY)
    assert [(r["project"], r["name"]) for r in found] == [("仓", "选址"), ("农村电商", "选址")]


@ON_SQLITE
def test_the_search_finds_by_county_and_milestone_together(dora: Desk) -> None:
    here, _ = _project(dora, LILING, "仓", ("选址", date(2020, 9, 1)))
    _project(dora, "430921", "农村电商", ("选址", date(2020, 9, 1)), ("上线", date(2020, 9, 1)))
    found = find_predecessors(dora, here, "南县 上线", DAY)
    assert [(r["project"], r["name"]) for r in found] == [("农村电商", "上线")]


@ON_SQLITE
def test_the_search_finds_nothing_outside_the_scope(dora: Desk, alice: Desk) -> None:
    here, _ = _project(dora, LILING, "仓", ("选址", date(2020, 9, 1)))
    _project(dora, "130102", "农村电商", ("上线", date(2020, 9, 1)))
    assert find_predecessors(alice, here, "上线", DAY) == []
