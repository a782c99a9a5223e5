"""What if, asked through the service: within the scope, in words for a mistake, and saving nothing."""

from dataclasses import replace
from datetime import date

import pytest

from db.queries.facts import counter
from tests.conftest import ON_SQLITE, division_id
from tests.services.planning import LILING, a_row, an_opened_project
from tracker.errors import InvalidInput, NotANumber, NotFound
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan
from tracker.services.what_if import LookAheadOnly, Supposed, read_part, read_what_if

AS_OF, LOOK = date(2020, 8, 1), date(2020, 11, 1)

pytestmark = ON_SQLITE


@pytest.fixture
def project(dora: Desk) -> int:
    """A project with an approved plan of two milestones."""
    number = an_opened_project(dora)
    rows = [a_row("选址", due_on=date(2020, 9, 1)), a_row("建仓", due_on=date(2020, 10, 1))]
    save_milestones(dora, number, rows, seen={})
    approve_plan(dora, number, AS_OF)
    return number


def test_the_light_that_changes_is_listed(dora: Desk, project: int) -> None:
    sheet = read_what_if(dora, AS_OF, LOOK, Supposed(project_id=project, shift_days=60))
    assert sheet.lights.select("project_id", "light_before", "light_after").rows() == [
        (project, "green", "red")
    ]


def test_nothing_is_saved(dora: Desk, project: int) -> None:
    with dora.reading() as session:
        before = counter(session)
    read_what_if(dora, AS_OF, LOOK, Supposed(project_id=project, shift_days=60, dropped_unit_id=1))
    with dora.reading() as session:
        assert counter(session) == before


def test_finishes_that_move_are_listed_in_days(dora: Desk, project: int) -> None:
    sheet = read_what_if(dora, AS_OF, LOOK, Supposed(project_id=project, shift_days=60))
    assert sheet.finishes.select("finish_after", "days").rows() == [(date(2020, 11, 30), 60)]


def test_the_part_says_what_it_holds(dora: Desk, project: int) -> None:
    part = read_part(dora, AS_OF, Supposed(region_id=division_id(dora.database, LILING)))
    assert (part.name, part.projects) == ("醴陵市", 1)


def test_a_single_project_offers_its_unmet_milestones(dora: Desk, project: int) -> None:
    assert list(read_part(dora, AS_OF, Supposed(project_id=project)).steps.values()) == ["选址", "建仓"]


def test_a_part_outside_the_scope_is_not_found(charlie: Desk, project: int) -> None:
    with pytest.raises(NotFound):
        read_part(charlie, AS_OF, Supposed(project_id=project))


def test_a_person_sees_no_project_outside_the_scope(charlie: Desk, dora: Desk, project: int) -> None:
    region = division_id(dora.database, "430000")
    sheet = read_what_if(charlie, AS_OF, LOOK, Supposed(region_id=region, shift_days=60))
    assert sheet.counted["projects"] == 0


def test_a_viewer_may_ask(bob: Desk, project: int) -> None:
    sheet = read_what_if(bob, AS_OF, LOOK, Supposed(project_id=project, shift_days=60))
    assert sheet.counted["red_after"] == 1


@pytest.mark.parametrize("look_on", [AS_OF, date(2020, 7, 1), date(2031, 1, 1)])
def test_the_day_to_look_at_lies_ahead(dora: Desk, project: int, look_on: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_what_if(dora, AS_OF, look_on, Supposed(project_id=project))
    assert isinstance(refused.value.problems[0], LookAheadOnly)


def test_a_shift_of_more_than_ten_years_is_refused(dora: Desk, project: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_what_if(dora, AS_OF, LOOK, Supposed(project_id=project, shift_days=3651))
    assert isinstance(refused.value.problems[0], NotANumber)


def test_shifting_there_and_not_at_all_are_told_apart_from_each_other(dora: Desk, project: int) -> None:
    supposed = Supposed(project_id=project, shift_days=60)
    shifted = read_what_if(dora, AS_OF, LOOK, supposed)
    still = read_what_if(dora, AS_OF, LOOK, replace(supposed, shift_days=0))
    assert (shifted.lights.height, still.lights.height) == (1, 0)
