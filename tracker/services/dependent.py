"""What waits for a milestone, told by name to a person who may not see all of it."""

from collections.abc import Collection, Iterable, Sequence

from sqlmodel import Session

from db.queries.agreement import county_side
from db.queries.dependency import milestones_within, places_of, waiting_for
from db.transaction import Transaction
from tracker.errors import TrackerError
from tracker.rules.dependency import OthersWait, OthersWaitForStep
from tracker.services.desk import Desk

_NAMED = 5
# Stands for a milestone outside the person's scope: that it is there is told, its name is not.
HIDDEN = "…"


def refuse_while_others_wait(
    desk: Desk, work: Transaction, *, project_id: int = 0, agreement_id: int = 0
) -> None:
    """Refuse to withdraw a project, or an agreement, while milestones elsewhere wait for its milestones.

    Raises: OthersWait.
    """
    own = milestones_within(work.session, project_id=project_id, agreement_id=agreement_id)
    if waiting := waiting_for(work.session, own):
        raise OthersWait(names=_listed(desk, work.session, [after for _, after in waiting]))


def waited_for(desk: Desk, work: Transaction, milestone_ids: Collection[int]) -> list[TrackerError]:
    """Return why these milestones cannot be removed: one problem for each that something else waits for."""
    waiting = waiting_for(work.session, milestone_ids)
    own = places_of(work.session, [before for before, _ in waiting])
    return [
        OthersWaitForStep(
            name=own[i][0].name,
            names=_listed(desk, work.session, [after for before, after in waiting if before == i]),
        )
        for i in sorted(own)
    ]


def told_names(desk: Desk, session: Session, milestone_ids: Sequence[int]) -> list[str]:
    """Return “project · milestone” of each, in order; HIDDEN for one outside the person's scope."""
    places = places_of(session, set(milestone_ids))
    names = {}
    for milestone_id, (milestone, project) in places.items():
        seen = desk.person.sees({project.division_id}) and desk.person.sees(
            county_side(session, project.agreement_id)
        )
        names[milestone_id] = f"{project.name} · {milestone.name}" if seen else HIDDEN
    return [names.get(milestone_id, HIDDEN) for milestone_id in milestone_ids]


def _listed(desk: Desk, session: Session, milestone_ids: Iterable[int]) -> str:
    """Return a few of the names, those that may be told first, and how many more there are."""
    told = told_names(desk, session, list(dict.fromkeys(milestone_ids)))
    shown = [name for name in told if name != HIDDEN][:_NAMED]
    more = len(told) - len(shown)
    return "; ".join([*shown, *([f"+{more}"] if more else [])])
