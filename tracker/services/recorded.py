"""Rows as they had been recorded by an earlier moment, with the texts that the portfolio does not hold.

An entry tells the old value of each field it changed, so undoing the later ones, the newest first, gives the
row as it stood.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlmodel import Session

from db.models.audit import AuditEntry
from db.models.base import Recorded
from db.queries.known import entries_since, last_change_at
from db.queries.recorded import rows_ever
from tracker.portfolio.known import told_when_made

R = TypeVar("R", bound=Recorded)
# What a migration fills in was known before, in another form.
_FILLED_IN = "migration"


def recorded_by(session: Session, rows: Sequence[R], known_at: datetime | None) -> list[R]:
    """Return rows of one table as they had been recorded by `known_at`, in their order; None is now.

    Those made since are left out. What is returned of an earlier moment are copies that no session knows.
    """
    if known_at is None:
        return list(rows)
    number = last_change_at(session, known_at)
    names = [(str(row.__tablename__), row.key) for row in rows]
    later = entries_since(session, names, number)
    found = (_undone(row, later.get(name, ())) for name, row in zip(names, rows, strict=True))
    return [row for row in found if row is not None]


def standing_then(
    session: Session, model: type[R], owner: tuple[str, int], known_at: datetime | None
) -> list[R]:
    """Return the rows of `model` that `owner` (column, id) holds, not withdrawn by `known_at`, by id."""
    rows = recorded_by(session, rows_ever(session, model, *owner), known_at)
    return [row for row in rows if row.archived_at is None]


def _undone(row: R, later: Iterable[AuditEntry]) -> R | None:
    """Return a row without what later entries, the oldest first, did to it; None if one of them made it."""
    model = type(row)
    values = row.model_dump()
    for entry in reversed([entry for entry in later if entry.origin != _FILLED_IN]):
        if any(entry.fields.get(name, (0,))[0] is None for name in told_when_made(entry.entity)):
            return None
        for name, (old, _new) in entry.fields.items():
            values[name] = _read(model, name, old)
    return model(**values)


def _read(model: type[Recorded], name: str, told: Any) -> Any:
    """Return a value as the row holds it, of what an entry tells: an empty text is told as nothing."""
    return _kind(model, name).validate_python("" if told is None and _is_text(model, name) else told)


@cache
def _kind(model: type[Recorded], name: str) -> TypeAdapter[Any]:
    kind: Any = model.model_fields[name].annotation
    return TypeAdapter(kind)


def _is_text(model: type[Recorded], name: str) -> bool:
    return model.model_fields[name].annotation is str
