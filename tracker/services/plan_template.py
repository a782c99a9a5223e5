"""Plan templates: add one, change it as a new edition, archive and restore it, and read them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db.models.plan_template import (
    PlanTemplate,
    PlanTemplateFields,
    PlanTemplateMilestone,
    PlanTemplateVersion,
)
from db.queries.plan_template import current_version, steps_of, templates
from db.transaction import Transaction
from db.vocabulary import ProgressBasis
from tracker.errors import NotFound
from tracker.rules.checks import well_formed
from tracker.rules.plan_template import EditionDraft, StepDraft, checked_template, outline
from tracker.services import record
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk

STEP_FIELDS = tuple(StepDraft.model_fields)


@dataclass(frozen=True)
class TemplateSheet:
    """A template with its current edition; `steps` hold the fields of `StepDraft`, in order.

    `fields` are the template's own and those of `EditionDraft`.
    """

    id: int
    version: int
    fields: dict[str, Any]
    edition: int
    published_on: date
    steps: tuple[dict[str, Any], ...]
    archived_at: datetime | None
    archive_reason: str

    @property
    def seen(self) -> tuple[int, int]:
        """What a later save says it saw."""
        return self.version, self.edition


def add_plan_template(
    desk: Desk, values: dict[str, Any], steps: list[dict[str, Any]], *, token: str = ""
) -> int:
    """Record a new template with its first edition and return its id.

    `values` hold the template's fields and those of `EditionDraft`.
    Raises: NotAllowed, InvalidInput (a step's problem in field `{index}.{name}`), StorageError.
    """
    desk.allow("plan_template.write")
    draft, step_drafts = checked_template(values, steps)
    basis = well_formed(EditionDraft, values).progress_basis
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            template = PlanTemplate(**draft.model_dump(), code=f"own-{work.number}")
            work.save(template, "plan_template.added")
            _publish(work, _edition(template.key, 1, desk.today, basis), step_drafts)
            work.outcome = [template.key]
        return work.outcome[0]


def change_plan_template(
    desk: Desk,
    template_id: int,
    values: dict[str, Any],
    steps: list[dict[str, Any]],
    *,
    seen: tuple[int, int],
) -> None:
    """Change a template; other steps, or another basis of progress, become its next edition.

    Projects keep the one they were made from. `seen` is the sheet's version and edition.
    Raises: NotAllowed, NotFound, InvalidInput, EditConflict, Withdrawn, StorageError.
    """
    desk.allow("plan_template.write")
    draft, step_drafts = checked_template(values, steps)
    with desk.transaction() as work:
        template = _in_use(work, template_id)
        edition = _newest(work, template_id)
        stored = [_step(s) for s in steps_of(work.session, edition.key)]
        typed = [s.model_dump() for s in step_drafts]
        # A form that does not ask for the basis leaves it as it is.
        basis = well_formed(EditionDraft, {"progress_basis": edition.progress_basis} | values).progress_basis
        differing: dict[str, tuple[Any, Any]] = {}
        if typed != stored:
            differing["steps"] = (outline(stored), outline(typed))
        if basis != edition.progress_basis:
            differing["progress_basis"] = (edition.progress_basis, basis)
        if differing:
            if edition.number != seen[1]:
                raise record.conflict(work, template, differing)
            _publish(work, _edition(template_id, edition.number + 1, desk.today, basis), step_drafts)
        record.change(work, template, draft, seen=seen[0])


def archive_plan_template(desk: Desk, template_id: int, reason: str) -> None:
    """Take a template out of the choices; projects made from it keep it.

    Raises: NotAllowed, ReasonRequired, StorageError.
    """
    desk.allow("plan_template.write")
    with desk.transaction(reason=reason) as work:
        record.archive(work, work.get(PlanTemplate, template_id))


def restore_plan_template(desk: Desk, template_id: int) -> None:
    """Bring an archived template back. Raises: NotAllowed, StorageError."""
    desk.allow("plan_template.write")
    with desk.transaction() as work:
        record.restore(work, work.get(PlanTemplate, template_id))


def plan_templates(desk: Desk, *, archived: bool = False) -> list[TemplateSheet]:
    """Return the templates in use, or with `archived` the withdrawn ones, in the order they were added.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    with desk.reading() as session:
        return [_sheet(session, template) for template in templates(session, archived=archived)]


def read_plan_template(desk: Desk, template_id: int) -> TemplateSheet:
    """Return one template, archived or not. Raises: NotAllowed, NotFound, StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        template = session.get(PlanTemplate, template_id)
        if template is None:
            raise NotFound
        return _sheet(session, template)


def _in_use(work: Transaction, template_id: int) -> PlanTemplate:
    template = work.session.get(PlanTemplate, template_id)
    if template is None:
        raise NotFound
    if template.archived_at is not None:
        raise Withdrawn
    return template


def _newest(work: Transaction, template_id: int) -> PlanTemplateVersion:
    edition = current_version(work.session, template_id)
    if edition is None:
        raise NotFound
    return edition


def _edition(template_id: int, number: int, today: date, basis: ProgressBasis) -> PlanTemplateVersion:
    return PlanTemplateVersion(
        template_id=template_id, number=number, published_on=today, progress_basis=basis
    )


def _publish(work: Transaction, version: PlanTemplateVersion, steps: list[StepDraft]) -> None:
    work.save(version, "plan_template.published")
    work.save_many(
        [
            PlanTemplateMilestone(**step.model_dump(), template_version_id=version.key, position=position)
            for position, step in enumerate(steps)
        ]
    )


def _step(step: PlanTemplateMilestone) -> dict[str, Any]:
    return {field: getattr(step, field) for field in STEP_FIELDS}


def _sheet(session: Session, template: PlanTemplate) -> TemplateSheet:
    edition = current_version(session, template.key)
    if edition is None:
        raise NotFound
    return TemplateSheet(
        id=template.key,
        version=template.version or 0,
        fields={field: getattr(template, field) for field in PlanTemplateFields.model_fields}
        | {"progress_basis": edition.progress_basis.value},
        edition=edition.number,
        published_on=edition.published_on,
        steps=tuple(_step(step) for step in steps_of(session, edition.key)),
        archived_at=template.archived_at,
        archive_reason=template.archive_reason,
    )
