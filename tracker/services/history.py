"""Read who changed what, when and why, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlmodel import Session

from db.models.audit import AuditEntry
from db.queries.history import HistoryWanted, names_of, newest_entries, values_used
from tracker.services.desk import Desk

PAGE_SIZE = 100

# Fields that hold the id of another record, and whose.
REFERENCES: Final = {
    "agreement_id": "agreement",
    "baseline_id": "baseline",
    "division_id": "division",
    "document_id": "document",
    "event_id": "signing_event",
    "milestone_id": "milestone",
    "pillar_id": "pillar",
    "predecessor_id": "milestone",
    "project_id": "project",
    "province_id": "division",
    "request_id": "update_request",
    "sales_region_id": "sales_region",
    "successor_id": "milestone",
    "template_milestone_id": "plan_template_milestone",
    "update_id": "project_update",
    "renewal_of_id": "agreement",
    "supplement_id": "supplement",
    "template_id": "plan_template",
    "template_version_id": "plan_template_version",
    "unit_id": "unit",
}
_PARENTS = {"agreement": "agreement", "division": "division", "functional_area": "division"}

Names = Mapping[tuple[str, int], tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One record's change: `fields` maps a field to its old and new value, as JSON values."""

    id: int
    recorded_at: datetime
    actor: str
    action: str
    entity: str
    record_id: int
    reason: str
    origin: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class HistoryPage:
    """A page of entries; `names` holds (Chinese, English) of every record they speak of that has a name.

    `older_than` is where the next page begins, None at the end.
    """

    entries: tuple[Entry, ...]
    names: Names
    older_than: int | None


@dataclass(frozen=True)
class HistoryChoices:
    """The people, actions and kinds of record that the history knows."""

    actors: tuple[str, ...]
    actions: tuple[str, ...]
    entities: tuple[str, ...]


@dataclass(frozen=True)
class HistoryQuestion:
    """What the history is asked for; an empty field asks for everything. Both days are included."""

    actor: str = ""
    entity: str = ""
    record_id: int | None = None
    action: str = ""
    from_on: date | None = None
    to_on: date | None = None
    older_than: int | None = None


def read_history(desk: Desk, question: HistoryQuestion) -> HistoryPage:
    """Return the newest PAGE_SIZE entries asked for, about records within the person's scope.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("history.read")
    with desk.reading() as session:
        wanted = _wanted(desk, question)
        found = newest_entries(session, wanted, desk.person.division_ids, PAGE_SIZE + 1)
        entries = tuple(_entry(e) for e in found[:PAGE_SIZE])
        names = names_of(session, _spoken_of(entries))
    more = len(found) > PAGE_SIZE
    return HistoryPage(entries, names, entries[-1].id if more else None)


def read_history_choices(desk: Desk) -> HistoryChoices:
    """Return what the history can be narrowed to. Raises: NotAllowed, StorageError."""
    desk.allow("history.read")
    with desk.reading() as session:
        return HistoryChoices(
            tuple(values_used(session, "actor")),
            tuple(values_used(session, "action")),
            tuple(values_used(session, "entity")),
        )


def name_values(desk: Desk, changes: Iterable[tuple[str, str, Any]]) -> Names:
    """Return the names of the records that values (entity, field, value) point at, for a field history.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("history.read")
    with desk.reading() as session:
        return _named(session, changes)


def referred(entity: str, field: str) -> str | None:
    """Return the entity whose ids a field holds, None for a field that holds a value of its own."""
    return _PARENTS.get(entity) if field == "parent_id" else REFERENCES.get(field)


def _named(session: Session, changes: Iterable[tuple[str, str, Any]]) -> Names:
    wanted = {(referred(entity, field), value) for entity, field, value in changes if isinstance(value, int)}
    return names_of(session, [(entity, value) for entity, value in wanted if entity is not None])


def _spoken_of(entries: Iterable[Entry]) -> set[tuple[str, int]]:
    """The records that entries are about, and those their values point at."""
    found = set()
    for entry in entries:
        found.add((entry.entity, entry.record_id))
        for field, values in entry.fields.items():
            if target := referred(entry.entity, field):
                found |= {(target, value) for value in values if isinstance(value, int)}
    return found


def _entry(stored: AuditEntry) -> Entry:
    return Entry(
        id=stored.id or 0,
        recorded_at=stored.recorded_at,
        actor=stored.actor,
        action=stored.action,
        entity=stored.entity,
        record_id=stored.record_id,
        reason=stored.reason,
        origin=stored.origin,
        fields={field: (old, new) for field, (old, new) in stored.fields.items()},
    )


def _wanted(desk: Desk, question: HistoryQuestion) -> HistoryWanted:
    day_after = question.to_on + timedelta(days=1) if question.to_on else None
    return HistoryWanted(
        actor=question.actor,
        entity=question.entity,
        record_id=question.record_id,
        action=question.action,
        since=_midnight(desk, question.from_on),
        until=_earlier(_midnight(desk, day_after), desk.known_at),
        before_id=question.older_than,
    )


def _midnight(desk: Desk, day: date | None) -> datetime | None:
    return datetime.combine(day, time(), desk.settings.zone) if day else None


def _earlier(until: datetime | None, known_at: datetime | None) -> datetime | None:
    """The sooner of an excluded end and what lies just after a moment looked back to."""
    after = known_at + timedelta(microseconds=1) if known_at else None
    return min((moment for moment in (until, after) if moment), default=None)
