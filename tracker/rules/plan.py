"""Plans: computing one from a template, whether it can be approved, and what changed since it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from db.models.baseline import BaselineMilestone
from db.models.milestone import Milestone, MilestoneFields
from db.models.plan_template import PlanTemplateMilestoneFields
from db.vocabulary import OffsetUnit
from tracker.errors import N_, DateOutOfRange, TrackerError
from tracker.rules.checks import well_formed

# What an approval freezes of a milestone.
FROZEN = ("start_on", "due_on", "weight", "is_key", "is_gate")
# And of the project itself.
PLANNED_START = "planned_start_on"


class PlanEmpty(TrackerError):
    """Approving a plan without milestones."""

    sentence = N_("The plan has no milestones yet; there is nothing to approve.")


class DueMissing(TrackerError):
    """Approving a plan in which milestones have no due date."""

    sentence = N_("These milestones have no due date yet: {names}.")


class WeightsZero(TrackerError):
    """Approving a plan whose weights are all zero."""

    sentence = N_(
        "All weights are 0, so progress could not be computed. Give at least one milestone a weight."
    )


class NothingToApprove(TrackerError):
    """Approving a plan that is what was approved before."""

    sentence = N_("The plan is the one approved on {day}; nothing changed since.")


class PlanMoved(TrackerError):
    """Approving a plan that changed since the approver looked at it."""

    sentence = N_("Somebody changed the plan since you opened it. Look at it again before you approve it.")


class PlanExists(TrackerError):
    """Laying a template over a plan that has milestones."""

    sentence = N_("The project already has milestones; a template can only fill an empty plan.")


@dataclass(frozen=True)
class PlanChange:
    """One value of the plan that differs from the approved one.

    `field` is one of FROZEN, or `added` or `removed` for a milestone that is outside the approved plan or
    gone from it, with no values; or PLANNED_START with the milestone 0, for the project itself.
    """

    milestone_id: int
    name: str
    field: str
    approved: Any = None
    typed: Any = None


def day_at(anchor_on: date, offset: int, unit: OffsetUnit) -> date:
    """Return the anchor moved by `offset` days or months; a month too short gives its last day.

    Raises: DateOutOfRange beyond the calendar the product keeps.
    """
    try:
        moved = anchor_on + relativedelta(**{f"{unit.value}s": offset})  # type: ignore[arg-type]
    except (OverflowError, ValueError) as error:
        raise DateOutOfRange(field="anchor_on") from error
    if moved.year > 2199:
        raise DateOutOfRange(field="anchor_on")
    return moved


def plan_at(
    steps: Sequence[PlanTemplateMilestoneFields],
    anchor_on: date,
    *,
    chinese: bool = True,
    offset_days: Sequence[int | None] = (),
) -> list[MilestoneFields]:
    """Return the milestones a template gives from `anchor_on`, in its order, named in one language.

    `offset_days` are other offsets than the template's, one per step, None for its own. Such a step keeps
    the time the template gives it, as far as it does not begin before the anchor.
    Raises: DateOutOfRange.
    """
    return [
        _milestone_at(step, _days_of(step, anchor_on, days), chinese=chinese)
        for step, days in zip(steps, offset_days or [None] * len(steps), strict=True)
    ]


def _days_of(
    step: PlanTemplateMilestoneFields, anchor_on: date, days: int | None
) -> tuple[date | None, date]:
    """Return when a step starts, if it says so, and when it is due."""
    due_on = day_at(anchor_on, step.offset, step.offset_unit)
    start = step.start_offset
    start_on = None if start is None else day_at(anchor_on, start, step.offset_unit)
    if days is None:
        return start_on, due_on
    moved_on = day_at(anchor_on, days, OffsetUnit.day)
    return start_on and max(anchor_on, moved_on - (due_on - start_on)), moved_on


def _milestone_at(
    step: PlanTemplateMilestoneFields, days: tuple[date | None, date], *, chinese: bool
) -> MilestoneFields:
    values = {
        "name": step.name_zh if chinese else step.name_en,
        "weight": step.weight,
        "is_key": step.is_key,
        "is_gate": step.is_gate,
        "start_on": days[0],
        "due_on": days[1],
        "evidence_kind": step.evidence_kind,
        "evidence_hint": step.evidence_hint_zh if chinese else step.evidence_hint_en,
    }
    return well_formed(MilestoneFields, values)


def problems_of(milestones: Sequence[Milestone]) -> list[TrackerError]:
    """Return why a plan of these uncancelled milestones cannot be approved; an empty list if it can."""
    if not milestones:
        return [PlanEmpty()]
    problems: list[TrackerError] = []
    dateless = [m.name for m in milestones if m.due_on is None]
    if dateless:
        problems.append(DueMissing(names=", ".join(dateless)))
    if sum(m.weight for m in milestones) == 0:
        problems.append(WeightsZero())
    return problems


def changes_since(milestones: Sequence[Milestone], frozen: Sequence[BaselineMilestone]) -> list[PlanChange]:
    """Return how the uncancelled milestones differ from those an approval froze, in the plan's order."""
    approved = {f.milestone_id: f for f in frozen}
    changes = []
    for m in milestones:
        before = approved.pop(m.key, None)
        if before is None:
            changes.append(PlanChange(m.key, m.name, "added"))
            continue
        changes += [
            PlanChange(m.key, m.name, field, getattr(before, field), getattr(m, field))
            for field in FROZEN
            if getattr(before, field) != getattr(m, field)
        ]
    return changes + [PlanChange(milestone_id, "", "removed") for milestone_id in approved]


def start_moved_since(typed: date | None, approved: date | None) -> list[PlanChange]:
    """Return how the typed planned start of a project differs from the one an approval froze."""
    return [] if typed == approved else [PlanChange(0, "", PLANNED_START, approved, typed)]
