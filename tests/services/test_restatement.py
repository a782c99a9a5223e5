"""What later entries changed: every differing figure is accounted for, each line by the entry that did it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import Database
from db.models import Milestone, Project
from db.queries.facts import counter
from tests.conftest import division_id
from tests.services.planning import SIGNED_ON, a_row, an_agreement, an_opened_project
from tests.services.turns import TURNS, Office, take
from tracker.portfolio.figures import figures
from tracker.rules.figure import FIGURE_NAMES
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones
from tracker.services.project import archive_project, restore_project
from tracker.services.reading import portfolio_for
from tracker.services.restatement import Bearing, Line, Restatement, Turn, restate_since

DAY = date(2020, 12, 31)
_turns = st.lists(st.tuples(st.integers(0, len(TURNS) - 1), st.integers(0, 10_000)), min_size=3, max_size=15)
_ON_ONE_DATABASE = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _number(database: Database) -> int:
    with database.reading() as session:
        return counter(session)[1]


@pytest.fixture
def project(dora: Desk) -> int:
    """A project with one milestone of weight 10, due on 1 September 2020."""
    opened = an_opened_project(dora)
    save_milestones(dora, opened, [a_row()], seen={})
    return opened


@pytest.fixture
def number(dora: Desk, project: int) -> int:
    """The number of the last change before the test's own."""
    return _number(dora.database)


def _milestone(desk: Desk, reason: str = "", **values: object) -> None:
    with desk.transaction(reason=reason) as work:
        milestone = work.get(Milestone, 1)
        for name, value in values.items():
            setattr(milestone, name, value)
        work.save(milestone, "milestone.changed")


def _only(restated: Restatement) -> Line:
    [line] = restated.lines
    return line


@_ON_ONE_DATABASE
@given(before=_turns, after=_turns, in_hunan=st.booleans())
def test_every_differing_figure_is_accounted_for(
    dora: Desk, before: list[tuple[int, int]], after: list[tuple[int, int]], in_hunan: bool
) -> None:
    office = Office(dora, made=_number(dora.database))
    for turn, value in before:
        take(office, turn, value)
    number = _number(dora.database)
    for turn, value in after:
        take(office, turn, value)
    region = division_id(dora.database, "430000") if in_hunan else None
    restated = restate_since(dora, number, DAY, region)
    assert [d.name for d in restated.differences if not d.lines] == []


@_ON_ONE_DATABASE
@given(turns=_turns)
def test_a_line_names_the_last_entry_since(dora: Desk, turns: list[tuple[int, int]]) -> None:
    number = _number(dora.database)
    office = Office(dora, made=number)
    for turn, value in turns:
        take(office, turn, value)
    lines = restate_since(dora, number, DAY).lines
    assert [line for line in lines if line.change_no is None or line.change_no <= number] == []


def test_nothing_differs_from_now(dora: Desk, number: int) -> None:
    restated = restate_since(dora, number, DAY)
    assert (restated.differences, restated.lines, restated.total) == ((), (), 0)


def test_a_moved_date_tells_old_new_who_and_why(dora: Desk, project: int, number: int) -> None:
    _milestone(dora, "笔误", due_on=date(2021, 3, 1))
    line = _only(restate_since(dora, number, DAY))
    change = line.change
    told = (change.entity, change.field, change.old, change.new, line.actor, line.reason, line.change_no)
    expected = ("milestone", "due_on", date(2020, 9, 1), date(2021, 3, 1), "dora", "笔误", number + 1)
    assert told == expected


def test_two_changes_of_one_field_are_one_line_of_the_last(dora: Desk, number: int) -> None:
    _milestone(dora, weight=20)
    _milestone(dora, "再调", weight=30)
    line = _only(restate_since(dora, number, DAY))
    assert (line.change.old, line.change.new, line.reason) == (10, 30, "再调")


def test_a_change_put_back_is_no_line(dora: Desk, number: int) -> None:
    _milestone(dora, weight=20)
    _milestone(dora, weight=10)
    assert restate_since(dora, number, DAY).lines == ()


def test_the_figures_that_differ_stand_with_both_values(dora: Desk, number: int) -> None:
    _milestone(dora, met_on=date(2020, 8, 30))
    found = {d.name: (d.then, d.now, d.lines) for d in restate_since(dora, number, DAY).differences}
    assert found["milestones_met"] == (0, 1, 1)


def test_a_record_made_since_is_one_line(dora: Desk, number: int) -> None:
    an_agreement(dora.database, number="430281-2020-F-009")
    lines = restate_since(dora, number, DAY).lines
    assert [line.change.turn for line in lines if line.change.entity == "agreement"] == [Turn.made]


def test_a_record_withdrawn_since_tells_the_reason(dora: Desk, project: int, number: int) -> None:
    archive_project(dora, project, "重复登记")
    line = next(n for n in restate_since(dora, number, DAY).lines if n.change.entity == "project")
    assert (line.change.turn, line.reason) == (Turn.gone, "重复登记")


def test_a_record_withdrawn_and_restored_is_no_line(dora: Desk, project: int, number: int) -> None:
    archive_project(dora, project, "重复登记")
    restore_project(dora, project)
    assert restate_since(dora, number, DAY).lines == ()


def test_what_belongs_to_a_milestone_names_its_project_and_agreement(
    dora: Desk, project: int, number: int
) -> None:
    _milestone(dora, weight=20)
    owners = _only(restate_since(dora, number, DAY)).change.owners
    assert owners == {"agreement_id": 1, "project_id": project, "milestone_id": 1}


def test_dated_facts_up_to_the_day_come_first(dora: Desk, project: int, number: int) -> None:
    with dora.transaction() as work:
        found = work.get(Project, project)
        found.owner, found.live_on, found.started_on = "乙组", date(2021, 5, 1), SIGNED_ON.replace(day=20)
        work.save(found)
    bearings = [line.change.bearing for line in restate_since(dora, number, DAY).lines]
    assert bearings == [Bearing.by_day, Bearing.undated, Bearing.later]


def test_a_region_lists_its_own_changes_alone(dora: Desk, number: int) -> None:
    an_agreement(dora.database, "130123", number="130123-2020-F-001")
    hunan = division_id(dora.database, "430000")
    assert restate_since(dora, number, DAY, hunan).lines == ()


def test_a_person_sees_changes_within_the_scope_alone(charlie: Desk, dora: Desk, number: int) -> None:
    _milestone(dora, weight=20)
    restated = restate_since(charlie, number, DAY)
    assert (restated.lines, restated.total) == ((), 0)


def test_every_figure_has_a_name(dora: Desk) -> None:
    columns = set(figures(portfolio_for(dora), DAY).columns) - {"key", "label", "label_en"}
    assert columns - FIGURE_NAMES.keys() == set()


@pytest.mark.parametrize("day", [date(2020, 8, 31), DAY, date(2022, 1, 1)])
def test_the_facts_listed_are_all_that_differ(dora: Desk, project: int, number: int, day: date) -> None:
    _milestone(dora, weight=20, due_on=date(2021, 3, 1), is_key=True)
    archive_project(dora, project, "重复登记")
    an_agreement(dora.database, number="430281-2020-F-009")
    found = {(n.change.entity, n.change.field) for n in restate_since(dora, number, day).lines}
    changed = {("milestone", name) for name in ("weight", "due_on", "is_key")}
    assert found == changed | {("project", ""), ("agreement", ""), ("party", "")}
