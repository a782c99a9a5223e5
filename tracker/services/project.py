"""Projects: open them by hand or from templates, correct, archive and restore them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from db.models.agreement import Agreement
from db.models.division import Division
from db.models.milestone import Milestone
from db.models.plan_template import PlanTemplate
from db.models.project import Project, ProjectFields
from db.queries.agreement import county_side
from db.queries.plan_template import current_version, steps_of
from db.queries.project import with_ancestors
from db.transaction import Transaction
from tracker.errors import NotFound
from tracker.i18n import words_in
from tracker.rules.plan import plan_at
from tracker.rules.project_draft import (
    NotAParty,
    OpeningDraft,
    checked_opening,
    checked_project,
    first_fact_on,
)
from tracker.services import record
from tracker.services.agreement_scope import Withdrawn, divisions_of, open_agreement
from tracker.services.dependent import refuse_while_others_wait
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_project, reach_back, writable_project
from tracker.services.template_evidence import median_offsets


def open_project(desk: Desk, agreement_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Open a project of an agreement and return its id; the same token again returns the first one's.

    `values` are those of `OpeningDraft`; with a template the plan is made from its current edition, and an
    empty name, pillar or unit is the template's.
    Raises: NotFound, NotAllowed, InvalidInput, NotAParty, Withdrawn, StorageError.
    """
    desk.allow("project.write", divisions_of(desk, agreement_id))
    draft = checked_opening(_completed(desk, values), desk.today)
    desk.allow("project.write", {draft.division_id})
    offset_days = median_offsets(desk, draft.template_id, draft.medians_on)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            work.outcome = [_open_one(work, agreement_id, draft, desk.today, offset_days=offset_days)]
        return work.outcome[0]


def open_projects_from_template(
    desk: Desk, agreement_id: int, choices: Sequence[tuple[int, int]], anchor_on: date, *, token: str = ""
) -> list[int]:
    """Open one project for each (division id, template id) and return their ids.

    Raises: NotFound, NotAllowed, NotAParty, Withdrawn, DateOutOfRange, StorageError.
    """
    desk.allow("project.write", divisions_of(desk, agreement_id))
    for division_id, _ in choices:
        desk.allow("project.write", {division_id})
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            work.outcome = add_projects(work, agreement_id, choices, anchor_on=anchor_on, today=desk.today)
        return work.outcome


def add_projects(
    work: Transaction,
    agreement_id: int,
    choices: Sequence[tuple[int, int]],
    *,
    anchor_on: date,
    today: date,
    language: str = "zh_CN",
) -> list[int]:
    """Open one project for each (division id, template id) within the caller's transaction.

    The caller has asked for permission, and has saved the agreement and its parties. Each project is named
    after its county and template and takes the template's pillar and unit and the agreement's owner.
    Raises: NotFound, NotAParty, Withdrawn, DateOutOfRange.
    """
    owner = work.get(Agreement, agreement_id).owner
    drafts = [_named_after(work.session, choice, anchor_on, language) for choice in choices]
    return [
        _open_one(work, agreement_id, draft.model_copy(update={"owner": owner}), today) for draft in drafts
    ]


def change_project(desk: Desk, project_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct a project's own fields.

    Raises: NotFound, NotAllowed, InvalidInput, Withdrawn, EditConflict, StorageError.
    """
    desk.allow("project.write", divisions_of_project(desk, project_id))
    draft = checked_project(values, desk.today)
    with desk.transaction() as work:
        project = record.change(work, writable_project(work, project_id), draft, seen=seen)
        reach_back(work, project, draft.started_on, draft.live_on, draft.accepted_on)


def archive_project(desk: Desk, project_id: int, reason: str) -> None:
    """Take a project entered in error out of every count, unless milestones elsewhere wait for it.

    Raises: NotFound, NotAllowed, ReasonRequired, OthersWait, StorageError.
    """
    desk.allow("project.archive", divisions_of_project(desk, project_id))
    with desk.transaction(reason=reason) as work:
        project = writable_project(work, project_id)
        refuse_while_others_wait(desk, work, project_id=project_id)
        record.archive(work, project)


def restore_project(desk: Desk, project_id: int) -> None:
    """Bring an archived project back. Raises: NotFound, NotAllowed, StorageError."""
    desk.allow("project.archive", divisions_of_project(desk, project_id))
    with desk.transaction() as work:
        record.restore(work, work.get(Project, project_id))


def _completed(desk: Desk, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with what is empty and the template knows."""
    chosen = (values.get("division_id"), values.get("template_id"))
    if not all(chosen):
        return values
    with desk.reading() as session:
        known = _named_after(session, chosen, None, values.get("language", "zh_CN")).model_dump()
    return known | {name: value for name, value in values.items() if value not in (None, "")}


def _open_one(
    work: Transaction,
    agreement_id: int,
    draft: OpeningDraft,
    today: date,
    *,
    offset_days: Mapping[int, int] | None = None,
) -> int:
    open_agreement(work, agreement_id)
    _must_be_bound(work, agreement_id, draft.division_id)
    facts = [draft.anchor_on, draft.started_on, draft.live_on, draft.accepted_on]
    version = template_version(work, draft.template_id) if draft.template_id else None
    project = Project(
        **draft.model_dump(include=set(ProjectFields.model_fields)),
        agreement_id=agreement_id,
        division_id=draft.division_id,
        template_version_id=version,
        anchor_on=draft.anchor_on,
        opened_on=first_fact_on(facts, today),
    )
    work.save(project, "project.opened")
    lay_plan(work, project, chinese=words_in(draft.language).is_chinese, offset_days=offset_days)
    return project.key


def lay_plan(
    work: Transaction, project: Project, *, chinese: bool, offset_days: Mapping[int, int] | None = None
) -> None:
    """Give a project the milestones of its template's edition, within the caller's transaction.

    They count from the project's anchor. `offset_days` maps a step's id to another offset than its own.
    Raises: DateOutOfRange.
    """
    if project.template_version_id is None or project.anchor_on is None:
        return
    steps = steps_of(work.session, project.template_version_id)
    others = [(offset_days or {}).get(step.key) for step in steps]
    planned = plan_at(steps, project.anchor_on, chinese=chinese, offset_days=others)
    work.save_many(
        [
            Milestone(
                **fields.model_dump(),
                project_id=project.key,
                template_milestone_id=step.key,
                position=position,
            )
            for position, (step, fields) in enumerate(zip(steps, planned, strict=True), start=1)
        ],
        "milestone.planned",
    )


def template_version(work: Transaction, template_id: int) -> int:
    """Return the id of a template's current edition. Raises: NotFound, Withdrawn."""
    template = work.session.get(PlanTemplate, template_id)
    version = current_version(work.session, template_id)
    if template is None or version is None:
        raise NotFound(field="template_id")
    if template.archived_at is not None:
        raise Withdrawn(field="template_id")
    return version.key


def _must_be_bound(work: Transaction, agreement_id: int, division_id: int) -> None:
    around = with_ancestors(work.session, division_id)
    if not around & county_side(work.session, agreement_id):
        raise NotAParty(field="division_id")


def _named_after(
    session: Session, choice: tuple[Any, Any], anchor_on: date | None, language: str
) -> OpeningDraft:
    division_id, template_id = choice
    division, template = session.get(Division, division_id), session.get(PlanTemplate, template_id)
    if division is None or template is None:
        raise NotFound
    words = words_in(language)
    county = words.name(division.name, division.name_en)
    kind = words.name(template.name_zh, template.name_en)
    return OpeningDraft(
        name=f"{county}{kind}" if words.is_chinese else f"{county}: {kind}",
        division_id=division_id,
        pillar_id=template.pillar_id,
        unit_id=template.unit_id,
        template_id=template_id,
        anchor_on=anchor_on,
        language=language,
    )
