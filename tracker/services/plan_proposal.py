"""Changes of an approved plan: proposed with a reason, then approved, declined or withdrawn."""

from datetime import date
from typing import Any

import polars as pl
from sqlmodel import Session

from db.models.baseline import BaselineMilestone, PlanProposal
from db.models.milestone import Milestone
from db.queries.plan_proposal import last_plan_change, proposals_of, undecided
from db.transaction import Transaction
from db.vocabulary import Decision
from tracker.errors import NotFound
from tracker.permissions import Person, works_alone
from tracker.portfolio.project import projects_as_of
from tracker.rules.checks import in_order, not_after_today, raise_any, reason_given
from tracker.rules.milestone_draft import AlreadyMet, MilestoneCancelled
from tracker.rules.plan_proposal import (
    NoPlanYet,
    NotItsAuthor,
    ProposalDecided,
    problems_without,
    refuse_author,
)
from tracker.services.baseline import (
    freeze,
    newest_frozen,
    plan_moved_since,
    plan_problems,
    refuse_moved,
    refuse_open,
    running_plan,
)
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_project, writable_milestone, writable_project
from tracker.services.reading import portfolio_for


def propose_plan(
    desk: Desk,
    project_id: int,
    reason: str,
    *,
    seen: int | None = None,
    proposed_on: date | None = None,
    token: str = "",
) -> int:
    """Put the typed plan before an approver as the project's next baseline, and return the proposal's id.

    `seen` is the change number of the plan the author looked at; `proposed_on` is today unless given.
    Raises: NotFound, NotAllowed, ReasonRequired, NoPlanYet, ProposalOpen, PlanMoved, InvalidInput,
    Withdrawn, StorageError.
    """
    desk.allow("plan.propose", divisions_of_project(desk, project_id))
    day = proposed_on or desk.today
    with desk.transaction(reason=reason_given(reason), token=token) as work:
        if work.outcome is not None:
            return work.outcome[0]
        writable_project(work, project_id)
        refuse_moved(work, project_id, seen)
        refuse_open(work, project_id)
        newest, _ = newest_frozen(work, project_id)
        if newest is None:
            raise NoPlanYet
        problems = plan_problems(work, project_id, running_plan(work, project_id))
        problems += not_after_today("proposed_on", day, desk.today)
        raise_any(problems + in_order("proposed_on", newest.approved_on, day))
        work.outcome = [_put_forward(work, project_id, day).key]
        return work.outcome[0]


def approve_proposal(desk: Desk, proposal_id: int, approved_on: date, *, seen: int | None = None) -> int:
    """Make what was proposed the plan in force from `approved_on`, and return the baseline's number.

    `seen` is the change number of the plan the approver looked at. A cancellation that was proposed counts
    from the approval on.
    Raises: NotFound, NotAllowed, OwnProposal, ProposalDecided, PlanMoved, InvalidInput, AlreadyMet,
    MilestoneCancelled, Withdrawn, StorageError.
    """
    desk.allow("plan.approve", _divisions(desk, proposal_id))
    with desk.transaction(reason=_reason(desk, proposal_id)) as work:
        proposal = _waiting(work, proposal_id)
        refuse_author(desk.person, proposal.author)
        newest, _ = newest_frozen(work, proposal.project_id)
        problems = not_after_today("approved_on", approved_on, desk.today)
        problems += in_order("approved_on", proposal.proposed_on, approved_on)
        if newest and not problems:
            problems = in_order("approved_on", newest.approved_on, approved_on)
        raise_any(problems)
        plan = _proposed(work, proposal, approved_on, seen)
        _decide(work, proposal, Decision.accepted, desk.today)
        project = writable_project(work, proposal.project_id)
        return freeze(work, project, plan, approved_on, author=proposal.author)


def decline_proposal(desk: Desk, proposal_id: int, note: str) -> None:
    """Leave the approved plan as it is, and tell the author why.

    Raises: NotFound, NotAllowed, ReasonRequired, ProposalDecided, StorageError.
    """
    desk.allow("plan.approve", _divisions(desk, proposal_id))
    with desk.transaction(reason=reason_given(note, "decision_note")) as work:
        _decide(work, _waiting(work, proposal_id), Decision.returned, desk.today)


def withdraw_proposal(desk: Desk, proposal_id: int) -> None:
    """Take one's own proposal back before it is decided.

    Raises: NotFound, NotAllowed, NotItsAuthor, ProposalDecided, StorageError.
    """
    desk.allow("plan.propose", _divisions(desk, proposal_id))
    with desk.transaction() as work:
        proposal = _waiting(work, proposal_id)
        if proposal.author != work.actor:
            raise NotItsAuthor(author=proposal.author)
        _decide(work, proposal, Decision.withdrawn, desk.today)


def cancel_or_propose(
    work: Transaction, milestone: Milestone, on: date, *, person: Person, today: date
) -> bool:
    """Cancel a milestone within the caller's transaction, or propose to; return whether it is cancelled.

    One that the approved plan holds leaves it by a re-baseline (D6), which is approved by somebody else, or
    at once where nobody else is. What people typed since the last approval stays unapproved.
    Raises: ProposalOpen, InvalidInput.
    """
    newest, frozen = newest_frozen(work, milestone.project_id)
    if newest is None or all(f.milestone_id != milestone.key for f in frozen):
        _cancel(work, milestone, on)
        return True
    refuse_open(work, milestone.project_id)
    raise_any(problems_without(frozen, milestone.key) + in_order("cancelled_on", newest.approved_on, on))
    if not works_alone(person):
        _put_forward(work, milestone.project_id, today, cancels=(milestone.key, on))
        return False
    _cancel(work, milestone, on)
    left = [f for f in frozen if f.milestone_id != milestone.key]
    freeze(work, writable_project(work, milestone.project_id), left, on, author=work.actor)
    return True


def project_proposals(desk: Desk, project_id: int) -> list[dict[str, Any]]:
    """Return a project's proposals, oldest first, as rows.

    Beside the columns each has the `name` of the milestone it cancels, and `has_moved`: whether it waits
    and the plan is no longer the one that was proposed.
    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    with desk.reading() as session:
        return [_told(session, proposal) for proposal in proposals_of(session, project_id)]


def _told(session: Session, proposal: PlanProposal) -> dict[str, Any]:
    cancelled = session.get(Milestone, proposal.milestone_id) if proposal.milestone_id else None
    has_moved = False
    if proposal.decided_on is None and cancelled is None:
        has_moved = plan_moved_since(session, proposal.project_id, proposal.plan_change_no)
    return proposal.model_dump() | {"name": cancelled.name if cancelled else "", "has_moved": has_moved}


def open_proposals(desk: Desk) -> pl.DataFrame:
    """Return the proposals that wait for a decision, the one that waits longest first.

    The columns are id, project_id, project, author, proposed_on and reason; only projects within the
    person's scope. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    projects = projects_as_of(portfolio_for(desk), desk.today).select(project_id="id", project="name")
    with desk.reading() as session:
        rows = [p.model_dump(include=set(_OPEN_SCHEMA)) for p in undecided(session)]
    found = pl.DataFrame(rows, schema=_OPEN_SCHEMA)
    return found.join(projects, on="project_id", maintain_order="left").select(
        "id", "project_id", "project", "author", "proposed_on", "reason"
    )


_OPEN_SCHEMA = {
    "id": pl.Int64,
    "project_id": pl.Int64,
    "author": pl.String,
    "proposed_on": pl.Date,
    "reason": pl.String,
}


def _put_forward(
    work: Transaction, project_id: int, on: date, cancels: tuple[int, date] | tuple[None, None] = (None, None)
) -> PlanProposal:
    proposal = PlanProposal(
        project_id=project_id,
        author=work.actor,
        proposed_on=on,
        reason=work.reason,
        plan_change_no=last_plan_change(work.session, project_id),
        milestone_id=cancels[0],
        cancelled_on=cancels[1],
    )
    return work.save(proposal, "plan.proposed")


def _proposed(
    work: Transaction, proposal: PlanProposal, approved_on: date, seen: int | None
) -> list[Milestone] | list[BaselineMilestone]:
    """Return what the proposal's approval freezes; a milestone it cancels is cancelled."""
    if proposal.milestone_id is None:
        known = proposal.plan_change_no if seen is None else min(seen, proposal.plan_change_no)
        refuse_moved(work, proposal.project_id, known)
        plan = running_plan(work, proposal.project_id)
        raise_any(plan_problems(work, proposal.project_id, plan))
        return plan
    milestone = writable_milestone(work, proposal.milestone_id)
    refuse_done(milestone)
    # It is part of the plan until the re-baseline: an earlier day would change figures of the past.
    _cancel(work, milestone, approved_on)
    _, frozen = newest_frozen(work, proposal.project_id)
    return [f for f in frozen if f.milestone_id != milestone.key]


def refuse_done(milestone: Milestone) -> None:
    """Refuse to cancel what is met or cancelled already. Raises: AlreadyMet, MilestoneCancelled."""
    if milestone.met_on:
        raise AlreadyMet(day=milestone.met_on)
    if milestone.cancelled_on:
        raise MilestoneCancelled(day=milestone.cancelled_on)


def _cancel(work: Transaction, milestone: Milestone, on: date) -> None:
    milestone.cancelled_on = on
    work.save(milestone, "milestone.cancelled")


def _decide(work: Transaction, proposal: PlanProposal, decision: Decision, today: date) -> None:
    proposal.decision, proposal.decided_on, proposal.decided_by = decision, today, work.actor
    if decision is Decision.returned:
        proposal.decision_note = work.reason
    work.save(proposal, _ACTS[decision])


_ACTS = {
    Decision.accepted: "plan.accepted",
    Decision.returned: "plan.declined",
    Decision.withdrawn: "plan.withdrawn",
}


def _waiting(work: Transaction, proposal_id: int) -> PlanProposal:
    proposal = work.get(PlanProposal, proposal_id)
    if proposal.decided_on is not None:
        raise ProposalDecided(day=proposal.decided_on, who=proposal.decided_by)
    return proposal


def _divisions(desk: Desk, proposal_id: int) -> frozenset[int]:
    return divisions_of_project(desk, _stored(desk, proposal_id).project_id)


def _reason(desk: Desk, proposal_id: int) -> str:
    return _stored(desk, proposal_id).reason


def _stored(desk: Desk, proposal_id: int) -> PlanProposal:
    with desk.reading() as session:
        proposal = session.get(PlanProposal, proposal_id)
        if proposal is None:
            raise NotFound
        session.expunge(proposal)
        return proposal
