"""Milestones: the grid saved whole, moved together, met, met in part, not met after all, cancelled."""

import threading
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlmodel import select

from db.engine import Database
from db.models import AuditEntry, Milestone
from db.queries.project import milestones_of
from tests.conftest import ON_SQLITE
from tests.services.planning import a_row, an_opened_project, grid_of
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotANumber, NotFound, ReasonRequired
from tracker.permissions import Person, Role
from tracker.rules.document import StoredFile
from tracker.rules.milestone_draft import AlreadyMet, GridConflict, InApprovedPlan, MilestoneCancelled
from tracker.services.desk import Desk
from tracker.services.document import read_documents, store_upload
from tracker.services.evidence import credit_milestone, meet_milestone, unmeet_milestone
from tracker.services.milestone import bring_back_milestone, cancel_milestone
from tracker.services.milestone_grid import move_milestones, save_milestones
from tracker.services.plan import approve_plan
from tracker.settings import Settings

SEPTEMBER = date(2020, 9, 1)


def _planned(desk: Desk, *rows: dict[str, object]) -> int:
    project = an_opened_project(desk)
    save_milestones(desk, project, rows or (a_row(), a_row("上线", due_on=date(2020, 12, 1))), seen={})
    return project


def _stored(desk: Desk, project: int) -> list[Milestone]:
    with desk.reading() as session:
        return milestones_of(session, project)


def _one(desk: Desk) -> Milestone:
    return _stored(desk, _planned(desk, a_row()))[0]


def _again(desk: Desk, milestone: Milestone) -> Milestone:
    with desk.reading() as session:
        return session.get(Milestone, milestone.key)


def test_added_rows_are_saved_in_their_order(alice: Desk) -> None:
    project = _planned(alice, a_row("一"), a_row("二"), a_row("三"))
    assert [m.name for m in _stored(alice, project)] == ["一", "二", "三"]


def test_a_changed_cell_is_saved(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    rows[0]["weight"] = 25
    save_milestones(alice, project, rows, seen=seen)
    assert _stored(alice, project)[0].weight == 25


def test_a_grid_without_changes_writes_nothing(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    before = [m.change_no for m in _stored(alice, project)]
    save_milestones(alice, project, rows, seen=seen)
    assert [m.change_no for m in _stored(alice, project)] == before


def test_one_saving_is_one_change_with_one_entry_per_row(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    for row in rows:
        row["weight"] = 25
    save_milestones(alice, project, rows, seen=seen)
    with alice.reading() as session:
        changed = session.exec(select(AuditEntry).where(AuditEntry.action == "milestone.changed")).all()
    assert len(changed) == 2
    assert len({e.change_no for e in changed}) == 1


def test_a_new_order_of_rows_is_saved(alice: Desk) -> None:
    project = _planned(alice, a_row("一"), a_row("二"), a_row("三"))
    rows, seen = grid_of(alice, project)
    save_milestones(alice, project, [rows[2], rows[0], rows[1]], seen=seen)
    assert [m.name for m in _stored(alice, project)] == ["三", "一", "二"]


def test_a_removed_row_is_withdrawn_with_its_reason(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    save_milestones(alice, project, rows[1:], seen=seen, reason="重复")
    with alice.reading() as session:
        assert session.get(Milestone, rows[0]["id"]).archive_reason == "重复"


def test_removing_a_row_needs_a_reason(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    with pytest.raises(ReasonRequired):
        save_milestones(alice, project, rows[1:], seen=seen)


def test_a_row_of_the_approved_plan_cannot_be_removed(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    approve_plan(dora, project, dora.today)
    rows, seen = grid_of(alice, project)
    with pytest.raises(InvalidInput) as caught:
        save_milestones(alice, project, rows[1:], seen=seen, reason="重复")
    assert isinstance(caught.value.problems[0], InApprovedPlan)


def test_a_wrong_row_saves_none_of_them(alice: Desk) -> None:
    project = an_opened_project(alice)
    with pytest.raises(InvalidInput):
        save_milestones(alice, project, [a_row("一"), a_row("二", weight=-1)], seen={})
    assert _stored(alice, project) == []


def test_sending_the_grid_twice_adds_its_rows_once(alice: Desk) -> None:
    project = an_opened_project(alice)
    for _ in range(2):
        save_milestones(alice, project, [a_row()], seen={}, token="t")
    assert len(_stored(alice, project)) == 1


def test_a_row_another_person_added_meanwhile_stays(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    save_milestones(dora, project, [*theirs, a_row("验收")], seen=theirs_seen)
    save_milestones(alice, project, rows, seen=seen)
    assert "验收" in [m.name for m in _stored(alice, project)]


def test_two_people_may_change_different_cells_of_one_row(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    theirs[0]["due_on"], rows[0]["weight"] = date(2020, 10, 1), 40
    save_milestones(dora, project, theirs, seen=theirs_seen)
    save_milestones(alice, project, rows, seen=seen)
    stored = _stored(alice, project)[0]
    assert (stored.due_on, stored.weight) == (date(2020, 10, 1), 40)


def test_the_second_editor_of_a_cell_sees_both_values(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    theirs[0]["due_on"], rows[0]["due_on"] = date(2020, 10, 1), date(2020, 11, 1)
    save_milestones(dora, project, theirs, seen=theirs_seen)
    with pytest.raises(GridConflict) as caught:
        save_milestones(alice, project, rows, seen=seen)
    assert caught.value.fields == {"启动会 · due_on": (date(2020, 10, 1), date(2020, 11, 1))}


def test_the_second_editor_is_told_who_was_first(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    theirs[0]["weight"], rows[0]["weight"] = 1, 2
    save_milestones(dora, project, theirs, seen=theirs_seen)
    with pytest.raises(GridConflict) as caught:
        save_milestones(alice, project, rows, seen=seen)
    assert caught.value.details["who"] == "dora"


def test_a_conflict_saves_nothing_of_the_grid(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    theirs[0]["weight"], rows[0]["weight"], rows[1]["weight"] = 1, 2, 99
    save_milestones(dora, project, theirs, seen=theirs_seen)
    with pytest.raises(GridConflict):
        save_milestones(alice, project, rows, seen=seen)
    assert _stored(alice, project)[1].weight == 10


def test_a_client_that_leaves_out_what_it_saw_overwrites_nothing(alice: Desk) -> None:
    project = _planned(alice)
    rows, _ = grid_of(alice, project)
    rows[0]["weight"] = 25
    with pytest.raises(GridConflict):
        save_milestones(alice, project, rows, seen={})


def test_removing_a_row_that_somebody_changed_is_a_conflict(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    theirs[0]["weight"] = 1
    save_milestones(dora, project, theirs, seen=theirs_seen)
    with pytest.raises(GridConflict) as caught:
        save_milestones(alice, project, rows[1:], seen=seen, reason="重复")
    assert caught.value.fields == {"启动会 · removed": (False, True)}


def test_changing_a_row_that_somebody_removed_is_a_conflict(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    save_milestones(dora, project, theirs[1:], seen=theirs_seen, reason="重复")
    rows[0]["weight"] = 2
    with pytest.raises(GridConflict) as caught:
        save_milestones(alice, project, rows, seen=seen)
    assert caught.value.fields == {"启动会 · removed": (True, False)}


def test_merged_cells_that_disagree_are_refused(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    theirs, theirs_seen = grid_of(dora, project)
    theirs[0]["due_on"], rows[0]["start_on"] = date(2020, 8, 1), date(2020, 8, 15)
    save_milestones(dora, project, theirs, seen=theirs_seen)
    with pytest.raises(InvalidInput) as caught:
        save_milestones(alice, project, rows, seen=seen)
    assert [p.field for p in caught.value.problems] == ["0.due_on"]


def test_two_windows_saving_at_once_lose_nothing(postgresql_database: Database, settings: Settings) -> None:
    """Both send the same cell in the same moment: one is saved, the other is told."""
    desks = [Desk(Person(name, Role.editor), postgresql_database, settings) for name in ("alice", "dora")]
    project = _planned(desks[0])
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def send(desk: Desk, weight: int) -> None:
        rows, seen = grid_of(desk, project)
        rows[0]["weight"] = weight
        gate.wait()
        try:
            save_milestones(desk, project, rows, seen=seen)
            outcomes.append("saved")
        except GridConflict as conflict:
            outcomes.append(f"told of {conflict.details['who']}")

    threads = [threading.Thread(target=send, args=(desk, 40 + i)) for i, desk in enumerate(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = {40: "alice", 41: "dora"}[_stored(desks[0], project)[0].weight]
    assert sorted(outcomes) == ["saved", f"told of {winner}"]


def test_all_unmet_milestones_are_moved_by_days(alice: Desk) -> None:
    project = _planned(alice)
    move_milestones(alice, project, 10)
    assert [m.due_on for m in _stored(alice, project)] == [date(2020, 9, 11), date(2020, 12, 11)]


def test_a_met_milestone_is_not_moved(alice: Desk) -> None:
    project = _planned(alice)
    meet_milestone(alice, _stored(alice, project)[0].key, {"met_on": SEPTEMBER}, seen=1)
    move_milestones(alice, project, 10)
    assert _stored(alice, project)[0].due_on == SEPTEMBER


def test_moving_beyond_the_calendar_moves_nothing(alice: Desk) -> None:
    project = _planned(alice, a_row("一"), a_row("二", due_on=date(2199, 12, 30)))
    with pytest.raises(InvalidInput):
        move_milestones(alice, project, 2)
    assert _stored(alice, project)[0].due_on == SEPTEMBER


@pytest.mark.parametrize("days", [0, 3661, -3661])
def test_a_move_of_no_or_too_many_days_is_refused(alice: Desk, days: int) -> None:
    project = _planned(alice)
    with pytest.raises(NotANumber):
        move_milestones(alice, project, days)


def test_a_milestone_is_met_with_day_and_evidence(alice: Desk) -> None:
    milestone = _one(alice)
    meet_milestone(alice, milestone.key, {"met_on": SEPTEMBER, "evidence_note": "签到表"}, seen=1)
    stored = _again(alice, milestone)
    assert (stored.met_on, stored.evidence_note) == (SEPTEMBER, "签到表")


def test_a_milestone_cannot_be_met_tomorrow(alice: Desk) -> None:
    milestone = _one(alice)
    with pytest.raises(InvalidInput):
        meet_milestone(alice, milestone.key, {"met_on": alice.today + timedelta(days=1)}, seen=1)


def test_a_second_day_of_meeting_is_shown_beside_the_first(alice: Desk, dora: Desk) -> None:
    milestone = _one(alice)
    meet_milestone(dora, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    with pytest.raises(EditConflict) as caught:
        meet_milestone(alice, milestone.key, {"met_on": date(2020, 9, 2)}, seen=1)
    assert caught.value.fields == {"met_on": (SEPTEMBER, date(2020, 9, 2))}


@pytest.mark.parametrize("percent", [1, 99])
def test_a_milestone_is_met_in_part(alice: Desk, percent: int) -> None:
    milestone = _one(alice)
    credit_milestone(alice, milestone.key, {"credit_percent": percent, "credited_on": SEPTEMBER}, seen=1)
    assert _again(alice, milestone).credit_percent == percent


@ON_SQLITE
@pytest.mark.parametrize("percent", [0, 100, -1, 101, float("nan"), 1e308, None])
def test_a_share_that_is_not_1_to_99_is_refused(alice: Desk, percent: float | None) -> None:
    milestone = _one(alice)
    with pytest.raises(InvalidInput):
        credit_milestone(alice, milestone.key, {"credit_percent": percent, "credited_on": SEPTEMBER}, seen=1)


def test_a_met_milestone_cannot_be_met_in_part(alice: Desk) -> None:
    milestone = _one(alice)
    meet_milestone(alice, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    with pytest.raises(AlreadyMet):
        credit_milestone(alice, milestone.key, {"credit_percent": 50, "credited_on": SEPTEMBER}, seen=2)


def test_taking_back_that_a_milestone_was_met_is_an_entry_with_its_reason(alice: Desk) -> None:
    milestone = _one(alice)
    meet_milestone(alice, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    unmeet_milestone(alice, milestone.key, "验收未通过", seen=2)
    with alice.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "milestone.unmet")).one()
    assert (entry.reason, entry.fields["met_on"]) == ("验收未通过", ["2020-09-01", None])


def test_taking_back_needs_a_reason(alice: Desk) -> None:
    milestone = _one(alice)
    with pytest.raises(ReasonRequired):
        unmeet_milestone(alice, milestone.key, " ", seen=1)


def test_a_cancelled_milestone_cannot_be_met(alice: Desk) -> None:
    milestone = _one(alice)
    cancel_milestone(alice, milestone.key, SEPTEMBER, "县里不再需要")
    with pytest.raises(MilestoneCancelled):
        meet_milestone(alice, milestone.key, {"met_on": SEPTEMBER}, seen=2)


def test_cancelling_needs_a_reason(alice: Desk) -> None:
    milestone = _one(alice)
    with pytest.raises(ReasonRequired):
        cancel_milestone(alice, milestone.key, SEPTEMBER, "")


def test_a_met_milestone_cannot_be_cancelled(alice: Desk) -> None:
    milestone = _one(alice)
    meet_milestone(alice, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    with pytest.raises(AlreadyMet):
        cancel_milestone(alice, milestone.key, SEPTEMBER, "不要了")


def test_a_cancelled_milestone_is_brought_back(alice: Desk) -> None:
    milestone = _one(alice)
    cancel_milestone(alice, milestone.key, SEPTEMBER, "县里不再需要")
    bring_back_milestone(alice, milestone.key, "县里又要")
    assert _again(alice, milestone).cancelled_on is None


def test_a_reader_cannot_save_the_grid(alice: Desk, bob: Desk) -> None:
    project = _planned(alice)
    with pytest.raises(NotAllowed):
        save_milestones(bob, project, [a_row()], seen={})


def test_a_milestone_elsewhere_is_not_found(alice: Desk, charlie: Desk) -> None:
    milestone = _one(alice)
    with pytest.raises(NotFound):
        meet_milestone(charlie, milestone.key, {"met_on": SEPTEMBER}, seen=1)


def test_a_grid_elsewhere_is_not_found(alice: Desk, charlie: Desk) -> None:
    project = _planned(alice)
    with pytest.raises(NotFound):
        save_milestones(charlie, project, [a_row()], seen={})


def _evidence(desk: Desk) -> StoredFile:
    return store_upload(desk, "验收单.pdf", BytesIO(b"%PDF-1.7\n1 0 obj\n"))


def test_a_milestone_and_the_file_that_proves_it_are_one_change(alice: Desk) -> None:
    milestone = _one(alice)
    values = {"met_on": SEPTEMBER, "evidence_note": ""}
    meet_milestone(alice, milestone.key, values, seen=milestone.version, evidence=_evidence(alice))
    [document] = read_documents(alice, milestone_id=milestone.key)
    assert document.versions[0].change_no == _again(alice, milestone).change_no


def test_the_same_evidence_sent_twice_is_attached_once(alice: Desk) -> None:
    milestone = _one(alice)
    values = {"met_on": SEPTEMBER, "evidence_note": ""}
    for _ in range(2):
        meet_milestone(alice, milestone.key, values, seen=milestone.version, evidence=_evidence(alice))
    assert len(read_documents(alice, milestone_id=milestone.key)) == 1


def test_a_refused_day_attaches_no_evidence(alice: Desk) -> None:
    milestone = _one(alice)
    values = {"met_on": alice.today + timedelta(days=1), "evidence_note": ""}
    with pytest.raises(InvalidInput):
        meet_milestone(alice, milestone.key, values, seen=milestone.version, evidence=_evidence(alice))
    assert read_documents(alice, milestone_id=milestone.key) == []
