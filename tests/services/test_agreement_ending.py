"""Terminating and abandoning agreements, and what becomes of their projects."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from db.models import Agreement, AuditEntry, Project, Suspension
from tests.agreement_samples import LILING, SUMMIT, logged
from tests.conftest import division_id
from tracker.errors import InvalidInput, NotAllowed, NotFound
from tracker.rules.termination import AlreadyOver, AlreadySigned, NotSigned
from tracker.services.agreement_file import read_agreement
from tracker.services.desk import Desk
from tracker.services.stage import abandon_agreement, enter_stage
from tracker.services.termination import projects_to_decide, terminate_agreement

DAY = date(2022, 5, 1)
WHY = {"ended_on": DAY, "reason": "the county withdrew"}


def _with_projects(desk: Desk, *names: str, **facts: Any) -> tuple[int, list[int]]:
    one = logged(desk)
    with desk.transaction() as work:
        rows = [
            Project(
                name=name,
                agreement_id=one,
                division_id=division_id(desk.database, LILING),
                pillar_id=1,
                opened_on=SUMMIT,
                **facts,
            )
            for name in names
        ]
        work.save_many(rows)
        return one, [row.key for row in rows]


def _refused(desk: Desk, agreement_id: int, **values: Any) -> set[str]:
    with pytest.raises(InvalidInput) as refusal:
        terminate_agreement(desk, agreement_id, WHY | values)
    return {problem.field for problem in refusal.value.problems}


def test_a_terminated_agreement_says_so(alice: Desk) -> None:
    one = logged(alice)
    terminate_agreement(alice, one, WHY)
    standing = read_agreement(alice, one, DAY).standing
    assert standing is not None
    assert standing["status"] == "terminated"


def test_the_reason_stands_in_the_record_and_in_the_audit_entry(alice: Desk) -> None:
    one = logged(alice)
    terminate_agreement(alice, one, WHY)
    with alice.reading() as session:
        agreement = session.get_one(Agreement, one)
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "agreement.terminated")).one()
    assert agreement.termination_reason == entry.reason == "the county withdrew"


def test_every_running_project_must_be_decided_about(alice: Desk) -> None:
    one, [first, second] = _with_projects(alice, "仓", "店")
    assert _refused(alice, one, fates={first: "keep"}) == {f"fate_{second}"}


def test_a_stopped_project_is_not_asked_about(alice: Desk) -> None:
    one, _ = _with_projects(alice, "仓", stopped_on=date(2021, 1, 1))
    assert projects_to_decide(alice, one) == []


def test_a_project_to_stop_was_stopped_on_that_day(alice: Desk) -> None:
    one, [project] = _with_projects(alice, "仓")
    terminate_agreement(alice, one, WHY | {"fates": {project: "stop"}})
    with alice.reading() as session:
        stopped = session.get_one(Project, project)
        assert (stopped.stopped_on, stopped.stop_reason) == (DAY, "the county withdrew")


def test_a_project_to_pause_rests_from_that_day(alice: Desk) -> None:
    one, [project] = _with_projects(alice, "仓")
    terminate_agreement(alice, one, WHY | {"fates": {project: "pause"}})
    with alice.reading() as session:
        rest = session.exec(select(Suspension).where(Suspension.project_id == project)).one()
        assert (rest.from_on, rest.to_on) == (DAY, None)


def test_a_project_to_keep_is_left_alone(alice: Desk) -> None:
    one, [project] = _with_projects(alice, "仓")
    terminate_agreement(alice, one, WHY | {"fates": {project: "keep"}})
    with alice.reading() as session:
        assert session.get_one(Project, project).stopped_on is None


def test_termination_needs_a_reason(alice: Desk) -> None:
    assert _refused(alice, logged(alice), reason=" ") == {"reason"}


def test_termination_before_signing_is_refused(alice: Desk) -> None:
    assert _refused(alice, logged(alice), ended_on=SUMMIT - timedelta(days=1)) == {"ended_on"}


def test_termination_in_the_future_is_refused(alice: Desk) -> None:
    assert _refused(alice, logged(alice), ended_on=alice.today + timedelta(days=1)) == {"ended_on"}


def test_an_agreement_is_terminated_once(alice: Desk) -> None:
    one = logged(alice)
    terminate_agreement(alice, one, WHY)
    with pytest.raises(AlreadyOver):
        terminate_agreement(alice, one, WHY)


def test_an_unsigned_agreement_cannot_be_terminated(alice: Desk) -> None:
    one = logged(alice, stage="draft")
    with pytest.raises(NotSigned):
        terminate_agreement(alice, one, WHY)


def test_an_unsigned_agreement_can_be_abandoned(alice: Desk) -> None:
    one = logged(alice, stage="negotiating", stage_on=date(2022, 1, 1), signed_on=None)
    abandon_agreement(alice, one, WHY)
    standing = read_agreement(alice, one, DAY).standing
    assert standing is not None
    assert standing["status"] == "abandoned"


def test_a_signed_agreement_cannot_be_abandoned(alice: Desk) -> None:
    one = logged(alice)
    with pytest.raises(AlreadySigned):
        abandon_agreement(alice, one, WHY)


def test_an_agreement_is_abandoned_once(alice: Desk) -> None:
    one = logged(alice, stage="negotiating", stage_on=date(2022, 1, 1), signed_on=None)
    abandon_agreement(alice, one, WHY)
    with pytest.raises(AlreadyOver):
        abandon_agreement(alice, one, WHY)


def test_an_unsigned_agreement_moves_from_stage_to_stage(alice: Desk) -> None:
    one = logged(alice, stage="draft", stage_on=date(2022, 1, 1), signed_on=None)
    enter_stage(alice, one, "awaiting_signature", date(2022, 2, 1))
    statuses = [read_agreement(alice, one, day).standing for day in (date(2022, 1, 31), date(2022, 2, 1))]
    assert [s["status"] for s in statuses if s] == ["draft", "awaiting_signature"]


def test_a_signed_agreement_enters_no_stage(alice: Desk) -> None:
    one = logged(alice)
    with pytest.raises(AlreadySigned):
        enter_stage(alice, one, "negotiating", DAY)


def test_charlie_cannot_terminate_what_he_does_not_see(alice: Desk, charlie: Desk) -> None:
    one = logged(alice)
    with pytest.raises(NotFound):
        terminate_agreement(charlie, one, WHY)


def test_bob_cannot_terminate_what_he_only_reads(alice: Desk, bob: Desk) -> None:
    one = logged(alice)
    with pytest.raises(NotAllowed):
        terminate_agreement(bob, one, WHY)


def test_bob_cannot_abandon_what_he_only_reads(alice: Desk, bob: Desk) -> None:
    one = logged(alice, stage="draft")
    with pytest.raises(NotAllowed):
        abandon_agreement(bob, one, WHY)


def test_charlie_cannot_move_what_he_does_not_see(alice: Desk, charlie: Desk) -> None:
    one = logged(alice, stage="draft")
    with pytest.raises(NotFound):
        enter_stage(charlie, one, "negotiating", DAY)
