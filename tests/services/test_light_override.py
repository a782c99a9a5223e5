"""Lights set by a person: with a reason, for a while, one at a time, beside the computed one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from db.models import Project
from tests.conftest import ON_SQLITE
from tests.services.dated_desk import on
from tests.services.planning import a_row, an_opened_project
from tracker.errors import EndBeforeStart, InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.permissions import Person, Role
from tracker.rules.light_override import (
    GreenWithoutPlan,
    LightSetAlready,
    NoLightToSet,
    OverrideOver,
    OverrideTooLong,
)
from tracker.services.desk import Desk
from tracker.services.light import LightSheet, read_light
from tracker.services.light_override import lift_light, set_light
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan
from tracker.services.project_course import pause_project, stop_project
from tracker.services.project_sheet import read_project
from tracker.services.threshold import change_thresholds

TODAY = date(2020, 8, 10)
LAST = TODAY + timedelta(days=29)


@pytest.fixture
def dora(dora: Desk) -> Desk:
    """The administrator, on one day for all tests."""
    return on(dora, TODAY)


@pytest.fixture
def project(dora: Desk) -> int:
    """A started project with an approved plan of which nothing is due: green."""
    project_id = an_opened_project(dora)
    save_milestones(dora, project_id, [a_row()], seen={})
    approve_plan(dora, project_id, TODAY, seen=_shown(dora, project_id))
    return project_id


def _shown(desk: Desk, project_id: int) -> int:
    return read_project(desk, project_id, desk.today).plan_change_no


def _values(**changes: Any) -> dict[str, Any]:
    return {"colour": "red", "until_on": LAST, "reason": "县里换了分管领导"} | changes


def _light(desk: Desk, project_id: int, as_of: date = TODAY) -> LightSheet:
    sheet = read_light(desk, project_id, as_of)
    assert sheet is not None
    return sheet


def _refused(desk: Desk, project_id: int, **changes: Any) -> list[type[Exception]]:
    with pytest.raises(InvalidInput) as caught:
        set_light(desk, project_id, _values(**changes))
    return [type(problem) for problem in caught.value.problems]


def test_a_set_light_is_shown_and_the_computed_one_stays(dora: Desk, project: int) -> None:
    set_light(dora, project, _values())
    row = _light(dora, project).row
    assert (row["light"], row["computed_light"], row["override_until_on"]) == ("red", "green", LAST)


def test_a_set_light_holds_until_its_last_day(dora: Desk, project: int) -> None:
    set_light(dora, project, _values(until_on=TODAY))
    days = (TODAY, TODAY + timedelta(days=1))
    assert [_light(dora, project, day).row["light"] for day in days] == ["red", "green"]


def test_who_set_it_is_kept(dora: Desk, project: int) -> None:
    set_light(dora, project, _values())
    assert [o.author for o in _light(dora, project).overrides] == ["dora"]


def test_thirty_days_are_the_most_both_ends_included(dora: Desk, project: int) -> None:
    assert _refused(dora, project, until_on=LAST + timedelta(days=1)) == [OverrideTooLong]


def test_the_most_is_a_threshold(dora: Desk, project: int) -> None:
    change_thresholds(dora, {"override_days": 5}, seen=0)
    assert _refused(dora, project, until_on=TODAY + timedelta(days=5)) == [OverrideTooLong]


@ON_SQLITE
@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed(dora: Desk, project: int, reason: str) -> None:
    assert _refused(dora, project, reason=reason) == [ReasonRequired]


@ON_SQLITE
def test_it_cannot_end_before_today(dora: Desk, project: int) -> None:
    assert _refused(dora, project, until_on=TODAY - timedelta(days=1)) == [EndBeforeStart]


@ON_SQLITE
@pytest.mark.parametrize("colour", ["blue", "grey", "stopped", None, ""])
def test_only_a_colour_of_the_lights_can_be_set(dora: Desk, project: int, colour: Any) -> None:
    assert len(_refused(dora, project, colour=colour)) == 1


def test_green_is_refused_without_an_approved_plan(dora: Desk) -> None:
    assert _refused(dora, an_opened_project(dora), colour="green") == [GreenWithoutPlan]


def test_a_warning_can_be_set_without_an_approved_plan(dora: Desk) -> None:
    project = an_opened_project(dora)
    set_light(dora, project, _values(colour="yellow"))
    assert _light(dora, project).row["light"] == "yellow"


def test_a_stopped_project_has_no_light_to_set(dora: Desk, project: int) -> None:
    with dora.reading() as session:
        seen = session.get_one(Project, project).version
    stop_project(dora, project, {"stopped_on": TODAY, "stop_reason": "取消"}, seen=seen)
    with pytest.raises(NoLightToSet):
        set_light(dora, project, _values())


def test_a_resting_project_has_no_light_to_set(dora: Desk, project: int) -> None:
    pause_project(dora, project, {"from_on": TODAY, "to_on": None, "reason": "汛期"})
    with pytest.raises(NoLightToSet):
        set_light(dora, project, _values())


def test_a_second_person_is_told_of_the_first_ones(dora: Desk, project: int) -> None:
    set_light(dora, project, _values())
    with pytest.raises(LightSetAlready) as caught:
        set_light(dora, project, _values(colour="yellow"))
    assert caught.value.details == {"author": "dora", "until_on": LAST}


def test_sending_a_light_twice_sets_one(dora: Desk, project: int) -> None:
    first, second = (set_light(dora, project, _values(), token="t") for _ in range(2))
    assert first == second


def test_a_lifted_light_gives_way_to_the_computed_one(dora: Desk, project: int) -> None:
    override = set_light(dora, project, _values())
    lift_light(dora, override)
    assert _light(dora, project).row["light"] == "green"


def test_a_light_lifted_later_held_until_then(dora: Desk, project: int) -> None:
    override = set_light(dora, project, _values())
    tomorrow = TODAY + timedelta(days=1)
    lift_light(on(dora, tomorrow), override)
    assert [_light(dora, project, day).row["light"] for day in (TODAY, tomorrow)] == ["red", "green"]


def test_after_lifting_another_can_be_set(dora: Desk, project: int) -> None:
    lift_light(dora, set_light(dora, project, _values()))
    set_light(dora, project, _values(colour="yellow"))
    assert _light(dora, project).row["light"] == "yellow"


def test_after_the_last_day_another_can_be_set(dora: Desk, project: int) -> None:
    set_light(dora, project, _values(until_on=TODAY))
    later = on(dora, TODAY + timedelta(days=1))
    set_light(later, project, _values(colour="yellow"))
    assert _light(later, project, later.today).row["light"] == "yellow"


def test_who_lifts_second_is_told_that_it_is_over(dora: Desk, project: int) -> None:
    override = set_light(dora, project, _values())
    lift_light(dora, override)
    with pytest.raises(OverrideOver):
        lift_light(dora, override)


def test_what_has_ended_cannot_be_lifted(dora: Desk, project: int) -> None:
    override = set_light(dora, project, _values(until_on=TODAY))
    with pytest.raises(OverrideOver):
        lift_light(on(dora, LAST), override)


def test_an_editor_cannot_set_a_light(alice: Desk, dora: Desk, project: int) -> None:
    with pytest.raises(NotAllowed):
        set_light(alice, project, _values())


def test_a_lead_elsewhere_does_not_find_the_project(charlie: Desk, dora: Desk, project: int) -> None:
    with pytest.raises(NotFound):
        set_light(charlie, project, _values())


def test_the_reason_is_in_the_history(dora: Desk, project: int) -> None:
    set_light(dora, project, _values())
    assert _light(dora, project).overrides[0].reason == "县里换了分管领导"


def test_the_overdue_milestones_are_named(dora: Desk, project: int) -> None:
    sheet = _light(dora, project, date(2020, 9, 2))
    assert (sheet.late, sheet.late_keys, sheet.row["light"]) == (("启动会",), (), "red")


def test_a_project_that_is_not_there_yet_has_no_light(dora: Desk, project: int) -> None:
    assert read_light(dora, project, date(2020, 7, 1)) is None


def test_a_person_by_name_is_told_to_the_second(dora: Desk, project: int) -> None:
    set_light(replace(dora, person=Person("eve", Role.lead)), project, _values())
    assert (standing := _light(dora, project).standing) is not None
    assert standing.author == "eve"
