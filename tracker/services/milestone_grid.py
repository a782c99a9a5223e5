"""The grid of a project's milestones: save it whole, or move the unmet ones together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from db.models.milestone import Milestone
from db.models.project import Project
from db.queries.forecast import last_changes
from db.queries.history import last_entry
from db.queries.project import ever_frozen, milestones_of
from db.transaction import Transaction
from tracker.errors import InvalidInput, TrackerError
from tracker.rules.checks import in_order, raise_any
from tracker.rules.evidence import EvidenceMissing
from tracker.rules.forecast import ReasonDraft, checked_reason, forecast_problems
from tracker.rules.milestone_draft import (
    ROW_FIELDS,
    Cell,
    GridConflict,
    InApprovedPlan,
    MilestoneDraft,
    cells_in_conflict,
    checked_days,
    checked_rows,
    in_row,
    moved,
)
from tracker.services import record
from tracker.services.dependent import waited_for
from tracker.services.desk import Desk
from tracker.services.forecast import ForecastMove, tell_moves
from tracker.services.project_scope import divisions_of_project, writable_project
from tracker.services.proof import has_evidence

Row = Mapping[str, Any]


def save_milestones(
    desk: Desk,
    project_id: int,
    rows: Sequence[Row],
    *,
    seen: Mapping[int, Row],
    reason: str = "",
    why: Row | None = None,
    token: str = "",
) -> None:
    """Save the whole grid in one transaction: changed, added and removed rows, and their order.

    A row holds ROW_FIELDS and `id`, None for an added one. `seen` maps id → the row as it was read, with its
    `version`; a row that is in `seen` and not in `rows` is removed, which needs a reason. What others
    changed elsewhere in the grid meanwhile stays; where both changed one cell, nothing is saved. `why` holds
    the fields of ReasonDraft and is asked for once, as soon as any forecast changed.
    Raises: NotFound, NotAllowed, InvalidInput (fields `{index}.{name}`), GridConflict, ReasonRequired,
    Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_project(desk, project_id))
    drafts = checked_rows([dict(row) for row in rows])
    with desk.transaction(reason=reason or str((why or {}).get("note") or ""), token=token) as work:
        if work.outcome is not None:
            return
        project = writable_project(work, project_id)
        grid = _Grid(work, project, seen)
        for index, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
            grid.take(index, row.get("id"), draft)
        grid.remove({row.get("id") for row in rows})
        grid.problems += waited_for(desk, work, [milestone.key for milestone in grid.removed])
        grid.explain(why or {}, desk.today)
        grid.save()
        work.outcome = [project_id]


def move_milestones(desk: Desk, project_id: int, days: int, *, why: Row | None = None) -> int:
    """Move every unmet milestone's start, due and forecast by `days` and return how many there were.

    `why` holds the fields of ReasonDraft, asked for if any of them has a forecast.
    Raises: NotFound, NotAllowed, NotANumber, InvalidInput (beyond the calendar), Withdrawn, StorageError.
    """
    desk.allow("milestone.write", divisions_of_project(desk, project_id))
    with desk.transaction(reason=str((why or {}).get("note") or "")) as work:
        writable_project(work, project_id)
        return move_unmet(work, project_id, days, lambda: checked_reason(dict(why or {}), desk.today))


def move_unmet(work: Transaction, project_id: int, days: int, why: Callable[[], ReasonDraft]) -> int:
    """Move the unmet milestones within the caller's transaction; `why` is asked if forecasts move along.

    A forecast that had passed stays one that has: what moved is the plan, and nobody promised anew.
    Raises: NotANumber, InvalidInput.
    """
    unmet = [m for m in milestones_of(work.session, project_id) if not m.met_on and not m.cancelled_on]
    drafts = checked_rows([moved(_values(m), checked_days(days)) for m in unmet])
    moves = [
        ForecastMove(m, m.forecast_on, draft.forecast_on)
        for m, draft in zip(unmet, drafts, strict=True)
        if m.forecast_on
    ]
    reason = why() if moves else None
    for milestone, draft in zip(unmet, drafts, strict=True):
        _write(milestone, draft.model_dump())
    work.save_many(unmet, "milestone.moved")
    if reason:
        tell_moves(work, moves, reason)
    return len(unmet)


class _Grid:
    """The rows of one sending beside the stored ones, until it is known whether they can be saved."""

    def __init__(self, work: Transaction, project: Project, seen: Mapping[int, Row]) -> None:
        self.work, self.project, self.seen = work, project, seen
        self.stored = {m.key: m for m in milestones_of(work.session, project.key)}
        # Values are only written once all is known: a query in between would flush them unannounced.
        self.rows: list[tuple[Milestone, dict[str, Any]]] = []
        self.removed: list[Milestone] = []
        self.cells: list[Cell] = []
        self.problems: list[TrackerError] = []
        self.moves: list[ForecastMove] = []
        self.reason: ReasonDraft | None = None

    def take(self, index: int, milestone_id: int | None, draft: MilestoneDraft) -> None:
        """Merge one row of the sending into the stored one."""
        if milestone_id is None:
            added = Milestone(project_id=self.project.key, name="")
            self._keep(index, added, draft.model_dump())
            return
        milestone = self.stored.get(milestone_id)
        if milestone is None:
            self._meet_removed(milestone_id, draft)
            return
        base = self.seen.get(milestone_id)
        stored = _values(milestone) | {"id": milestone_id}
        writes, cells = cells_in_conflict(milestone.name, base, stored, draft.model_dump())
        self.cells += cells
        self.problems += [
            in_row(problem, index)
            for problem in in_order(
                "due_on", writes.get("start_on", milestone.start_on), writes.get("due_on", milestone.due_on)
            )
        ]
        if milestone.met_on and not has_evidence(self.work.session, milestone):
            marked = [field for field in ("is_key", "is_gate") if writes.get(field)]
            self.problems += [in_row(EvidenceMissing(field=f, name=milestone.name), index) for f in marked]
        self._keep(index, milestone, writes)

    def explain(self, why: Row, today: date) -> None:
        """Take in why forecasts move, if any does."""
        if not self.moves:
            return
        try:
            self.reason = checked_reason(dict(why), today)
        except InvalidInput as error:
            self.problems += error.problems
            return
        last = last_changes(self.work.session, [m.milestone.key for m in self.moves if m.milestone.id])
        for move in self.moves:
            last_on = last.get(move.milestone.id or 0)
            found = forecast_problems(
                move.milestone, move.new_on, self.reason.changed_on, last_on, field="forecast_on"
            )
            self.problems += [in_row(problem, move.index) for problem in found]

    def remove(self, kept: set[int | None]) -> None:
        """Mark the rows that were seen and are not in the sending."""
        gone = [self.stored[i] for i in self.seen if i not in kept and i in self.stored]
        frozen = ever_frozen(self.work.session, [m.key for m in gone])
        self.problems += [InApprovedPlan(name=m.name) for m in gone if m.key in frozen]
        for milestone in gone:
            if milestone.version != self.seen[milestone.key].get("version"):
                self.cells.append(Cell(milestone.key, milestone.name, "removed", theirs=False, mine=True))
        self.removed = gone

    def save(self) -> None:
        """Write all of it. Raises: InvalidInput, GridConflict, ReasonRequired."""
        raise_any(self.problems)
        if self.cells:
            raise self._conflict()
        for milestone in self.removed:
            record.archive(self.work, milestone)
        for milestone, values in self.rows:
            _write(milestone, values)
        milestones = [milestone for milestone, _ in self.rows]
        _keep_order(milestones)
        self.work.save_many(milestones)
        if self.reason:
            tell_moves(self.work, self.moves, self.reason)

    def _keep(self, index: int, milestone: Milestone, writes: dict[str, Any]) -> None:
        """Keep a row to be written, and whether its forecast moves."""
        self.rows.append((milestone, writes))
        old_on, new_on = milestone.forecast_on, writes.get("forecast_on", milestone.forecast_on)
        if new_on != old_on:
            self.moves.append(ForecastMove(milestone, old_on, new_on, index))

    def _meet_removed(self, milestone_id: int, draft: MilestoneDraft) -> None:
        """Meet a row that somebody removed: only what was typed into it since is a conflict."""
        base = self.seen.get(milestone_id)
        typed = draft.model_dump()
        if base is None or any(typed[field] != base[field] for field in ROW_FIELDS):
            self.cells.append(Cell(milestone_id, draft.name, "removed", theirs=True, mine=False))

    def _conflict(self) -> GridConflict:
        entries = [last_entry(self.work.session, "milestone", cell.milestone_id) for cell in self.cells]
        newest = max((entry for entry in entries if entry), key=lambda entry: entry.change_no, default=None)
        who, when = (newest.actor, newest.recorded_at) if newest else ("", None)
        return GridConflict(self.cells, who=who, when=when)


def _values(milestone: Milestone) -> dict[str, Any]:
    return {field: getattr(milestone, field) for field in ROW_FIELDS}


def _write(milestone: Milestone, values: Mapping[str, Any]) -> None:
    for field, value in values.items():
        setattr(milestone, field, value)


def _keep_order(rows: Sequence[Milestone]) -> None:
    """Give rising positions in the order of `rows`, changing as few as possible."""
    last = 0
    for milestone in rows:
        if milestone.position <= last:
            milestone.position = last + 1
        last = milestone.position
