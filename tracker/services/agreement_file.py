"""Everything about one agreement, as its page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlmodel import Session, col, select

from db.models.agreement import Agreement, AgreementStage
from db.models.division import Division
from db.models.party import Party
from db.models.pillar import Pillar
from db.models.signing_event import SigningEvent
from db.models.supplement import Supplement
from db.models.suspension import Suspension
from db.queries.agreement import (
    parties_of,
    pillar_links,
    relatives_of,
    stages_of,
    supplements_of,
    suspensions_of,
)
from tracker.errors import NotFound
from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.project import projects_as_of
from tracker.services.agreement_scope import divisions_of
from tracker.services.desk import Desk
from tracker.services.document import DocumentFile, documents_with_versions
from tracker.services.reading import portfolio_for


@dataclass(frozen=True)
class AgreementFile:
    """One agreement with all that hangs on it; the rows are detached copies.

    `standing` is the agreement's row of `agreements_as_of` (status, signed_on, term_end_on …), None when
    the agreement is archived or not opened yet by then. `relatives` are at most one step away. `projects`
    are rows of `projects_as_of` within the person's scope.
    """

    agreement: Agreement
    standing: dict[str, Any] | None
    event: SigningEvent | None
    pillars: tuple[Pillar, ...]
    parties: tuple[Party, ...]
    divisions: dict[int, Division]
    stages: tuple[AgreementStage, ...]
    supplements: tuple[Supplement, ...]
    suspensions: tuple[Suspension, ...]
    relatives: tuple[Agreement, ...]
    documents: tuple[DocumentFile, ...]
    projects: tuple[dict[str, Any], ...]

    @property
    def is_signed(self) -> bool:
        """Whether every required party has signed, as far as recorded."""
        return all(party.signed_on for party in self.parties if party.required)


def read_agreement(desk: Desk, agreement_id: int, as_of: date) -> AgreementFile:
    """Return an agreement, archived or not, standing as it did on `as_of`. Raises: NotFound, StorageError."""
    desk.allow("read", divisions_of(desk, agreement_id))
    portfolio = portfolio_for(desk)
    standing = agreements_as_of(portfolio, as_of).filter(pl.col("id") == agreement_id)
    projects = projects_as_of(portfolio, as_of).filter(pl.col("agreement_id") == agreement_id)
    with desk.reading() as session:
        return _gathered(session, agreement_id, standing.to_dicts(), projects.to_dicts())


def _gathered(
    session: Session, agreement_id: int, standing: list[dict[str, Any]], projects: list[dict[str, Any]]
) -> AgreementFile:
    agreement = session.get(Agreement, agreement_id)
    if agreement is None:
        raise NotFound
    parties = parties_of(session, agreement_id)
    taken = [link.pillar_id for link in pillar_links(session, agreement_id) if link.archived_at is None]
    pillars = session.exec(select(Pillar).where(col(Pillar.id).in_(taken)).order_by(col(Pillar.position)))
    divisions = session.exec(select(Division).where(col(Division.id).in_([p.division_id for p in parties])))
    found = AgreementFile(
        agreement=agreement,
        standing=standing[0] if standing else None,
        event=session.get(SigningEvent, agreement.event_id) if agreement.event_id else None,
        pillars=tuple(pillars),
        parties=tuple(parties),
        divisions={division.key: division for division in divisions},
        stages=tuple(stages_of(session, agreement_id)),
        supplements=tuple(supplements_of(session, agreement_id)),
        suspensions=tuple(suspensions_of(session, agreement_id)),
        relatives=tuple(relatives_of(session, agreement)),
        documents=tuple(documents_with_versions(session, "agreement_id", [agreement_id])),
        projects=tuple(projects),
    )
    session.expunge_all()
    return found
