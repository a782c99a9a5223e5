"""Evidence: what a key milestone cannot be met without, when it was recorded, shares, and taking back."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlmodel import col, select

from db.models import AuditEntry, Milestone, MilestoneCredit
from db.queries.forecast import credits_of
from db.queries.project import milestones_of
from tests.services.planning import a_row, an_opened_project, grid_of
from tracker.errors import InvalidInput
from tracker.rules.document import StoredFile
from tracker.rules.evidence import CreditedSince, EvidenceMissing, LastEvidence, MetBeforeStart
from tracker.services.desk import Desk
from tracker.services.document import archive_document, read_documents, store_upload
from tracker.services.evidence import credit_milestone, meet_milestone, unmeet_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan

SEPTEMBER = date(2020, 9, 1)
MET = {"met_on": SEPTEMBER}
LINK = MET | {"evidence_link": "https://example.com/验收单"}


def _milestone(desk: Desk, **marks: object) -> Milestone:
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row(**marks)], seen={})
    return _again(desk, project)


def _again(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def _stored(desk: Desk, milestone: Milestone) -> Milestone:
    return _again(desk, milestone.project_id)


def _file(desk: Desk) -> StoredFile:
    return store_upload(desk, "验收单.pdf", BytesIO(b"%PDF-1.7\n1 0 obj\n"))


def _credits(desk: Desk, milestone: Milestone) -> list[tuple[date, int]]:
    with desk.reading() as session:
        return [(c.credited_on, c.percent) for c in credits_of(session, [milestone.key])]


def _credit(desk: Desk, milestone: Milestone, percent: int, on: date = SEPTEMBER) -> None:
    seen = _stored(desk, milestone).version
    credit_milestone(desk, milestone.key, {"credit_percent": percent, "credited_on": on}, seen=seen)


@pytest.mark.parametrize("mark", ["is_key", "is_gate"])
def test_a_marked_milestone_is_not_met_without_evidence(alice: Desk, mark: str) -> None:
    milestone = _milestone(alice, **{mark: True})
    with pytest.raises(InvalidInput) as caught:
        meet_milestone(alice, milestone.key, MET | {"evidence_note": "已完成"}, seen=1)
    assert [(p.field, type(p)) for p in caught.value.problems] == [("evidence", EvidenceMissing)]


@pytest.mark.parametrize(
    "proof", [{"evidence_link": "https://example.com"}, {"evidence_witness": "商务局副局长"}]
)
def test_a_link_or_a_witness_is_evidence(alice: Desk, proof: dict[str, str]) -> None:
    milestone = _milestone(alice, is_gate=True)
    meet_milestone(alice, milestone.key, MET | proof, seen=1)
    assert _stored(alice, milestone).met_on == SEPTEMBER


def test_a_file_sent_along_is_evidence(alice: Desk) -> None:
    milestone = _milestone(alice, is_gate=True)
    meet_milestone(alice, milestone.key, MET, seen=1, evidence=_file(alice))
    assert _stored(alice, milestone).met_on == SEPTEMBER


def test_a_file_that_is_there_already_is_evidence(alice: Desk) -> None:
    milestone = _milestone(alice, is_gate=True)
    values = {"credit_percent": 50, "credited_on": SEPTEMBER}
    credit_milestone(alice, milestone.key, values, seen=1, evidence=_file(alice))
    meet_milestone(alice, milestone.key, MET, seen=_stored(alice, milestone).version)
    assert _stored(alice, milestone).met_on == SEPTEMBER


def test_a_milestone_without_a_mark_is_met_on_a_word(alice: Desk) -> None:
    milestone = _milestone(alice)
    meet_milestone(alice, milestone.key, MET, seen=1)
    assert _stored(alice, milestone).met_on == SEPTEMBER


def test_the_mark_of_the_approved_plan_counts_too(alice: Desk, dora: Desk) -> None:
    milestone = _milestone(alice, is_gate=True)
    approve_plan(dora, milestone.project_id, dora.today)
    rows, seen = grid_of(alice, milestone.project_id)
    rows[0]["is_gate"] = False
    save_milestones(alice, milestone.project_id, rows, seen=seen)
    with pytest.raises(InvalidInput):
        meet_milestone(alice, milestone.key, MET, seen=_stored(alice, milestone).version)


def test_a_met_milestone_without_evidence_does_not_become_a_gate(alice: Desk) -> None:
    milestone = _milestone(alice)
    meet_milestone(alice, milestone.key, MET, seen=1)
    rows, seen = grid_of(alice, milestone.project_id)
    rows[0]["is_gate"] = True
    with pytest.raises(InvalidInput) as caught:
        save_milestones(alice, milestone.project_id, rows, seen=seen)
    assert [(p.field, type(p)) for p in caught.value.problems] == [("0.is_gate", EvidenceMissing)]


def test_evidence_is_not_corrected_away(alice: Desk) -> None:
    milestone = _milestone(alice, is_key=True)
    meet_milestone(alice, milestone.key, LINK, seen=1)
    with pytest.raises(InvalidInput):
        meet_milestone(alice, milestone.key, MET, seen=2)


def test_the_only_evidence_of_a_met_gate_is_not_withdrawn(alice: Desk, dora: Desk) -> None:
    milestone = _milestone(alice, is_gate=True)
    meet_milestone(alice, milestone.key, MET, seen=1, evidence=_file(alice))
    [document] = read_documents(alice, milestone_id=milestone.key)
    with pytest.raises(LastEvidence):
        archive_document(dora, document.id, "传错文件")


def test_evidence_beside_other_evidence_is_withdrawn(alice: Desk, dora: Desk) -> None:
    milestone = _milestone(alice, is_gate=True)
    meet_milestone(alice, milestone.key, LINK, seen=1, evidence=_file(alice))
    [document] = read_documents(alice, milestone_id=milestone.key)
    archive_document(dora, document.id, "传错文件")
    assert read_documents(alice, milestone_id=milestone.key)[0].archived_at is not None


def test_evidence_of_what_is_not_met_is_withdrawn(alice: Desk, dora: Desk) -> None:
    milestone = _milestone(alice, is_gate=True)
    meet_milestone(alice, milestone.key, MET, seen=1, evidence=_file(alice))
    unmeet_milestone(alice, milestone.key, "验收未通过", seen=2)
    [document] = read_documents(alice, milestone_id=milestone.key)
    archive_document(dora, document.id, "传错文件")
    assert read_documents(alice, milestone_id=milestone.key)[0].archived_at is not None


def test_the_day_of_recording_is_kept_apart(alice: Desk) -> None:
    milestone = _milestone(alice)
    meet_milestone(alice, milestone.key, MET, seen=1)
    stored = _stored(alice, milestone)
    assert (stored.met_on, stored.met_recorded_on) == (SEPTEMBER, alice.today)


def test_correcting_the_note_keeps_the_day_of_recording(alice: Desk) -> None:
    milestone = _milestone(alice)
    meet_milestone(alice, milestone.key, MET, seen=1)
    with alice.transaction() as work:
        stored = work.get(Milestone, milestone.key)
        stored.met_recorded_on = date(2020, 9, 4)
        work.save(stored)
    meet_milestone(alice, milestone.key, MET | {"evidence_note": "签到表"}, seen=3)
    assert _stored(alice, milestone).met_recorded_on == date(2020, 9, 4)


def test_another_day_is_recorded_anew(alice: Desk) -> None:
    milestone = _milestone(alice)
    meet_milestone(alice, milestone.key, MET, seen=1)
    with alice.transaction() as work:
        stored = work.get(Milestone, milestone.key)
        stored.met_recorded_on = date(2020, 9, 4)
        work.save(stored)
    meet_milestone(alice, milestone.key, {"met_on": date(2020, 9, 2)}, seen=3)
    assert _stored(alice, milestone).met_recorded_on == alice.today


def test_met_before_the_start_is_asked_about(alice: Desk) -> None:
    milestone = _milestone(alice, start_on=SEPTEMBER)
    with pytest.raises(InvalidInput) as caught:
        meet_milestone(alice, milestone.key, {"met_on": date(2020, 8, 31)}, seen=1)
    assert [(p.field, type(p)) for p in caught.value.problems] == [("met_on", MetBeforeStart)]


def test_met_before_the_start_counts_once_confirmed(alice: Desk) -> None:
    milestone = _milestone(alice, start_on=SEPTEMBER)
    meet_milestone(alice, milestone.key, {"met_on": date(2020, 8, 31), "is_confirmed": True}, seen=1)
    assert _stored(alice, milestone).met_on == date(2020, 8, 31)


def test_a_share_before_the_start_is_asked_about(alice: Desk) -> None:
    milestone = _milestone(alice, start_on=SEPTEMBER)
    with pytest.raises(InvalidInput):
        _credit(alice, milestone, 50, date(2020, 8, 31))


def test_shares_are_kept_with_their_days(alice: Desk) -> None:
    milestone = _milestone(alice)
    _credit(alice, milestone, 40)
    _credit(alice, milestone, 60, date(2020, 9, 15))
    assert _credits(alice, milestone) == [(SEPTEMBER, 40), (date(2020, 9, 15), 60)]


def test_the_newest_share_stands_on_the_milestone(alice: Desk) -> None:
    milestone = _milestone(alice)
    _credit(alice, milestone, 40)
    _credit(alice, milestone, 60, date(2020, 9, 15))
    stored = _stored(alice, milestone)
    assert (stored.credited_on, stored.credit_percent) == (date(2020, 9, 15), 60)


def test_a_share_before_the_newest_is_refused(alice: Desk) -> None:
    milestone = _milestone(alice)
    _credit(alice, milestone, 40, date(2020, 9, 15))
    with pytest.raises(InvalidInput) as caught:
        _credit(alice, milestone, 20)
    assert [(p.field, type(p)) for p in caught.value.problems] == [("credited_on", CreditedSince)]


def test_the_same_share_sent_twice_is_stated_once(alice: Desk) -> None:
    milestone = _milestone(alice)
    for _ in range(2):
        _credit(alice, milestone, 40)
    assert _credits(alice, milestone) == [(SEPTEMBER, 40)]


def test_shares_taken_back_are_withdrawn_with_the_reason(alice: Desk) -> None:
    milestone = _milestone(alice)
    _credit(alice, milestone, 40)
    _credit(alice, milestone, 60, date(2020, 9, 15))
    unmeet_milestone(alice, milestone.key, "数据有误", seen=_stored(alice, milestone).version)
    with alice.reading() as session:
        reasons = [c.archive_reason for c in session.exec(select(MilestoneCredit))]
    assert (_stored(alice, milestone).credit_percent, reasons) == (None, ["数据有误"] * 2)


def test_a_share_stated_before_stands_when_the_whole_is_taken_back(alice: Desk) -> None:
    milestone = _milestone(alice)
    _credit(alice, milestone, 60)
    meet_milestone(alice, milestone.key, {"met_on": date(2020, 9, 15)}, seen=2)
    unmeet_milestone(alice, milestone.key, "验收未通过", seen=3)
    stored = _stored(alice, milestone)
    assert (stored.met_on, stored.met_recorded_on, stored.credit_percent) == (None, None, 60)


def test_what_was_taken_back_stays_in_the_history(alice: Desk) -> None:
    milestone = _milestone(alice)
    meet_milestone(alice, milestone.key, MET, seen=1)
    unmeet_milestone(alice, milestone.key, "验收未通过", seen=2)
    with alice.reading() as session:
        query = select(AuditEntry).where(AuditEntry.record_id == milestone.key).order_by(col(AuditEntry.id))
        acts = session.exec(query).all()
    told = [a.action for a in acts if a.entity == "milestone"]
    assert told == ["milestone.added", "milestone.met", "milestone.unmet"]


def test_evidence_missing_attaches_nothing_and_says_nothing_met(alice: Desk) -> None:
    milestone = _milestone(alice, is_gate=True, start_on=SEPTEMBER)
    early = {"met_on": SEPTEMBER - timedelta(days=1)}
    with pytest.raises(InvalidInput):
        meet_milestone(alice, milestone.key, early, seen=1, evidence=_file(alice))
    assert read_documents(alice, milestone_id=milestone.key) == []
