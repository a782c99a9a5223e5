"""Questions about one agreement and what hangs on it; archived rows are left out unless said otherwise."""

from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from db.models.agreement import Agreement, AgreementPillar, AgreementStage
from db.models.base import Recorded
from db.models.party import Party
from db.models.project import Project
from db.models.supplement import Supplement
from db.models.suspension import Suspension
from db.vocabulary import Side

R = TypeVar("R", bound=Recorded)


def county_side(session: Session, agreement_id: int) -> frozenset[int]:
    """Return the divisions on the county side."""
    ids = session.exec(
        select(Party.division_id).where(
            Party.agreement_id == agreement_id, Party.side == Side.county, col(Party.archived_at).is_(None)
        )
    )
    return frozenset(i for i in ids if i is not None)


def numbers_beginning(session: Session, prefix: str) -> list[str]:
    """Return the agreement numbers that begin so, of archived agreements too."""
    return list(session.exec(select(Agreement.number).where(col(Agreement.number).startswith(prefix))))


def supplement_numbers(session: Session, agreement_id: int) -> list[str]:
    """Return the numbers of an agreement's supplements, archived ones too."""
    return list(session.exec(select(Supplement.number).where(Supplement.agreement_id == agreement_id)))


def parties_of(session: Session, agreement_id: int) -> list[Party]:
    """Return the parties, county side first, each side in its order."""
    rows = _of(session, Party, agreement_id)
    return sorted(rows, key=lambda p: (p.side != Side.county, p.position, p.key))


def stages_of(session: Session, agreement_id: int) -> list[AgreementStage]:
    """Return the stages in the order they were entered."""
    return sorted(_of(session, AgreementStage, agreement_id), key=lambda s: (s.entered_on, s.key))


def pillar_links(session: Session, agreement_id: int) -> list[AgreementPillar]:
    """Return the links to pillars, archived ones too: a pillar taken up again uses its old link."""
    return list(session.exec(select(AgreementPillar).where(AgreementPillar.agreement_id == agreement_id)))


def supplements_of(session: Session, agreement_id: int, *, archived: bool = False) -> list[Supplement]:
    """Return the supplementary agreements by number."""
    return sorted(_of(session, Supplement, agreement_id, archived=archived), key=lambda s: s.key)


def suspensions_of(session: Session, agreement_id: int) -> list[Suspension]:
    """Return the agreement's own suspensions, oldest first."""
    return sorted(_of(session, Suspension, agreement_id), key=lambda s: s.from_on)


def projects_of(session: Session, agreement_id: int) -> list[Project]:
    """Return the projects by id."""
    return sorted(_of(session, Project, agreement_id), key=lambda p: p.key)


def relatives_of(session: Session, agreement: Agreement) -> list[Agreement]:
    """Return the agreements one renewal or upgrade away, in either direction, by number."""
    others = [i for i in (agreement.parent_id, agreement.renewal_of_id) if i]
    found = session.exec(
        select(Agreement).where(
            col(Agreement.archived_at).is_(None),
            col(Agreement.id).in_(others)
            | (col(Agreement.parent_id) == agreement.id)
            | (col(Agreement.renewal_of_id) == agreement.id),
        )
    )
    return sorted(found, key=lambda a: a.number)


def rows_about(session: Session, agreement_id: int) -> list[tuple[str, int]]:
    """Return (entity, id) of the agreement and of everything that hangs on it, archived rows too."""
    records: list[tuple[str, int]] = [(str(Agreement.__tablename__), agreement_id)]
    models: Sequence[type[Recorded]] = (Party, AgreementStage, Supplement, Suspension)
    for model in models:
        rows = _of(session, model, agreement_id, archived=True)
        records += [(str(model.__tablename__), row.key) for row in rows]
    return records


def _of(session: Session, model: type[R], agreement_id: int, *, archived: bool = False) -> list[R]:
    table: SQLModel = model.__table__  # type: ignore[attr-defined]
    statement = select(model).where(table.c.agreement_id == agreement_id)  # type: ignore[attr-defined]
    if not archived:
        statement = statement.where(col(model.archived_at).is_(None))
    return list(session.exec(statement))
