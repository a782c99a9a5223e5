"""A writing transaction: the change number, the rows, and one audit entry per record and change."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import case, event, insert, inspect, literal, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from db.errors import RecordChanged, RecordMissing, UnrecordedWrite
from db.models.audit import AuditEntry, CarriedOut, ChangeCounter
from db.models.base import Recorded, utc_now

R = TypeVar("R", bound=Recorded)
# Kept by the transaction itself; an entry about them would only repeat the entry.
_OWN_COLUMNS = {"id", "version", "change_no"}


class Transaction:
    """Saves records and tells of each. Made by `Database.transaction`; use it within that block only.

    `number` is this change's number: it was taken, under the counter's lock, before anything is read,
    so that what a service decides on cannot change under it.
    """

    def __init__(self, session: Session, *, actor: str, origin: str, reason: str, token: str) -> None:
        self.session = session
        self.actor, self.origin, self.reason, self.token = actor, origin, reason, token
        self._announced: Sequence[Recorded] = ()
        self._saved = False
        self.number, self.recorded_at = self._take_number()
        self.outcome = self._earlier_outcome()
        event.listen(session, "before_flush", self._refuse_unannounced)

    def get(self, model: type[R], record_id: int, *, seen: int | None = None) -> R:
        """Return a record. Raises: RecordMissing; RecordChanged if its version is not the one `seen`."""
        record = self.session.get(model, record_id)
        if record is None:
            raise RecordMissing(entity=model.__tablename__, record_id=record_id)
        if seen is not None and record.version != seen:
            raise RecordChanged(
                entity=str(model.__tablename__), record_id=record_id, seen=seen, current=record.version
            )
        return record

    def save(self, record: R, action: str = "") -> R:
        """Write a new or changed record and its audit entry; an unchanged one writes nothing.

        `action` is what the office calls it (`agreement.signed`); by default added or changed.
        """
        self.save_many([record], action)
        return record

    def save_many(self, records: Sequence[Recorded], action: str = "") -> None:
        """Write many records in one go, each with its own audit entry."""
        told = [(record, fields) for record in records if (fields := _changes(record))]
        if not told:
            return
        is_new = [record.id is None for record, _ in told]
        for record, _ in told:
            record.change_no = self.number
            self.session.add(record)
        with self._writing():
            self._announced = records
            self.session.flush()
            self._announced = ()
            entries = [
                self._entry(record, fields, action or _default_action(record, new))
                for (record, fields), new in zip(told, is_new, strict=True)
            ]
            self.session.execute(insert(AuditEntry), entries)
        self._saved = True

    def finish(self) -> None:
        """Commit if anything was saved; otherwise give the number back.

        Raises: UnrecordedWrite if something was changed and not saved.
        """
        self._refuse_unannounced(self.session)
        if not self._saved:
            self.session.rollback()
            return
        with self._writing():
            if self.token and self.outcome is not None:
                values = {"token": self.token, "change_no": self.number, "outcome": self.outcome}
                self.session.execute(insert(CarriedOut).values(**values))
            self.session.commit()

    def _take_number(self) -> tuple[int, datetime]:
        with self._writing():
            number, last = col(ChangeCounter.number), col(ChangeCounter.recorded_at)
            now = literal(utc_now(), UTCDateTime())
            # A clock set back must not make a later entry look earlier.
            counter = update(ChangeCounter).values(
                number=number + 1, recorded_at=case((last > now, last), else_=now)
            )
            row = self.session.execute(counter.returning(number, last)).one()
        return row.number, row.recorded_at

    def _earlier_outcome(self) -> list[int] | None:
        if not self.token:
            return None
        return self.session.scalar(select(col(CarriedOut.outcome)).where(col(CarriedOut.token) == self.token))

    def _entry(self, record: Recorded, fields: dict[str, list[Any]], action: str) -> dict[str, Any]:
        return {
            "change_no": self.number,
            "entity": str(record.__tablename__),
            "record_id": record.key,
            "action": action,
            "fields": fields,
            "actor": self.actor,
            "reason": self.reason,
            "origin": self.origin,
            "recorded_at": self.recorded_at,
        }

    @contextmanager
    def _writing(self) -> Iterator[None]:
        info = self.session.connection().info
        info["writing"] = True
        try:
            yield
        finally:
            info.pop("writing", None)

    def _refuse_unannounced(self, session: Session, *_: object) -> None:
        announced = {id(record) for record in self._announced}
        touched = [*session.new, *session.deleted, *(o for o in session.dirty if session.is_modified(o))]
        for row in touched:
            if id(row) not in announced:
                raise UnrecordedWrite(statement=type(row).__name__)


def _changes(record: Recorded) -> dict[str, list[Any]]:
    """Return field → [old, new] of what saving `record` would change, as JSON values."""
    state = inspect(record)
    changes = {}
    for attribute in state.mapper.column_attrs:
        if attribute.key in _OWN_COLUMNS:
            continue
        if not state.has_identity:
            value = getattr(record, attribute.key)
            if value is not None and value != "":
                changes[attribute.key] = [None, as_recorded(value)]
        elif (history := state.attrs[attribute.key].history).has_changes():
            old = history.deleted[0] if history.deleted else None
            if as_recorded(old) != as_recorded(history.added[0]):
                changes[attribute.key] = [as_recorded(old), as_recorded(history.added[0])]
    return changes


def as_recorded(value: Any) -> Any:
    """Return a stored value as an entry's JSON tells it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _default_action(record: Recorded, is_new: bool) -> str:
    return f"{record.__tablename__}.{'added' if is_new else 'changed'}"
