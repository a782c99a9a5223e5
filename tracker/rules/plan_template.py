"""What must hold for a plan template as entered, and what its author is warned of."""

from typing import Any

from sqlmodel import SQLModel

from db.models.plan_template import PlanTemplateFields, PlanTemplateMilestoneFields
from db.vocabulary import ProgressBasis
from tracker.errors import N_, EndBeforeStart, InvalidInput, TrackerError
from tracker.rules.checks import raise_any, well_formed

WHOLE_WEIGHT = 100
USUAL_GATES = 3


class NoSteps(TrackerError):
    """A template without milestones."""

    sentence = N_("A template needs at least one milestone.")


class WeightsNotWhole(TrackerError):
    """Weights that do not make up the whole."""

    sentence = N_("The weights sum to {total}; they must sum to {whole}.")


class OffsetsOutOfOrder(EndBeforeStart):
    """A step due before it starts."""

    sentence = N_("It is due at {end}, before its start at {start}.")


class TemplateDraft(PlanTemplateFields):
    """A template as a form sends it."""


class EditionDraft(SQLModel):
    """What an edition says beside its steps: what a project's actual progress rests on (D8)."""

    progress_basis: ProgressBasis = ProgressBasis.milestones


class StepDraft(PlanTemplateMilestoneFields):
    """A step of a template as the editor sends it."""


def checked_template(
    values: dict[str, Any], steps: list[dict[str, Any]]
) -> tuple[TemplateDraft, list[StepDraft]]:
    """Return template and steps if they hold; a step's problem is in field `{index}.{name}`.

    Raises: InvalidInput.
    """
    draft = well_formed(TemplateDraft, values)
    return draft, checked_steps(steps)


def checked_steps(rows: list[dict[str, Any]]) -> list[StepDraft]:
    """Return the steps if each holds and their weights make the whole. Raises: InvalidInput."""
    drafts, problems = [], []
    for index, row in enumerate(rows):
        try:
            drafts.append(well_formed(StepDraft, row))
        except InvalidInput as error:
            problems += [_in_row(problem, index) for problem in error.problems]
            continue
        start, end = drafts[-1].start_offset, drafts[-1].offset
        if start is not None and start > end:
            problems.append(OffsetsOutOfOrder(field=f"{index}.offset", start=start, end=end))
    if not rows:
        problems.append(NoSteps())
    total = sum(draft.weight for draft in drafts)
    if not problems and total != WHOLE_WEIGHT:
        problems.append(WeightsNotWhole(total=total, whole=WHOLE_WEIGHT))
    raise_any(problems)
    return drafts


def gates_missing(rows: list[dict[str, Any]]) -> bool:
    """Return whether a project made from these rows could not land, or sooner than is usual (D5)."""
    return sum(bool(row.get("is_gate")) for row in rows) < USUAL_GATES


def outline(steps: list[dict[str, Any]]) -> str:
    """Return the steps in one line, for two editors to compare: name, offset, unit, weight of each."""
    return "; ".join(
        f"{step['name_zh']} {step['offset']} {step['offset_unit']} {step['weight']}" for step in steps
    )


def _in_row(problem: TrackerError, index: int) -> TrackerError:
    problem.field = f"{index}.{problem.field}"
    return problem
