"""Changes of an approved plan: proposed by one person, approved by another, once, and only as proposed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import select

from db.engine import Database
from db.models import Baseline, Milestone, PlanProposal
from db.queries.plan_proposal import last_plan_change
from db.queries.project import frozen_in, milestones_of
from tests.conftest import ON_SQLITE
from tests.services.planning import a_planned_project, a_row, change_plan, grid_of
from tracker.errors import InTheFuture, InvalidInput, NotAllowed, NotFound, ReasonRequired, TrackerError
from tracker.permissions import Person, Role
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.project import projects_as_of
from tracker.rules.milestone_draft import AlreadyMet
from tracker.rules.plan import DueMissing, NothingToApprove, PlanEmpty, PlanMoved, WeightsZero
from tracker.rules.plan_proposal import (
    LastMilestone,
    NoPlanYet,
    NotItsAuthor,
    OwnProposal,
    ProposalDecided,
    ProposalOpen,
    SecondPersonNeeded,
)
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan
from tracker.services.plan_proposal import (
    approve_proposal,
    decline_proposal,
    open_proposals,
    project_proposals,
    propose_plan,
    withdraw_proposal,
)
from tracker.services.project import archive_project
from tracker.services.reading import portfolio_for

APPROVED, PROPOSED, LATER = date(2020, 8, 1), date(2020, 8, 10), date(2020, 8, 15)
OCTOBER = date(2020, 10, 1)


@pytest.fixture
def lena(dora: Desk) -> Desk:
    """A lead beside dora, so that there are two who may approve."""
    return replace(dora, person=Person("lena", Role.lead))


def _changed(desk: Desk, approver: Desk, **values: object) -> int:
    """A project whose plan was approved and then changed."""
    project = a_planned_project(desk)
    approve_plan(approver, project, APPROVED)
    change_plan(desk, project, **values or {"due_on": OCTOBER})
    return project


def _proposed(desk: Desk, approver: Desk) -> tuple[int, int]:
    project = _changed(desk, approver)
    return project, propose_plan(desk, project, "县里要求", proposed_on=PROPOSED)


def _baselines(desk: Desk) -> list[Baseline]:
    with desk.reading() as session:
        return list(session.exec(select(Baseline).order_by(Baseline.number)))


def _first(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def _problems(act: Callable[[], object]) -> list[type[TrackerError]]:
    with pytest.raises(InvalidInput) as caught:
        act()
    return [type(p) for p in caught.value.problems]


def test_what_one_person_proposes_another_approves(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    assert approve_proposal(dora, proposal, LATER) == 1


def test_the_baseline_names_author_approver_and_reason(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    approve_proposal(dora, proposal, LATER)
    newest = _baselines(dora)[-1]
    told = (newest.author, newest.approver, newest.reason, newest.approved_on, newest.self_approved)
    assert told == ("alice", "dora", "县里要求", LATER, False)


def test_the_original_plan_is_nobodys_proposal(alice: Desk, dora: Desk) -> None:
    approve_plan(dora, a_planned_project(alice), APPROVED)
    assert (_baselines(dora)[0].author, _baselines(dora)[0].self_approved) == ("", False)


def test_approving_moves_the_plan_in_force(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    approve_proposal(dora, proposal, LATER)
    row = milestones_as_of(portfolio_for(dora), LATER).row(0, named=True)
    assert (row["current_due_on"], row["original_due_on"]) == (OCTOBER, date(2020, 9, 1))


def test_proposing_alone_moves_nothing(alice: Desk, dora: Desk) -> None:
    _proposed(alice, dora)
    row = milestones_as_of(portfolio_for(dora), LATER).row(0, named=True)
    assert row["current_due_on"] == date(2020, 9, 1)


def test_the_author_cannot_approve(lena: Desk, dora: Desk) -> None:
    _, proposal = _proposed(lena, dora)
    with pytest.raises(OwnProposal):
        approve_proposal(lena, proposal, LATER)
    assert len(_baselines(dora)) == 1


def test_a_changed_plan_is_not_approved_in_one_step_where_others_could(dora: Desk) -> None:
    project = _changed(dora, dora)
    with pytest.raises(SecondPersonNeeded):
        approve_plan(dora, project, LATER, reason="县里要求")


def test_the_only_person_approves_a_changed_plan_in_one_step(alone: Desk) -> None:
    assert approve_plan(alone, _changed(alone, alone), LATER, reason="县里要求") == 1


def test_a_plan_approved_by_its_author_says_so(alone: Desk) -> None:
    approve_plan(alone, _changed(alone, alone), LATER, reason="县里要求")
    newest = _baselines(alone)[-1]
    assert (newest.author, newest.approver, newest.self_approved) == (
        alone.person.name,
        alone.person.name,
        True,
    )


def test_the_only_person_approves_even_what_they_proposed(alone: Desk) -> None:
    _, proposal = _proposed(alone, alone)
    approve_proposal(alone, proposal, LATER)
    assert _baselines(alone)[-1].self_approved


def test_one_step_gives_way_to_a_proposal_that_waits(alice: Desk, alone: Desk) -> None:
    project, _ = _proposed(alice, alone)
    with pytest.raises(ProposalOpen):
        approve_plan(alone, project, LATER, reason="县里要求")


def test_the_second_of_two_approvals_is_told_who_was_first(alice: Desk, dora: Desk, lena: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    approve_proposal(dora, proposal, LATER)
    with pytest.raises(ProposalDecided) as caught:
        approve_proposal(lena, proposal, LATER)
    assert caught.value.details["who"] == "dora"


def test_approving_the_original_plan_twice_makes_one(dora: Desk) -> None:
    project = a_planned_project(dora)
    approve_plan(dora, project, APPROVED)
    assert _problems(lambda: approve_plan(dora, project, APPROVED)) == [NothingToApprove]


@pytest.mark.parametrize("first", ["original", "proposal"])
def test_two_approvals_at_once_make_one_baseline(
    postgresql_database: Database, settings: Any, first: str
) -> None:
    desk = Desk(Person("dora", Role.administrator), postgresql_database, settings)
    author = replace(desk, person=Person("alice", Role.editor))
    project = a_planned_project(author)
    number, proposal = 0, 0
    if first == "proposal":
        approve_plan(desk, project, APPROVED)
        change_plan(author, project, due_on=OCTOBER)
        number, proposal = 1, propose_plan(author, project, "县里要求", proposed_on=PROPOSED)
    url = postgresql_database.url.render_as_string(hide_password=False)
    desks = [replace(desk, person=Person(n, Role.lead), database=Database(url)) for n in ("lena", "lars")]
    start = Barrier(len(desks))

    def approve(one: Desk) -> object:
        start.wait()
        try:
            if proposal:
                return approve_proposal(one, proposal, LATER)
            return approve_plan(one, project, APPROVED)
        except TrackerError as refused:
            return type(refused)

    with ThreadPoolExecutor(len(desks)) as pool:
        outcomes = list(pool.map(approve, desks))
    for one in desks:
        one.database.close()
    assert number in outcomes
    assert {ProposalDecided, InvalidInput} & set(outcomes)
    assert [b.number for b in _baselines(desk)] == list(range(number + 1))


def test_a_proposal_needs_a_reason(alice: Desk, dora: Desk) -> None:
    project = _changed(alice, dora)
    with pytest.raises(ReasonRequired):
        propose_plan(alice, project, "  ")


def test_a_second_proposal_waits_for_the_first(alice: Desk, dora: Desk) -> None:
    project, _ = _proposed(alice, dora)
    with pytest.raises(ProposalOpen) as caught:
        propose_plan(dora, project, "再调整")
    assert caught.value.details == {"author": "alice", "day": PROPOSED}


def test_a_decided_proposal_makes_room_for_the_next(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    decline_proposal(dora, proposal, "先补证明")
    assert propose_plan(alice, project, "已补") > proposal


def test_sending_a_proposal_twice_makes_one(alice: Desk, dora: Desk) -> None:
    project = _changed(alice, dora)
    first, second = (propose_plan(alice, project, "县里要求", token="t") for _ in range(2))
    assert first == second


def test_there_is_nothing_to_change_before_the_first_approval(alice: Desk) -> None:
    with pytest.raises(NoPlanYet):
        propose_plan(alice, a_planned_project(alice), "县里要求")


def test_an_unchanged_plan_is_not_proposed(alice: Desk, dora: Desk) -> None:
    project = a_planned_project(alice)
    approve_plan(dora, project, APPROVED)
    assert _problems(lambda: propose_plan(alice, project, "县里要求")) == [NothingToApprove]


@ON_SQLITE
@pytest.mark.parametrize(
    ("values", "problem"), [({"weight": 0}, WeightsZero), ({"due_on": None}, DueMissing)]
)
def test_a_plan_that_cannot_be_approved_is_not_proposed(
    alice: Desk, dora: Desk, values: dict[str, object], problem: type[TrackerError]
) -> None:
    project = a_planned_project(alice, a_row())
    approve_plan(dora, project, APPROVED)
    change_plan(alice, project, **values)
    assert _problems(lambda: propose_plan(alice, project, "县里要求")) == [problem]


@ON_SQLITE
@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), 10_001, 1.5])
def test_a_weight_that_is_no_share_never_reaches_a_plan(alice: Desk, weight: float) -> None:
    project = a_planned_project(alice)
    rows, seen = grid_of(alice, project)
    rows[0]["weight"] = weight
    with pytest.raises(InvalidInput):
        save_milestones(alice, project, rows, seen=seen)


def test_a_proposal_is_not_dated_ahead(alice: Desk, dora: Desk) -> None:
    project = _changed(alice, dora)
    tomorrow = alice.today + timedelta(days=1)
    assert _problems(lambda: propose_plan(alice, project, "县里要求", proposed_on=tomorrow)) == [InTheFuture]


@pytest.mark.parametrize("day", [APPROVED - timedelta(days=1), PROPOSED - timedelta(days=1)])
def test_an_approval_is_not_dated_before_its_proposal(alice: Desk, dora: Desk, day: date) -> None:
    _, proposal = _proposed(alice, dora)
    with pytest.raises(InvalidInput):
        approve_proposal(dora, proposal, day)


def test_an_approval_on_the_day_of_the_proposal_holds(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    assert approve_proposal(dora, proposal, PROPOSED) == 1


def test_a_plan_changed_since_it_was_proposed_is_not_approved(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    change_plan(alice, project, weight=25)
    with pytest.raises(PlanMoved):
        approve_proposal(dora, proposal, LATER)


def test_a_milestone_withdrawn_since_is_a_change_of_the_plan(alice: Desk, dora: Desk) -> None:
    project = a_planned_project(alice)
    approve_plan(dora, project, APPROVED)
    rows, seen = grid_of(alice, project)
    save_milestones(alice, project, [*rows, a_row("加项")], seen=seen)
    proposal = propose_plan(alice, project, "加一项", proposed_on=PROPOSED)
    rows, seen = grid_of(alice, project)
    save_milestones(alice, project, rows[:2], seen=seen, reason="不加了")
    with pytest.raises(PlanMoved):
        approve_proposal(dora, proposal, LATER)


def test_a_plan_changed_since_the_author_looked_is_not_proposed(alice: Desk, dora: Desk) -> None:
    project = _changed(alice, dora)
    with alice.reading() as session:
        seen = last_plan_change(session, project)
    change_plan(dora, project, weight=25)
    with pytest.raises(PlanMoved):
        propose_plan(alice, project, "县里要求", seen=seen)


def test_a_milestone_met_meanwhile_does_not_stand_in_the_way(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    first = _first(alice, project)
    meet_milestone(alice, first.key, {"met_on": LATER, "evidence_note": "签到表"}, seen=first.version)
    assert approve_proposal(dora, proposal, LATER) == 1


def test_an_editor_cannot_approve_a_proposal(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    with pytest.raises(NotAllowed):
        approve_proposal(alice, proposal, LATER)


def test_a_proposal_elsewhere_is_not_found(alice: Desk, dora: Desk, charlie: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    with pytest.raises(NotFound):
        decline_proposal(charlie, proposal, "不同意")


def test_a_proposal_that_does_not_exist_is_not_found(dora: Desk) -> None:
    with pytest.raises(NotFound):
        approve_proposal(dora, 99, LATER)


def test_a_withdrawn_projects_proposal_is_not_approved(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    archive_project(dora, project, "重复录入")
    with pytest.raises(Withdrawn):
        approve_proposal(dora, proposal, LATER)


def test_declining_keeps_the_plan_and_says_why(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    decline_proposal(dora, proposal, "先补证明")
    told = project_proposals(alice, project)[0]
    assert (told["decision"], told["decided_by"], told["decision_note"]) == ("returned", "dora", "先补证明")
    assert len(_baselines(dora)) == 1


def test_declining_needs_a_note(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    with pytest.raises(ReasonRequired) as caught:
        decline_proposal(dora, proposal, "")
    assert caught.value.field == "decision_note"


def test_the_author_withdraws(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    withdraw_proposal(alice, proposal)
    assert project_proposals(alice, project)[0]["decision"] == "withdrawn"


def test_nobody_else_withdraws(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    with pytest.raises(NotItsAuthor):
        withdraw_proposal(dora, proposal)


def test_what_was_withdrawn_is_not_approved(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    withdraw_proposal(alice, proposal)
    with pytest.raises(ProposalDecided):
        approve_proposal(dora, proposal, LATER)


def test_open_proposals_name_project_author_day_and_reason(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    row = open_proposals(dora).row(0, named=True)
    known = {"id": proposal, "project_id": project, "project": "农村电商"}
    assert row == known | {"author": "alice", "proposed_on": PROPOSED, "reason": "县里要求"}


def test_a_decided_proposal_is_no_longer_open(alice: Desk, dora: Desk) -> None:
    _, proposal = _proposed(alice, dora)
    approve_proposal(dora, proposal, LATER)
    assert open_proposals(dora).is_empty()


def test_proposals_elsewhere_are_not_listed(alice: Desk, dora: Desk, charlie: Desk) -> None:
    _proposed(alice, dora)
    assert open_proposals(charlie).is_empty()


def _approved(desk: Desk, approver: Desk, *rows: dict[str, object]) -> tuple[int, Milestone]:
    project = a_planned_project(desk, *rows)
    approve_plan(approver, project, APPROVED)
    return project, _first(desk, project)


def test_cancelling_in_an_approved_plan_is_proposed(alice: Desk, dora: Desk) -> None:
    project, first = _approved(alice, dora)
    assert cancel_milestone(alice, first.key, LATER, "县里不再需要") is False
    told = project_proposals(alice, project)[0]
    assert (told["milestone_id"], told["cancelled_on"], told["name"]) == (first.key, LATER, "启动会")
    assert _first(alice, project).cancelled_on is None


def test_a_cancellation_is_approved_as_a_baseline_without_it(alice: Desk, dora: Desk) -> None:
    _, first = _approved(alice, dora)
    cancel_milestone(alice, first.key, LATER, "县里不再需要")
    [proposal] = open_proposals(dora)["id"]
    assert approve_proposal(dora, proposal, dora.today) == 1
    with dora.reading() as session:
        frozen = frozen_in(session, _baselines(dora)[-1].key)
    assert first.key not in [f.milestone_id for f in frozen]


def test_a_cancellation_counts_from_its_approval_on(alice: Desk, dora: Desk) -> None:
    project, first = _approved(alice, dora)
    cancel_milestone(alice, first.key, LATER, "县里不再需要")
    [proposal] = open_proposals(dora)["id"]
    approve_proposal(dora, proposal, dora.today)
    assert _first(dora, project).cancelled_on == dora.today


def test_a_cancellation_does_not_approve_what_was_typed_besides(alice: Desk, dora: Desk) -> None:
    project, first = _approved(alice, dora)
    rows, seen = grid_of(alice, project)
    rows[1]["weight"] = 99
    save_milestones(alice, project, rows, seen=seen)
    cancel_milestone(alice, first.key, LATER, "县里不再需要")
    [proposal] = open_proposals(dora)["id"]
    approve_proposal(dora, proposal, dora.today)
    assert projects_as_of(portfolio_for(dora), dora.today)["weight_total"].item() == 1000


def test_a_milestone_met_before_its_cancellation_is_approved_stays(alice: Desk, dora: Desk) -> None:
    _, first = _approved(alice, dora)
    cancel_milestone(alice, first.key, LATER, "县里不再需要")
    meet_milestone(alice, first.key, {"met_on": LATER, "evidence_note": "签到表"}, seen=first.version)
    [proposal] = open_proposals(dora)["id"]
    with pytest.raises(AlreadyMet):
        approve_proposal(dora, proposal, dora.today)


def test_the_only_person_cancels_at_once(alone: Desk) -> None:
    project, first = _approved(alone, alone)
    assert cancel_milestone(alone, first.key, LATER, "县里不再需要") is True
    newest = _baselines(alone)[-1]
    assert (newest.approved_on, newest.self_approved) == (LATER, True)
    assert _first(alone, project).cancelled_on == LATER


def test_what_the_approved_plan_does_not_hold_is_cancelled_at_once(alice: Desk, dora: Desk) -> None:
    project, _ = _approved(alice, dora)
    rows, seen = grid_of(alice, project)
    save_milestones(alice, project, [*rows, a_row("加项")], seen=seen)
    with alice.reading() as session:
        added = milestones_of(session, project)[2].key
    assert cancel_milestone(alice, added, LATER, "不加了") is True


@ON_SQLITE
def test_the_last_milestone_of_a_plan_is_not_cancelled(alice: Desk, dora: Desk) -> None:
    _, first = _approved(alice, dora, a_row())
    assert _problems(lambda: cancel_milestone(alice, first.key, LATER, "不要了")) == [LastMilestone]


@ON_SQLITE
def test_cancelling_all_that_has_weight_is_refused(alice: Desk, dora: Desk) -> None:
    _, first = _approved(alice, dora, a_row(), a_row("二", weight=0))
    assert _problems(lambda: cancel_milestone(alice, first.key, LATER, "不要了")) == [WeightsZero]


@ON_SQLITE
def test_a_plan_left_without_milestones_is_not_proposed(alice: Desk, dora: Desk) -> None:
    project, _ = _approved(alice, dora, a_row())
    with dora.transaction(reason="试") as work:
        milestone = milestones_of(work.session, project)[0]
        milestone.cancelled_on = LATER
        work.save(milestone, "milestone.cancelled")
    assert _problems(lambda: propose_plan(alice, project, "县里要求"))[:1] == [PlanEmpty]


def test_every_proposal_is_kept(alice: Desk, dora: Desk) -> None:
    project, proposal = _proposed(alice, dora)
    decline_proposal(dora, proposal, "先补证明")
    propose_plan(alice, project, "已补")
    with alice.reading() as session:
        assert len(session.exec(select(PlanProposal)).all()) == 2
