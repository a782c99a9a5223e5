"""When a plan that was approved before may be approved again: proposed by one person, approved by another."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.models.baseline import Baseline, BaselineMilestone
from tracker.errors import N_, TrackerError
from tracker.permissions import Person, works_alone
from tracker.rules.plan import FROZEN, PLANNED_START, WeightsZero

# What of a milestone's history changes what an approval would freeze.
PLAN_FIELDS = frozenset({*FROZEN, "cancelled_on", "archived_at"})


class NoPlanYet(TrackerError):
    """Proposing to change a plan that was never approved."""

    sentence = N_("There is no approved plan yet, so there is nothing to change. Approve the plan itself.")


class SecondPersonNeeded(TrackerError):
    """Approving a changed plan in one step where others could approve it."""

    sentence = N_(
        "The plan was approved on {day} and changed since. Propose the change with a reason; "
        "somebody else approves it."
    )


class OwnProposal(TrackerError):
    """Approving a change that one proposed oneself."""

    sentence = N_("You proposed this change yourself. Somebody else has to approve it.")


class ProposalOpen(TrackerError):
    """A second proposal beside one that is not decided."""

    sentence = N_(
        "A change that {author} proposed on {day} waits for approval. "
        "It has to be decided or withdrawn first."
    )


class ProposalDecided(TrackerError):
    """Deciding a proposal for the second time."""

    sentence = N_("This proposal was decided on {day} by {who}; nothing was changed now.")


class NotItsAuthor(TrackerError):
    """Withdrawing what somebody else proposed."""

    sentence = N_("Only {author}, who proposed the change, can withdraw it. An approver can decline it.")


class LastMilestone(TrackerError):
    """Cancelling all that an approved plan holds."""

    sentence = N_(
        "It is the last milestone of the approved plan, and a plan needs one. "
        "Add others and approve them first, or stop the project."
    )


def refuse_author(person: Person, author: str) -> bool:
    """Return whether the approver is the author, which only one who works alone may be.

    Raises: OwnProposal.
    """
    is_author = person.name == author
    if is_author and not works_alone(person):
        raise OwnProposal
    return is_author


def refuse_alone(person: Person, newest: Baseline) -> None:
    """Refuse to approve a changed plan in one step unless there is nobody else.

    Raises: SecondPersonNeeded.
    """
    if not works_alone(person):
        raise SecondPersonNeeded(day=newest.approved_on)


def problems_without(frozen: Sequence[BaselineMilestone], milestone_id: int) -> list[TrackerError]:
    """Return why what an approval froze cannot go on without a milestone; an empty list if it can."""
    left = [f for f in frozen if f.milestone_id != milestone_id]
    if not left:
        return [LastMilestone()]
    return [WeightsZero()] if sum(f.weight for f in left) == 0 else []


def touches_plan(fields: Mapping[str, Any]) -> bool:
    """Return whether a recorded change of a milestone, field by field, changes what would be approved."""
    return not PLAN_FIELDS.isdisjoint(fields)


def moves_start(fields: Mapping[str, Any]) -> bool:
    """Return whether a recorded change of a project, field by field, changes what would be approved."""
    return PLANNED_START in fields
