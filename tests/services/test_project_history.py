"""A project's history field by field, and putting one value back."""

from datetime import date

import pytest

from db.models import Milestone, Project
from db.queries.project import milestones_of
from tests.services.planning import a_row, an_opened_project, grid_of
from tracker.errors import InvalidInput, NotAllowed, NotFound
from tracker.rules.evidence import EvidenceMissing
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.field_history import CannotBePutBack, FieldChange
from tracker.services.milestone_grid import save_milestones
from tracker.services.project import change_project
from tracker.services.project_history import project_history, put_project_value_back


def _changed(desk: Desk, project: int, field: str) -> FieldChange:
    return next(c for c in project_history(desk, project) if c.field == field)


def _renamed(desk: Desk) -> int:
    project = an_opened_project(desk)
    change_project(desk, project, {"name": "改名", "pillar_id": 1, "owner": "区域经理"}, seen=1)
    return project


def _with_changed_milestone(desk: Desk, **values: object) -> int:
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row()], seen={})
    rows, seen = grid_of(desk, project)
    rows[0] |= values
    save_milestones(desk, project, rows, seen=seen)
    return project


def _milestone(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def test_the_history_tells_old_and_new_of_each_field(alice: Desk) -> None:
    change = _changed(alice, _renamed(alice), "name")
    assert (change.old, change.new, change.actor) == ("农村电商", "改名", "alice")


def test_the_history_of_a_project_holds_its_milestones(alice: Desk) -> None:
    project = _with_changed_milestone(alice, weight=25)
    assert (_changed(alice, project, "weight").old, _changed(alice, project, "weight").new) == (10, 25)


def test_a_value_of_the_project_is_put_back(alice: Desk, dora: Desk) -> None:
    project = _renamed(alice)
    put_project_value_back(dora, project, _changed(dora, project, "name").entry_id, "name")
    with alice.reading() as session:
        assert session.get_one(Project, project).name == "农村电商"


def test_a_date_of_a_milestone_is_put_back(alice: Desk, dora: Desk) -> None:
    project = _with_changed_milestone(alice, due_on=date(2020, 10, 1))
    put_project_value_back(dora, project, _changed(dora, project, "due_on").entry_id, "due_on")
    assert _milestone(alice, project).due_on == date(2020, 9, 1)


def test_a_value_that_no_longer_fits_is_not_put_back(alice: Desk, dora: Desk) -> None:
    project = _with_changed_milestone(alice, due_on=date(2020, 10, 1), start_on=date(2020, 9, 15))
    with pytest.raises(InvalidInput):
        put_project_value_back(dora, project, _changed(dora, project, "due_on").entry_id, "due_on")


def test_that_a_milestone_was_met_is_not_put_back_without_a_reason(alice: Desk, dora: Desk) -> None:
    project = _with_changed_milestone(alice, weight=25)
    milestone = _milestone(alice, project)
    meet_milestone(alice, milestone.key, {"met_on": date(2020, 9, 1)}, seen=milestone.version)
    with pytest.raises(CannotBePutBack):
        put_project_value_back(dora, project, _changed(dora, project, "met_on").entry_id, "met_on")


def test_a_mark_is_not_put_back_on_what_was_met_without_evidence(alice: Desk, dora: Desk) -> None:
    project = _with_changed_milestone(alice, is_gate=True)
    rows, seen = grid_of(alice, project)
    rows[0]["is_gate"] = False
    save_milestones(alice, project, rows, seen=seen)
    milestone = _milestone(alice, project)
    meet_milestone(alice, milestone.key, {"met_on": date(2020, 9, 1)}, seen=milestone.version)
    with pytest.raises(EvidenceMissing):
        put_project_value_back(dora, project, _changed(dora, project, "is_gate").entry_id, "is_gate")


def test_an_entry_of_another_project_is_not_found(alice: Desk, dora: Desk) -> None:
    project = _renamed(alice)
    with pytest.raises(NotFound):
        put_project_value_back(dora, project, 999_999_999, "name")


def test_an_editor_cannot_put_a_value_back(alice: Desk) -> None:
    project = _renamed(alice)
    with pytest.raises(NotAllowed):
        put_project_value_back(alice, project, _changed(alice, project, "name").entry_id, "name")


def test_the_history_elsewhere_is_not_found(alice: Desk, charlie: Desk) -> None:
    project = _renamed(alice)
    with pytest.raises(NotFound):
        project_history(charlie, project)
