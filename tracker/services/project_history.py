"""The history of a project and its plan field by field, and putting one field back to an earlier value."""

from typing import Any

from pydantic import TypeAdapter

from db.models.audit import AuditEntry
from db.models.base import Recorded
from db.models.milestone import Milestone
from db.models.project import Project, ProjectFields
from db.queries.history import entries_about
from db.queries.project import rows_about
from db.transaction import Transaction
from tracker.errors import NotFound
from tracker.rules.milestone_draft import ROW_FIELDS, checked_rows
from tracker.rules.project_draft import checked_project
from tracker.services.desk import Desk
from tracker.services.field_history import CannotBePutBack, FieldChange, field_changes
from tracker.services.project_scope import divisions_of_project, writable_project
from tracker.services.proof import keep_mark_proved

# What became of a milestone, and a project's stop, are taken back by acts of their own, with a reason.
_TYPED: dict[str, tuple[type[Recorded], frozenset[str]]] = {
    "project": (Project, frozenset(ProjectFields.model_fields)),
    # A forecast moves with a reason code, which putting it back would not give.
    "milestone": (Milestone, frozenset(ROW_FIELDS) - {"forecast_on"}),
}


def project_history(desk: Desk, project_id: int) -> list[FieldChange]:
    """Return every recorded change of the project, its plan and its pauses, newest first.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("history.read", divisions_of_project(desk, project_id))
    with desk.reading() as session:
        entries = entries_about(session, rows_about(session, project_id))
        first = {(e.entity, e.record_id): e.id for e in entries}
        session.expunge_all()
    return [change for entry in entries for change in field_changes(entry, first, _can_put_back)]


def put_project_value_back(desk: Desk, project_id: int, entry_id: int, field: str) -> None:
    """Give a field of the project or of a milestone the value it had before an entry.

    The change is recorded like any other. Raises: NotFound, NotAllowed, CannotBePutBack, InvalidInput,
    EvidenceMissing (a mark of a milestone met without any), Withdrawn, StorageError.
    """
    desk.allow("history.restore", divisions_of_project(desk, project_id))
    with desk.transaction() as work:
        writable_project(work, project_id)
        entry = work.session.get(AuditEntry, entry_id)
        if entry is None or (entry.entity, entry.record_id) not in rows_about(work.session, project_id):
            raise NotFound
        if field not in entry.fields or not _can_put_back(entry.entity, field):
            raise CannotBePutBack
        record = work.get(_TYPED[entry.entity][0], entry.record_id)
        if record.archived_at is not None:
            raise CannotBePutBack
        _put(desk, work, record, (field, entry.fields[field][0]))


def _can_put_back(entity: str, field: str) -> bool:
    return entity in _TYPED and field in _TYPED[entity][1]


def _put(desk: Desk, work: Transaction, record: Recorded, change: tuple[str, Any]) -> None:
    field, old = change
    model, typed = _TYPED[str(record.__tablename__)]
    # An empty text is recorded as no value at all.
    if old is None and not model.__table__.c[field].nullable:  # type: ignore[attr-defined]
        old = ""
    annotation: Any = model.model_fields[field].annotation
    value = TypeAdapter(annotation).validate_python(old)
    values = {name: getattr(record, name) for name in typed} | {field: value}
    if isinstance(record, Milestone):
        checked_rows([values])
        if field in ("is_key", "is_gate") and value:
            keep_mark_proved(work.session, record, field)
    else:
        checked_project(values, desk.today)
    setattr(record, field, value)
    work.save(record, f"{record.__tablename__}.put_back")
