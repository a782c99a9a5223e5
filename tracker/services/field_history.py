"""The history of an agreement field by field, and putting one field back to an earlier value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, TypeAdapter

from db.models.agreement import Agreement, AgreementFields
from db.models.audit import AuditEntry
from db.models.base import Recorded
from db.models.document import Document
from db.models.party import Party, PartyFields
from db.models.supplement import Supplement, SupplementFields
from db.models.suspension import Suspension, SuspensionFields
from db.queries.agreement import rows_about
from db.queries.document import documents_of
from db.queries.history import entries_about
from db.transaction import Transaction
from tracker.errors import N_, NotFound, TrackerError
from tracker.rules.agreement_draft import term_problems
from tracker.rules.checks import raise_any, well_formed
from tracker.services.agreement_scope import divisions_of, open_agreement, reopen, signed_on
from tracker.services.desk import Desk

_MODELS: dict[str, tuple[type[Recorded], type[BaseModel] | None]] = {
    "agreement": (Agreement, AgreementFields),
    "party": (Party, PartyFields),
    "supplement": (Supplement, SupplementFields),
    "suspension": (Suspension, SuspensionFields),
}
# Kept by the product itself, or meaningful only together with others.
_FIXED = {
    "id",
    "number",
    "agreement_id",
    "opened_on",
    "archived_at",
    "archive_reason",
    "position",
    "parent_id",
}


class CannotBePutBack(TrackerError):
    """A field whose earlier value cannot be taken alone."""

    sentence = N_("This value cannot be put back by itself.")


@dataclass(frozen=True)
class FieldChange:
    """One field's change: who, when, what it was and what it became (JSON values)."""

    entry_id: int
    change_no: int
    recorded_at: datetime
    actor: str
    action: str
    reason: str
    entity: str
    record_id: int
    field: str
    old: Any
    new: Any
    can_put_back: bool


def agreement_history(desk: Desk, agreement_id: int) -> list[FieldChange]:
    """Return every recorded change of the agreement and what hangs on it, newest first.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("history.read", divisions_of(desk, agreement_id))
    with desk.reading() as session:
        documents = documents_of(session, "agreement_id", [agreement_id])
        records = rows_about(session, agreement_id)
        records += [(str(Document.__tablename__), document.key) for document in documents]
        entries = entries_about(session, records)
        first = {(e.entity, e.record_id): e.id for e in entries}
        session.expunge_all()
    return [change for entry in entries for change in field_changes(entry, first, _can_put_back)]


def put_value_back(desk: Desk, agreement_id: int, entry_id: int, field: str) -> None:
    """Give a field of the agreement or of what hangs on it the value it had before an entry.

    The change is recorded like any other. Raises: NotFound, NotAllowed, CannotBePutBack, InvalidInput,
    Withdrawn, StorageError.
    """
    desk.allow("history.restore", divisions_of(desk, agreement_id))
    with desk.transaction() as work:
        agreement = open_agreement(work, agreement_id)
        entry = work.session.get(AuditEntry, entry_id)
        known = rows_about(work.session, agreement_id)
        if entry is None or (entry.entity, entry.record_id) not in known:
            raise NotFound
        if field not in entry.fields or not _can_put_back(entry.entity, field):
            raise CannotBePutBack
        record = work.get(_MODELS[entry.entity][0], entry.record_id)
        _put(work, record, field, entry.fields[field][0])
        reopen(work, agreement)


def field_changes(
    entry: AuditEntry, first: dict[tuple[str, int], int | None], can_put_back: Callable[[str, str], bool]
) -> list[FieldChange]:
    """Return what one entry changed, field by field; `first` holds each record's first entry."""
    is_creation = first[entry.entity, entry.record_id] == entry.id
    return [
        FieldChange(
            entry_id=entry.id or 0,
            change_no=entry.change_no,
            recorded_at=entry.recorded_at,
            actor=entry.actor,
            action=entry.action,
            reason=entry.reason,
            entity=entry.entity,
            record_id=entry.record_id,
            field=field,
            old=old,
            new=new,
            can_put_back=not is_creation and can_put_back(entry.entity, field),
        )
        for field, (old, new) in entry.fields.items()
    ]


def _can_put_back(entity: str, field: str) -> bool:
    return entity in _MODELS and field in _MODELS[entity][0].model_fields and field not in _FIXED


def _put(work: Transaction, record: Recorded, field: str, old: Any) -> None:
    model, rules = _MODELS[str(record.__tablename__)]
    if old is None and not model.__table__.c[field].nullable:  # type: ignore[attr-defined]
        old = ""
    annotation: Any = model.model_fields[field].annotation
    value = TypeAdapter(annotation).validate_python(old)
    if rules is not None:
        draft = well_formed(rules, record.model_dump(include=set(rules.model_fields)) | {field: value})
        if isinstance(draft, AgreementFields):
            raise_any(term_problems(draft, signed_on(work, record.key)))
    setattr(record, field, value)
    work.save(record, f"{record.__tablename__}.put_back")
