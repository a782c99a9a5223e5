"""Whether a milestone needs evidence, and whether it has any: asked wherever one could be lost."""

from sqlmodel import Session

from db.models.baseline import BaselineMilestone
from db.models.document import Document
from db.models.milestone import Milestone
from db.queries.document import documents_of
from db.queries.project import baselines_of, frozen_in
from db.vocabulary import DocumentKind
from tracker.rules.evidence import EvidenceMissing, LastEvidence


def frozen_now(session: Session, milestone: Milestone) -> BaselineMilestone | None:
    """Return the milestone as the newest approved plan holds it, None outside it."""
    baselines = baselines_of(session, milestone.project_id)
    frozen = frozen_in(session, baselines[-1].key) if baselines else []
    return next((f for f in frozen if f.milestone_id == milestone.key), None)


def needs_evidence(session: Session, milestone: Milestone) -> bool:
    """Return whether it is a key milestone or a landing gate, as typed or as approved last."""
    frozen = frozen_now(session, milestone)
    is_marked = milestone.is_key or milestone.is_gate
    return is_marked or (frozen is not None and (frozen.is_key or frozen.is_gate))


def has_evidence(session: Session, milestone: Milestone, *, without: int | None = None) -> bool:
    """Return whether a link, a witness or a file proves it; `without` leaves one document out."""
    files = [
        document
        for document in documents_of(session, "milestone_id", [milestone.key])
        if document.kind == DocumentKind.evidence and document.archived_at is None and document.key != without
    ]
    return bool(milestone.evidence_link or milestone.evidence_witness or files)


def keep_mark_proved(session: Session, milestone: Milestone, field: str) -> None:
    """Refuse to mark a milestone, in `field`, that was met without evidence. Raises: EvidenceMissing."""
    if milestone.met_on and not has_evidence(session, milestone):
        raise EvidenceMissing(field=field, name=milestone.name)


def keep_last_evidence(session: Session, document: Document) -> None:
    """Refuse to let go of a document that alone proves a milestone which needs it. Raises: LastEvidence."""
    if document.milestone_id is None or document.kind != DocumentKind.evidence:
        return
    milestone = session.get_one(Milestone, document.milestone_id)
    is_met = milestone.met_on is not None and milestone.archived_at is None
    if (
        is_met
        and needs_evidence(session, milestone)
        and not has_evidence(session, milestone, without=document.key)
    ):
        raise LastEvidence(field="reason", name=milestone.name)
