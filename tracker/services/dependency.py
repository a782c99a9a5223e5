"""Dependencies between milestones: enter, correct and withdraw them."""

from typing import Any

from db.models.agreement import Agreement
from db.models.dependency import Dependency
from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.dependency import dependency_between, standing_links
from db.transaction import Transaction
from db.vocabulary import DependencyKind
from tracker.errors import NotFound
from tracker.rules.checks import raise_any
from tracker.rules.dependency import (
    DependencyDraft,
    DependencyExists,
    DependencyLoop,
    NothingToWaitFor,
    checked_dependency,
    lag_within_calendar,
    loop_closed_by,
    shortened,
    told_loop,
)
from tracker.services import record
from tracker.services.calendar_day import calendar_in
from tracker.services.dependent import told_names
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_milestone, running_milestone


def add_dependency(desk: Desk, successor_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Let a milestone wait for another, which the person must see; return the dependency's id.

    `values` are those of `DependencyFields` but for the successor.
    Raises: NotFound, NotAllowed, InvalidInput, DependencyLoop, MilestoneCancelled, Withdrawn, StorageError.
    """
    desk.allow("dependency.write", divisions_of_milestone(desk, successor_id))
    draft = checked_dependency(values | {"successor_id": successor_id})
    desk.allow("read", divisions_of_milestone(desk, draft.predecessor_id))
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            _must_fit(work, draft)
            _must_be_new(work, draft, None)
            _must_not_close_a_loop(desk, work, draft)
            work.outcome = [work.save(Dependency.model_validate(draft)).key]
        return work.outcome[0]


def change_dependency(desk: Desk, dependency_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct how and how long a milestone waits; whom it waits for stays.

    Raises: NotFound, NotAllowed, InvalidInput, EditConflict, MilestoneCancelled, Withdrawn, StorageError.
    """
    desk.allow("dependency.write", divisions_of_dependency(desk, dependency_id))
    with desk.transaction() as work:
        dependency = work.get(Dependency, dependency_id)
        ends = {"predecessor_id": dependency.predecessor_id, "successor_id": dependency.successor_id}
        draft = checked_dependency(values | ends)
        _must_fit(work, draft)
        _must_be_new(work, draft, dependency_id)
        record.change(work, dependency, draft, seen=seen)


def archive_dependency(desk: Desk, dependency_id: int, reason: str) -> None:
    """Withdraw a dependency: nothing waits by it any more.

    Raises: NotFound, NotAllowed, ReasonRequired, StorageError.
    """
    desk.allow("dependency.write", divisions_of_dependency(desk, dependency_id))
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(Dependency, dependency_id))


def divisions_of_dependency(desk: Desk, dependency_id: int) -> frozenset[int]:
    """Return the division in which the waiting milestone's project lies.

    Raises: NotFound if there is no such dependency, or the waiting milestone is outside the person's scope.
    """
    with desk.reading() as session:
        dependency = session.get(Dependency, dependency_id)
        if dependency is None:
            raise NotFound
        successor_id = dependency.successor_id
    return divisions_of_milestone(desk, successor_id)


def _must_fit(work: Transaction, draft: DependencyDraft) -> None:
    """Refuse to wait for what will not come, or for longer than the calendar lasts, by what is typed.

    Raises: NothingToWaitFor, InvalidInput, MilestoneCancelled, Withdrawn.
    """
    running_milestone(work, draft.successor_id)
    before = work.get(Milestone, draft.predecessor_id)
    project = work.get(Project, before.project_id)
    agreement = work.get(Agreement, project.agreement_id)
    if before.cancelled_on or before.archived_at or project.archived_at or agreement.archived_at:
        raise NothingToWaitFor(field="predecessor_id", name=before.name)
    finish = before.met_on or before.forecast_on or before.due_on
    is_start = draft.kind == DependencyKind.start_to_start
    day = before.start_on or finish if is_start else finish
    raise_any(lag_within_calendar(draft, day, calendar_in(work.session)))


def _must_be_new(work: Transaction, draft: DependencyDraft, own_id: int | None) -> None:
    found = dependency_between(work.session, draft.predecessor_id, draft.successor_id, draft.kind)
    if found is not None and found.key != own_id:
        before, after = (work.get(Milestone, i) for i in (draft.predecessor_id, draft.successor_id))
        raise_any([DependencyExists(field="kind", predecessor=before.name, successor=after.name)])


def _must_not_close_a_loop(desk: Desk, work: Transaction, draft: DependencyDraft) -> None:
    """Look under the counter's lock: two people could otherwise each close half of a loop."""
    loop = loop_closed_by(draft.predecessor_id, draft.successor_id, standing_links(work.session))
    if loop:
        first, left_out, last = shortened(loop)
        names = told_names(desk, work.session, [*first, *last])
        told = told_loop(names[: len(first)], left_out, names[len(first) :])
        raise DependencyLoop(field="predecessor_id", count=len(loop), loop=told)
