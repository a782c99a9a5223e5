"""Everything about one project, as its page shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlmodel import Session

from db.models.agreement import Agreement
from db.models.base import Recorded
from db.models.division import Division
from db.models.milestone import Milestone
from db.models.pillar import Pillar, Unit
from db.models.plan_template import PlanTemplate, PlanTemplateVersion
from db.models.project import Project, ProjectFields
from db.queries.agreement import county_side
from db.queries.document import documents_of
from db.queries.plan_proposal import last_plan_change
from db.queries.project import baselines_of, frozen_in, milestones_of, suspensions_of
from db.vocabulary import DocumentKind
from tracker.errors import NotFound
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.project import projects_as_of
from tracker.rules.milestone_draft import ROW_FIELDS
from tracker.rules.plan import PlanChange, changes_since, start_moved_since
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_project
from tracker.services.reading import portfolio_for

_OUTCOME = (
    *("met_on", "met_recorded_on", "credit_percent", "credited_on", "cancelled_on"),
    *("evidence_note", "evidence_link", "evidence_witness"),
)


@dataclass(frozen=True)
class ProjectSheet:
    """One project with its plan; rows are dicts of the tables' columns.

    `standing` is its row of `projects_as_of`, `states` maps milestone id → row of `milestones_as_of`: both
    as of the day asked for, empty where the project is not there on it. All else is as stored now:
    `milestones` hold `id`, `version`, ROW_FIELDS and what became of each; `changes` are those since the
    newest approval; `evidence` maps milestone id → titles of the files that prove it; `plan_change_no` is
    the highest change number of the project and its milestones, withdrawn ones included.
    """

    id: int
    version: int
    fields: dict[str, Any]
    project: dict[str, Any]
    agreement: dict[str, Any]
    division: dict[str, Any]
    pillar: dict[str, Any]
    unit: dict[str, Any] | None
    template: dict[str, Any] | None
    edition: int | None
    standing: dict[str, Any] | None
    states: dict[int, dict[str, Any]]
    milestones: tuple[dict[str, Any], ...]
    plan_change_no: int
    baselines: tuple[dict[str, Any], ...]
    changes: tuple[PlanChange, ...]
    pauses: tuple[dict[str, Any], ...]
    evidence: dict[int, tuple[str, ...]]

    @property
    def archived_at(self) -> datetime | None:
        """When the project was withdrawn, if it was."""
        found: datetime | None = self.project["archived_at"]
        return found

    @property
    def open_pause(self) -> dict[str, Any] | None:
        """The pause whose end is not known, if there is one."""
        return next((pause for pause in self.pauses if pause["to_on"] is None), None)


def read_project(desk: Desk, project_id: int, as_of: date) -> ProjectSheet:
    """Return a project, archived or not, standing as it did on `as_of`. Raises: NotFound, StorageError."""
    desk.allow("read", divisions_of_project(desk, project_id))
    portfolio = portfolio_for(desk)
    standing = projects_as_of(portfolio, as_of).filter(pl.col("id") == project_id).to_dicts()
    steps = milestones_as_of(portfolio, as_of).filter(pl.col("project_id") == project_id).to_dicts()
    with desk.reading() as session:
        return _gathered(session, project_id, standing, {step["id"]: step for step in steps})


def read_opening(desk: Desk, agreement_id: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return an agreement and the divisions it binds, for a project to be opened.

    Raises: NotFound, StorageError.
    """
    with desk.reading() as session:
        bound = county_side(session, agreement_id)
        desk.allow("read", bound)
        agreement = session.get(Agreement, agreement_id)
        if agreement is None:
            raise NotFound
        divisions = [session.get_one(Division, i).model_dump() for i in sorted(bound)]
        return agreement.model_dump(), divisions


def _gathered(
    session: Session, project_id: int, standing: list[dict[str, Any]], states: dict[int, dict[str, Any]]
) -> ProjectSheet:
    project = session.get_one(Project, project_id)
    version = _row(session, PlanTemplateVersion, project.template_version_id)
    milestones = milestones_of(session, project_id)
    return ProjectSheet(
        id=project_id,
        version=project.version or 0,
        fields={name: getattr(project, name) for name in ProjectFields.model_fields},
        project=project.model_dump(),
        agreement=session.get_one(Agreement, project.agreement_id).model_dump(),
        division=session.get_one(Division, project.division_id).model_dump(),
        pillar=session.get_one(Pillar, project.pillar_id).model_dump(),
        unit=_row(session, Unit, project.unit_id),
        template=_row(session, PlanTemplate, version["template_id"] if version else None),
        edition=version["number"] if version else None,
        standing=standing[0] if standing else None,
        states=states,
        milestones=tuple(_milestone(m) for m in milestones),
        plan_change_no=last_plan_change(session, project_id),
        baselines=tuple(b.model_dump() for b in baselines_of(session, project_id)),
        changes=_changes(session, project, milestones),
        pauses=tuple(s.model_dump() for s in suspensions_of(session, project_id)),
        evidence=_evidence(session, milestones),
    )


def _row(session: Session, model: type[Recorded], record_id: int | None) -> dict[str, Any] | None:
    return session.get_one(model, record_id).model_dump() if record_id else None


def _milestone(milestone: Milestone) -> dict[str, Any]:
    names = ("id", "version", *ROW_FIELDS, *_OUTCOME)
    return {name: getattr(milestone, name) for name in names}


def _evidence(session: Session, milestones: list[Milestone]) -> dict[int, tuple[str, ...]]:
    files: dict[int, tuple[str, ...]] = {}
    for document in documents_of(session, "milestone_id", [m.key for m in milestones]):
        if document.kind == DocumentKind.evidence and document.archived_at is None and document.milestone_id:
            files[document.milestone_id] = (*files.get(document.milestone_id, ()), document.title)
    return files


def _changes(session: Session, project: Project, milestones: list[Milestone]) -> tuple[PlanChange, ...]:
    baselines = baselines_of(session, project.key)
    if not baselines:
        return ()
    plan = [m for m in milestones if m.cancelled_on is None]
    start = start_moved_since(project.planned_start_on, baselines[-1].planned_start_on)
    return (*start, *changes_since(plan, frozen_in(session, baselines[-1].key)))
