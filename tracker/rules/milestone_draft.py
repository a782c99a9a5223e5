"""What must hold for milestones as entered: rows of the grid, and rows pasted into it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from db.models.milestone import MilestoneFields
from tracker.errors import N_, DateOutOfRange, EditConflict, InvalidInput, NotANumber, TrackerError
from tracker.rules.checks import in_order, raise_any, well_formed
from tracker.rules.day import read_day

ROW_FIELDS = tuple(MilestoneFields.model_fields)
MOST_DAYS = 3660
PASTED = ("name", "start_on", "due_on", "weight")
MOST_ROWS = 500


class MilestoneCancelled(TrackerError):
    """An act on a milestone that was cancelled."""

    sentence = N_("This milestone was cancelled on {day}. Bring it back first.")


class InApprovedPlan(TrackerError):
    """Removing a milestone that an approval froze, which would take it out of the count."""

    sentence = N_("“{name}” is part of an approved plan and cannot be removed. Cancel it instead.")


class TooManyColumns(TrackerError):
    """A pasted row with more cells than are understood."""

    sentence = N_("This row has {count} columns. Paste name, start, due date and weight, or fewer.")


class TooManyRows(TrackerError):
    """More milestones than a plan can have."""

    sentence = N_("A plan can have at most {most} milestones; this would have {count}.")


class AlreadyMet(TrackerError):
    """Cancelling a milestone that was met."""

    sentence = N_("This milestone was met on {day}. Take that back first.")


@dataclass(frozen=True)
class Cell:
    """One value of the grid that two people changed: `field` is one of ROW_FIELDS, or `removed`."""

    milestone_id: int
    name: str
    field: str
    theirs: Any
    mine: Any


class GridConflict(EditConflict):
    """Somebody else changed the same cells of the grid first; nothing was saved."""

    def __init__(self, cells: list[Cell], *, who: str, when: Any) -> None:
        fields = {f"{cell.name} · {cell.field}": (cell.theirs, cell.mine) for cell in cells}
        super().__init__(who=who, when=when, version=0, fields=fields)
        self.cells = cells


class MilestoneDraft(MilestoneFields):
    """A row of the grid."""


def checked_rows(rows: list[dict[str, Any]]) -> list[MilestoneDraft]:
    """Return one draft per row if all hold; a row's problem is in field `{index}.{name}`.

    Raises: InvalidInput.
    """
    drafts: list[MilestoneDraft] = []
    problems: list[TrackerError] = []
    if len(rows) > MOST_ROWS:
        problems.append(TooManyRows(most=MOST_ROWS, count=len(rows)))
    for index, row in enumerate(rows):
        try:
            draft = well_formed(MilestoneDraft, {name: row[name] for name in ROW_FIELDS if name in row})
        except InvalidInput as error:
            problems += [in_row(problem, index) for problem in error.problems]
            continue
        drafts.append(draft)
        problems += [in_row(p, index) for p in in_order("due_on", draft.start_on, draft.due_on)]
    raise_any(problems)
    return drafts


def moved(row: dict[str, Any], days: int) -> dict[str, Any]:
    """Return the row with its start, due and forecast moved by `days`. Raises: DateOutOfRange."""
    later = dict(row)
    for field in ("start_on", "due_on", "forecast_on"):
        if row.get(field):
            try:
                later[field] = row[field] + timedelta(days=days)
            except OverflowError as error:
                raise DateOutOfRange(field=field) from error
    return later


def checked_days(days: int) -> int:
    """Return by how many days to move a plan. Raises: NotANumber unless whole, not 0 and within ten years."""
    if not isinstance(days, int) or not -MOST_DAYS <= days <= MOST_DAYS or days == 0:
        raise NotANumber(field="days", least=-MOST_DAYS, most=MOST_DAYS)
    return days


def pasted_rows(text: str) -> list[dict[str, Any]]:
    """Return the rows of text copied from a spreadsheet: name, start, due, weight, or only the first ones.

    With two columns the second is the due date; with three they are name, due date and weight unless the
    third can be read as a day. Blank lines are left out. A row's problem is in field `{line}.{name}`,
    counted from 0 over the lines that are not blank.
    Raises: InvalidInput with every line's problems; nothing is guessed.
    """
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    rows, problems = [], []
    for index, line in enumerate(lines):
        try:
            rows.append(_pasted_row([cell.strip() for cell in line.rstrip().split("\t")]))
        except InvalidInput as error:
            problems += [in_row(problem, index) for problem in error.problems]
    raise_any(problems)
    return rows


def cells_in_conflict(
    name: str, base: Mapping[str, Any] | None, stored: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Cell]]:
    """Merge one row three ways: what I changed since `base`, and where others changed the same otherwise.

    Returns the values of mine to write and the cells in conflict. With no `base` (a client that left out
    what it saw) every value of mine that differs from the stored one is in conflict.
    """
    writes, cells = {}, []
    for field in mine:
        theirs, typed = stored[field], mine[field]
        if typed == theirs or (base is not None and typed == base[field]):
            continue
        if base is None or theirs != base[field]:
            cells.append(Cell(stored["id"], name, field, theirs, typed))
        else:
            writes[field] = typed
    return writes, cells


def rebased(
    rows: Sequence[Mapping[str, Any]],
    seen: Mapping[int, Mapping[str, Any]],
    fresh: Mapping[int, Mapping[str, Any]],
    theirs: Collection[tuple[int, str]],
) -> list[dict[str, Any]]:
    """Return what was typed into the grid as `seen`, carried over to the grid as it is now.

    `fresh` maps id → the stored row. `theirs` names the cells (milestone id, field or `removed`) in which the
    other person's value was chosen; in every other one what was typed wins. Rows that others added are kept.
    """
    carried = []
    for row in rows:
        milestone_id = row["id"]
        if milestone_id is None:
            carried.append(dict(row))
        elif milestone_id in fresh:
            base, now = seen[milestone_id], fresh[milestone_id]
            mine = {
                field: row[field]
                for field in ROW_FIELDS
                if row[field] != base[field] and (milestone_id, field) not in theirs
            }
            carried.append(dict(now) | mine)
        elif (milestone_id, "removed") not in theirs:
            carried.append(dict(row) | {"id": None})
    kept = {row["id"] for row in rows}
    back = [i for i in fresh if i not in kept and (i not in seen or (i, "removed") in theirs)]
    return carried + [dict(fresh[i]) for i in back]


def weight_total(rows: Iterable[Mapping[str, Any]]) -> int:
    """Return the sum of the weights of the rows that are not cancelled; a missing weight counts 0."""
    return sum(row.get("weight") or 0 for row in rows if not row.get("cancelled_on"))


def in_row(problem: TrackerError, index: int) -> TrackerError:
    """Name the row a problem is in."""
    problem.field = f"{index}.{problem.field}"
    return problem


def _pasted_row(cells: list[str]) -> dict[str, Any]:
    if len(cells) > len(PASTED):
        raise InvalidInput([TooManyColumns(field="name", count=len(cells))])
    row: dict[str, Any] = {}
    problems: list[TrackerError] = []
    for field, cell in zip(_columns(cells), cells, strict=True):
        try:
            row[field] = _read_cell(field, cell)
        except TrackerError as error:
            problems.append(error)
    raise_any(problems)
    draft = well_formed(MilestoneDraft, {k: v for k, v in row.items() if v is not None})
    raise_any(in_order("due_on", draft.start_on, draft.due_on))
    return draft.model_dump()


def _columns(cells: list[str]) -> tuple[str, ...]:
    if len(cells) == len(PASTED):
        return PASTED
    if len(cells) == 3:
        return ("name", "due_on", "weight") if _is_weight(cells[2]) else ("name", "start_on", "due_on")
    return ("name", "due_on")[: len(cells)]


def _is_weight(cell: str) -> bool:
    return cell.isdecimal() and len(cell) <= 5


def _read_cell(field: str, cell: str) -> Any:
    if field == "name":
        return cell
    if field == "weight":
        if cell and not _is_weight(cell):
            raise NotANumber(field="weight", least=0, most=10_000)
        return int(cell) if cell else None
    return read_day(cell, field)
