"""Questions to the county registry."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from db.models.division import Division, DivisionName, FunctionalArea, RegistryVersion
from db.queries.facts import counter

DIVISION_COLUMNS = (
    *("id", "code", "name", "name_en", "short_name", "level", "kind"),
    *("parent_id", "province_id", "valid_from", "valid_to"),
)
NAME_COLUMNS = ("division_id", "code", "name", "relation", "valid_from", "valid_to", "ambiguous")
AREA_COLUMNS = ("id", "code", "name", "parent_id")


def registry_state(session: Session) -> tuple[str, str, str]:
    """Return what differs whenever the registry does: database, last change to it, list in force.

    The list tells apart a database restored from a backup, in which numbers are given again.
    """
    newest = [
        session.exec(select(func.max(col(table.change_no)))).one() or 0
        for table in (Division, DivisionName, FunctionalArea)
    ]
    version = newest_version(session)
    return counter(session)[0], str(max(newest)), version.sha256 if version else ""


def division_rows(session: Session) -> list[tuple[Any, ...]]:
    """Return every division, abolished ones too, with DIVISION_COLUMNS."""
    return _rows(session, Division, DIVISION_COLUMNS)


def name_rows(session: Session) -> list[tuple[Any, ...]]:
    """Return every former or short name with NAME_COLUMNS."""
    return _rows(session, DivisionName, NAME_COLUMNS)


def area_rows(session: Session) -> list[tuple[Any, ...]]:
    """Return every statistics-only area with AREA_COLUMNS."""
    return _rows(session, FunctionalArea, AREA_COLUMNS)


def newest_version(session: Session) -> RegistryVersion | None:
    """Return the list of divisions that was applied last."""
    return session.exec(select(RegistryVersion).order_by(col(RegistryVersion.id).desc()).limit(1)).first()


def present_divisions(session: Session) -> list[Division]:
    """Return the divisions that are not abolished."""
    return list(session.exec(select(Division).where(col(Division.valid_to).is_(None))))


def kept_names(session: Session) -> list[DivisionName]:
    """Return the former and short names as stored."""
    return list(session.exec(select(DivisionName).where(col(DivisionName.archived_at).is_(None))))


def kept_areas(session: Session) -> list[FunctionalArea]:
    """Return the statistics-only areas as stored, archived ones too: a code is unique among all."""
    return list(session.exec(select(FunctionalArea)))


def _rows(session: Session, table: type[Any], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    # Plain rows: objects would cost ten times as much for 3,000 divisions.
    statement = select(*(getattr(table, name) for name in columns)).where(table.archived_at.is_(None))
    return [tuple(row) for row in session.execute(statement.order_by(table.id))]
