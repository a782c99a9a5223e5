"""Dependencies between milestones: enter, correct, lift and withdraw them."""

from datetime import date
from typing import Any

from db.models.agreement import Agreement
from db.models.dependency import Dependency, DependencyFields
from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.dependency import dated_links, dependencies_between, places_of
from db.transaction import Transaction
from db.vocabulary import DependencyKind
from tracker.errors import NotFound
from tracker.rules.checks import raise_any, reason_given
from tracker.rules.dependency import (
    AgreedLater,
    DatedLink,
    DependencyDraft,
    DependencyExists,
    DependencyLifted,
    DependencyLoop,
    NothingToWaitFor,
    agreed_within,
    checked_dependency,
    lag_within_calendar,
    loop_on_some_day,
    shortened,
    told_loop,
)
from tracker.services import record
from tracker.services.agreement_scope import Withdrawn
from tracker.services.calendar_day import calendar_in
from tracker.services.dependent import told_names
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_milestone, running_milestone


def add_dependency(desk: Desk, successor_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Let a milestone wait for another, which the person must see; return the dependency's id.

    `values` are those of `DependencyFields` but for the successor; it holds from today unless they say more.
    Raises: NotFound, NotAllowed, InvalidInput, DependencyLoop, MilestoneCancelled, Withdrawn, StorageError.
    """
    desk.allow("dependency.write", divisions_of_milestone(desk, successor_id))
    draft = checked_dependency({"agreed_on": desk.today} | values | {"successor_id": successor_id})
    desk.allow("read", divisions_of_milestone(desk, draft.predecessor_id))
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            _must_fit(work, draft)
            _must_be_dated(work, draft, desk.today)
            _must_be_new(work, draft, None)
            _must_not_close_a_loop(desk, work, draft)
            work.outcome = [work.save(Dependency.model_validate(draft)).key]
        return work.outcome[0]


def change_dependency(desk: Desk, dependency_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct how and how long a milestone waits, or let it wait from an earlier day; for whom stays.

    Raises: NotFound, NotAllowed, InvalidInput, DependencyLifted, DependencyLoop, EditConflict,
    MilestoneCancelled, Withdrawn, StorageError.
    """
    desk.allow("dependency.write", divisions_of_dependency(desk, dependency_id))
    with desk.transaction() as work:
        dependency = _holding(work, dependency_id)
        kept = {name: getattr(dependency, name) for name in ("predecessor_id", "successor_id")}
        draft = checked_dependency({"agreed_on": dependency.agreed_on} | values | kept)
        _must_fit(work, draft)
        if draft.agreed_on != dependency.agreed_on:
            _must_be_earlier(draft, dependency)
            _must_be_dated(work, draft, desk.today)
            _must_not_close_a_loop(desk, work, draft, dependency_id)
        _must_be_new(work, draft, dependency_id)
        record.change(work, dependency, draft, seen=seen)


def lift_dependency(desk: Desk, dependency_id: int, reason: str) -> None:
    """Let nothing wait by a dependency any more from today on; on the days before it stays.

    Raises: NotFound, NotAllowed, ReasonRequired, DependencyLifted, Withdrawn, StorageError.
    """
    desk.allow("dependency.write", divisions_of_dependency(desk, dependency_id))
    with desk.transaction(reason=reason_given(reason)) as work:
        dependency = _holding(work, dependency_id)
        # A day in the past would change figures that were already reported.
        dependency.lifted_on = max(desk.today, dependency.agreed_on)
        work.save(dependency, "dependency.lifted")


def archive_dependency(desk: Desk, dependency_id: int, reason: str) -> None:
    """Withdraw a dependency entered in error: nothing ever waited by it.

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


def _holding(work: Transaction, dependency_id: int) -> Dependency:
    dependency = work.get(Dependency, dependency_id)
    if dependency.archived_at is not None:
        raise Withdrawn
    if dependency.lifted_on is not None:
        raise DependencyLifted(day=dependency.lifted_on)
    return dependency


def _must_be_earlier(draft: DependencyDraft, known: Dependency) -> None:
    if draft.agreed_on > known.agreed_on:
        raise_any([AgreedLater(field="agreed_on", day=known.agreed_on)])


def _must_be_dated(work: Transaction, draft: DependencyDraft, today: date) -> None:
    places = places_of(work.session, {draft.predecessor_id, draft.successor_id})
    first_on = max(project.opened_on for _, project in places.values())
    raise_any(agreed_within(draft.agreed_on, first_on, today))


def _must_be_new(work: Transaction, draft: DependencyDraft, own_id: int | None) -> None:
    found = dependencies_between(work.session, draft.predecessor_id, draft.successor_id, draft.kind)
    others = [_dated(known) for known in found if known.key != own_id]
    if any(other.holds_from(draft.agreed_on) for other in others):
        before, after = (work.get(Milestone, i) for i in (draft.predecessor_id, draft.successor_id))
        raise_any([DependencyExists(field="kind", predecessor=before.name, successor=after.name)])


def _dated(known: DependencyFields) -> DatedLink:
    lifted_on = known.lifted_on if isinstance(known, Dependency) else None
    return DatedLink(known.predecessor_id, known.successor_id, known.agreed_on, lifted_on)


def _must_not_close_a_loop(desk: Desk, work: Transaction, draft: DependencyDraft, own_id: int = 0) -> None:
    """Look under the counter's lock: two people could otherwise each close half of a loop."""
    rows = dated_links(work.session)
    links = [DatedLink(before, after, *days) for row_id, (before, after), days in rows if row_id != own_id]
    if loop := loop_on_some_day(_dated(draft), links):
        first, left_out, last = shortened(loop)
        names = told_names(desk, work.session, [*first, *last])
        told = told_loop(names[: len(first)], left_out, names[len(first) :])
        raise DependencyLoop(field="predecessor_id", count=len(loop), loop=told)
