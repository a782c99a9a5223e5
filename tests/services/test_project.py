"""Projects: opened by hand and from templates, corrected, started, stopped, paused, withdrawn."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.models import AuditEntry, Milestone, Project, Suspension
from db.queries.project import milestones_of
from tests.conftest import division_id
from tests.services.planning import LILING, NANXIAN, SIGNED_ON, ZHUZHOU, a_row, a_template, an_agreement
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.rules.project_draft import AlreadyStopped, NotAParty, NotPaused
from tracker.services.agreement import archive_agreement
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones
from tracker.services.project import (
    archive_project,
    change_project,
    open_project,
    open_projects_from_template,
    restore_project,
)
from tracker.services.project_course import (
    accept_project,
    archive_pause,
    end_pause,
    go_live,
    pause_project,
    resume_project,
    start_project,
    stop_project,
)


def _values(desk: Desk, code: str = LILING, **values: object) -> dict[str, object]:
    return {"name": "农村电商", "pillar_id": 1, "division_id": division_id(desk.database, code)} | values


def _opened(desk: Desk, **values: object) -> int:
    return open_project(desk, an_agreement(desk.database), _values(desk, **values))


def _project(desk: Desk, project_id: int) -> Project:
    with desk.reading() as session:
        return session.get(Project, project_id)


def _fields(desk: Desk, project_id: int, **values: object) -> dict[str, object]:
    stored = _project(desk, project_id)
    return {"name": stored.name, "pillar_id": stored.pillar_id, "started_on": stored.started_on} | values


def test_a_project_is_opened_in_a_county_of_the_agreement(alice: Desk) -> None:
    project = _project(alice, _opened(alice))
    assert (project.name, project.opened_on) == ("农村电商", alice.today)


def test_a_project_may_lie_inside_a_prefecture_that_signed(alice: Desk) -> None:
    agreement = an_agreement(alice.database, ZHUZHOU)
    assert open_project(alice, agreement, _values(alice))


def test_a_project_in_a_county_the_agreement_does_not_bind_is_refused(alice: Desk) -> None:
    agreement = an_agreement(alice.database)
    with pytest.raises(NotAParty):
        open_project(alice, agreement, _values(alice, NANXIAN))


def test_a_project_exists_from_its_first_recorded_fact_on(alice: Desk) -> None:
    assert _project(alice, _opened(alice, started_on=date(2020, 8, 1))).opened_on == date(2020, 8, 1)


def test_sending_the_form_twice_opens_one_project(alice: Desk) -> None:
    agreement = an_agreement(alice.database)
    first, second = (open_project(alice, agreement, _values(alice), token="t") for _ in range(2))
    assert first == second


def test_a_reader_cannot_open_a_project(bob: Desk) -> None:
    agreement = an_agreement(bob.database)
    with pytest.raises(NotAllowed):
        open_project(bob, agreement, _values(bob))


def test_an_editor_elsewhere_does_not_find_the_agreement(charlie: Desk) -> None:
    agreement = an_agreement(charlie.database)
    with pytest.raises(NotFound):
        open_project(charlie, agreement, _values(charlie))


def test_opening_is_told_in_the_history(alice: Desk) -> None:
    project = _opened(alice)
    with alice.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.entity == "project")).all()
    assert [(e.record_id, e.action, e.actor) for e in entries] == [(project, "project.opened", "alice")]


def test_one_project_per_county_is_opened_from_templates(alice: Desk) -> None:
    agreement, template = an_agreement(alice.database, LILING, NANXIAN), a_template(alice.database)
    counties = [division_id(alice.database, code) for code in (LILING, NANXIAN)]
    ids = open_projects_from_template(alice, agreement, [(c, template) for c in counties], SIGNED_ON)
    assert [_project(alice, i).division_id for i in ids] == counties


def test_a_project_from_a_template_has_the_templates_milestones(alice: Desk) -> None:
    agreement, template = an_agreement(alice.database), a_template(alice.database)
    choice = (division_id(alice.database, LILING), template)
    [project] = open_projects_from_template(alice, agreement, [choice], SIGNED_ON)
    with alice.reading() as session:
        weights = session.exec(select(Milestone.weight).where(Milestone.project_id == project)).all()
    assert sum(weights) == 100


def test_a_project_from_a_template_is_named_after_county_and_template(alice: Desk) -> None:
    agreement, template = an_agreement(alice.database), a_template(alice.database)
    choice = (division_id(alice.database, LILING), template)
    [project] = open_projects_from_template(alice, agreement, [choice], SIGNED_ON)
    assert _project(alice, project).name.startswith("醴陵市")


def test_one_wrong_county_opens_none_of_the_projects(alice: Desk) -> None:
    agreement, template = an_agreement(alice.database), a_template(alice.database)
    counties = [division_id(alice.database, code) for code in (LILING, NANXIAN)]
    with pytest.raises(NotAParty):
        open_projects_from_template(alice, agreement, [(c, template) for c in counties], SIGNED_ON)
    with alice.reading() as session:
        assert session.exec(select(Project)).all() == []


def test_a_template_needs_its_anchor(alice: Desk) -> None:
    agreement = an_agreement(alice.database)
    with pytest.raises(InvalidInput) as caught:
        open_project(alice, agreement, _values(alice, template_id=a_template(alice.database)))
    assert [p.field for p in caught.value.problems] == ["anchor_on"]


def test_the_second_of_two_editors_sees_both_values(alice: Desk, dora: Desk) -> None:
    project = _opened(alice)
    seen = _project(alice, project).version
    change_project(dora, project, _fields(dora, project, name="她的"), seen=seen)
    with pytest.raises(EditConflict) as caught:
        change_project(alice, project, _fields(alice, project, name="我的"), seen=seen)
    assert caught.value.fields == {"name": ("她的", "我的")}


def test_a_project_of_another_region_is_not_found(alice: Desk, charlie: Desk) -> None:
    project = _opened(alice)
    with pytest.raises(NotFound):
        change_project(charlie, project, _fields(alice, project), seen=1)


def test_a_project_is_started_live_and_accepted_in_order(alice: Desk) -> None:
    project = _opened(alice)
    start_project(alice, project, date(2020, 8, 1), seen=1)
    go_live(alice, project, date(2020, 10, 1), seen=2)
    accept_project(alice, project, date(2020, 12, 1), seen=3)
    stored = _project(alice, project)
    assert (stored.started_on, stored.live_on, stored.accepted_on) == (
        date(2020, 8, 1),
        date(2020, 10, 1),
        date(2020, 12, 1),
    )


def test_a_start_before_the_first_known_day_moves_that_day_back(alice: Desk) -> None:
    project = _opened(alice)
    start_project(alice, project, date(2020, 8, 1), seen=1)
    assert _project(alice, project).opened_on == date(2020, 8, 1)


def test_going_live_needs_a_start(alice: Desk) -> None:
    project = _opened(alice)
    with pytest.raises(InvalidInput):
        go_live(alice, project, date(2020, 8, 1), seen=1)


def test_a_start_in_the_future_is_refused(alice: Desk) -> None:
    project = _opened(alice)
    with pytest.raises(InvalidInput):
        start_project(alice, project, alice.today + timedelta(days=1), seen=1)


def test_acceptance_before_going_live_is_refused(alice: Desk) -> None:
    project = _opened(alice, started_on=date(2020, 8, 1), live_on=date(2020, 10, 1))
    with pytest.raises(InvalidInput):
        accept_project(alice, project, date(2020, 9, 30), seen=1)


def test_a_second_starting_day_is_shown_beside_the_first(alice: Desk, dora: Desk) -> None:
    project = _opened(alice)
    start_project(dora, project, date(2020, 8, 1), seen=1)
    with pytest.raises(EditConflict) as caught:
        start_project(alice, project, date(2020, 8, 2), seen=1)
    assert caught.value.fields == {"started_on": (date(2020, 8, 1), date(2020, 8, 2))}


def test_a_project_is_stopped_with_day_and_reason(alice: Desk) -> None:
    project = _opened(alice, started_on=date(2020, 8, 1))
    stop_project(alice, project, {"stopped_on": date(2021, 1, 1), "stop_reason": "县里调整规划"}, seen=1)
    assert _project(alice, project).stop_reason == "县里调整规划"


def test_a_stop_without_a_reason_is_refused(alice: Desk) -> None:
    project = _opened(alice)
    with pytest.raises(InvalidInput):
        stop_project(alice, project, {"stopped_on": alice.today, "stop_reason": " "}, seen=1)


def test_a_stopped_project_cannot_go_live(alice: Desk) -> None:
    project = _opened(alice, started_on=date(2020, 8, 1))
    stop_project(alice, project, {"stopped_on": date(2021, 1, 1), "stop_reason": "调整"}, seen=1)
    with pytest.raises(AlreadyStopped):
        go_live(alice, project, date(2021, 2, 1), seen=2)


def test_a_stopped_project_can_be_resumed(alice: Desk) -> None:
    project = _opened(alice)
    stop_project(alice, project, {"stopped_on": alice.today, "stop_reason": "误操作"}, seen=1)
    resume_project(alice, project, "县里恢复")
    assert _project(alice, project).stopped_on is None


def test_resuming_needs_a_reason(alice: Desk) -> None:
    project = _opened(alice)
    with pytest.raises(ReasonRequired):
        resume_project(alice, project, "")


def test_a_pause_ends_on_the_day_before_work_goes_on(alice: Desk) -> None:
    project = _opened(alice)
    pause_project(alice, project, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    end_pause(alice, project, date(2020, 8, 11))
    with alice.reading() as session:
        assert session.exec(select(Suspension)).one().to_on == date(2020, 8, 10)


def test_ending_a_pause_tells_how_long_it_was(alice: Desk) -> None:
    project = _opened(alice)
    pause_project(alice, project, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    assert end_pause(alice, project, date(2020, 8, 11)) == 10


def test_pauses_cannot_overlap(alice: Desk) -> None:
    project = _opened(alice)
    pause_project(alice, project, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    with pytest.raises(InvalidInput):
        pause_project(alice, project, {"from_on": date(2020, 9, 1), "reason": "汛期"})


def test_a_pause_that_is_not_there_cannot_end(alice: Desk) -> None:
    project = _opened(alice)
    with pytest.raises(NotPaused):
        end_pause(alice, project, alice.today)


def test_a_pause_entered_in_error_is_withdrawn_with_a_reason(alice: Desk) -> None:
    project = _opened(alice)
    pause = pause_project(alice, project, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    archive_pause(alice, project, pause, "填错项目")
    with pytest.raises(NotPaused):
        end_pause(alice, project, alice.today)


def test_an_editor_cannot_withdraw_a_project(alice: Desk) -> None:
    project = _opened(alice)
    with pytest.raises(NotAllowed):
        archive_project(alice, project, "重复")


def test_a_withdrawn_project_cannot_be_changed(alice: Desk, dora: Desk) -> None:
    project = _opened(alice)
    archive_project(dora, project, "重复")
    with pytest.raises(Withdrawn):
        start_project(alice, project, date(2020, 8, 1), seen=2)


def test_a_withdrawn_project_comes_back(alice: Desk, dora: Desk) -> None:
    project = _opened(alice)
    archive_project(dora, project, "重复")
    restore_project(dora, project)
    assert _project(alice, project).archived_at is None


def test_a_pause_ends_and_the_plan_moves_in_one_change(alice: Desk) -> None:
    project = _opened(alice)
    save_milestones(alice, project, [a_row()], seen={})
    pause_project(alice, project, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    end_pause(alice, project, date(2020, 8, 11), moves_plan=True)
    with alice.reading() as session:
        [milestone] = milestones_of(session, project)
        assert milestone.due_on == date(2020, 9, 11)
        assert milestone.change_no == session.exec(select(Suspension)).one().change_no


def test_a_plan_that_cannot_move_leaves_the_pause_open(alice: Desk) -> None:
    project = _opened(alice)
    save_milestones(alice, project, [a_row(due_on=date(2199, 12, 31))], seen={})
    pause_project(alice, project, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    with pytest.raises(InvalidInput):
        end_pause(alice, project, date(2020, 8, 11), moves_plan=True)
    with alice.reading() as session:
        assert session.exec(select(Suspension)).one().to_on is None


def test_a_project_of_a_withdrawn_agreement_takes_no_milestones(alice: Desk, dora: Desk) -> None:
    project_id = _opened(alice)
    archive_agreement(dora, 1, "录入错误")
    with pytest.raises(Withdrawn):
        save_milestones(alice, project_id, [a_row()], seen={})
