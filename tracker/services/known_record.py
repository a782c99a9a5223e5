"""A project or an agreement as it had been recorded by the moment that the desk looks back to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session

from db.models.agreement import Agreement, AgreementPillar, AgreementStage
from db.models.base import Recorded
from db.models.baseline import Baseline
from db.models.division import Division
from db.models.milestone import Milestone
from db.models.party import Party
from db.models.pillar import Pillar, Unit
from db.models.project import Project, ProjectFields
from db.models.signing_event import SigningEvent
from db.models.supplement import Supplement
from db.models.suspension import Suspension
from db.queries.agreement import relatives_of
from db.vocabulary import DocumentKind, Side
from tracker.errors import NotFound
from tracker.services.agreement_file import AgreementFile, read_agreement
from tracker.services.agreement_scope import divisions_of
from tracker.services.desk import Desk
from tracker.services.document import documents_with_versions
from tracker.services.project_scope import divisions_of_project
from tracker.services.project_sheet import ProjectSheet, read_project
from tracker.services.recorded import recorded_by, standing_then

R = TypeVar("R", bound=Recorded)


def read_known_project(desk: Desk, project_id: int, as_of: date) -> ProjectSheet:
    """Return a project's sheet with what had been recorded of it by the desk's moment.

    `template` and `edition` are as stored now, and `changes` is empty: nobody approves a plan there.
    Raises: NotFound if it was not known then, NotAllowed, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    sheet = read_project(desk, project_id, as_of)
    with desk.reading() as session:
        return _project_then(session, sheet, desk.known_at)


def read_known_agreement(desk: Desk, agreement_id: int, as_of: date) -> AgreementFile:
    """Return an agreement's file with what had been recorded of it by the desk's moment.

    Raises: NotFound if it was not known then, NotAllowed, StorageError.
    """
    desk.allow("read", divisions_of(desk, agreement_id))
    file = read_agreement(desk, agreement_id, as_of)
    with desk.reading() as session:
        return _agreement_then(session, file, desk.known_at)


def _project_then(session: Session, sheet: ProjectSheet, known_at: datetime | None) -> ProjectSheet:
    project = _one(session, Project, sheet.id, known_at)
    milestones = sorted(_of_project(session, Milestone, sheet, known_at), key=lambda m: (m.position, m.key))
    baselines = sorted(_of_project(session, Baseline, sheet, known_at), key=lambda b: b.number)
    pauses = sorted(_of_project(session, Suspension, sheet, known_at), key=lambda s: s.from_on)
    return replace(
        sheet,
        fields={name: getattr(project, name) for name in ProjectFields.model_fields},
        project=project.model_dump(),
        agreement=_one(session, Agreement, project.agreement_id, known_at).model_dump(),
        division=_one(session, Division, project.division_id, known_at).model_dump(),
        pillar=_one(session, Pillar, project.pillar_id, known_at).model_dump(),
        unit=_one(session, Unit, project.unit_id, known_at).model_dump() if project.unit_id else None,
        milestones=_dumped(milestones),
        baselines=_dumped(baselines),
        changes=(),
        pauses=_dumped(pauses),
        evidence=_evidence(session, milestones, known_at),
    )


def _agreement_then(session: Session, file: AgreementFile, known_at: datetime | None) -> AgreementFile:
    agreement = _one(session, Agreement, file.agreement.key, known_at)
    owner = ("agreement_id", agreement.key)
    parties = standing_then(session, Party, owner, known_at)
    links = standing_then(session, AgreementPillar, owner, known_at)
    divisions = {
        p.division_id: _one(session, Division, p.division_id, known_at) for p in parties if p.division_id
    }
    pillars = [_one(session, Pillar, link.pillar_id, known_at) for link in links]
    suspensions = standing_then(session, Suspension, owner, known_at)
    found = replace(
        file,
        agreement=agreement,
        event=_one(session, SigningEvent, agreement.event_id, known_at) if agreement.event_id else None,
        pillars=tuple(sorted(pillars, key=lambda p: p.position)),
        parties=tuple(sorted(parties, key=lambda p: (p.side != Side.county, p.position, p.key))),
        divisions=divisions,
        stages=tuple(
            sorted(standing_then(session, AgreementStage, owner, known_at), key=lambda s: s.entered_on)
        ),
        supplements=tuple(standing_then(session, Supplement, owner, known_at)),
        suspensions=tuple(sorted(suspensions, key=lambda s: s.from_on)),
        relatives=tuple(recorded_by(session, relatives_of(session, agreement), known_at)),
        documents=tuple(documents_with_versions(session, "agreement_id", [agreement.key], known_at)),
    )
    session.expunge_all()
    return found


def _evidence(
    session: Session, milestones: Sequence[Milestone], known_at: datetime | None
) -> dict[int, tuple[str, ...]]:
    """Return, by milestone, the titles of the files that proved it."""
    found: dict[int, tuple[str, ...]] = {}
    for milestone in milestones:
        files = documents_with_versions(session, "milestone_id", [milestone.key], known_at)
        titles = [f.title for f in files if f.kind == DocumentKind.evidence and f.archived_at is None]
        if titles:
            found[milestone.key] = tuple(titles)
    return found


def _one(session: Session, model: type[R], record_id: int, known_at: datetime | None) -> R:
    """Return one row as recorded by then. Raises: NotFound if it was not."""
    stored = session.get(model, record_id)
    found = recorded_by(session, [stored] if stored else [], known_at)
    if not found:
        raise NotFound
    return found[0]


def _of_project(session: Session, model: type[R], sheet: ProjectSheet, known_at: datetime | None) -> list[R]:
    return standing_then(session, model, ("project_id", sheet.id), known_at)


def _dumped(rows: Iterable[Recorded]) -> tuple[dict[str, Any], ...]:
    return tuple(row.model_dump() for row in rows)
