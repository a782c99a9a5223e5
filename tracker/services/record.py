"""What services on every kind of record share: change with a version, archive, restore."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlmodel import SQLModel

from db.models.base import Recorded
from db.queries.history import last_entry
from db.transaction import Transaction
from tracker.errors import N_, EditConflict, TrackerError
from tracker.rules.checks import reason_given

R = TypeVar("R", bound=Recorded)


class WithdrawnMeanwhile(TrackerError):
    """Changing or withdrawing what was withdrawn, as from a window opened before."""

    sentence = N_("This was withdrawn meanwhile, so nothing was changed now. Reload the page to see it.")


def change(
    work: Transaction,
    record: R,
    draft: SQLModel,
    *,
    seen: int | None,
    action: str = "",
    besides: Mapping[str, Any] | None = None,
) -> R:
    """Write the draft's fields into the record, if nobody saved it since version `seen`.

    `besides` holds what the product itself writes with them, which nobody typed and nobody need choose.
    `seen=None` means the caller's client left the version out, and counts as a conflict whenever
    anything differs. Raises: WithdrawnMeanwhile; EditConflict with both values of each field that differs.
    """
    _refuse_withdrawn(record)
    values = draft.model_dump()
    if record.version != seen:
        differing = {k: (getattr(record, k), v) for k, v in values.items() if getattr(record, k) != v}
        if differing:
            raise conflict(work, record, differing)
    for name, value in (values | dict(besides or {})).items():
        setattr(record, name, value)
    return work.save(record, action)


def conflict(work: Transaction, record: Recorded, differing: dict[str, tuple[Any, Any]]) -> EditConflict:
    """Return the error that shows the second editor both values: field → (stored, typed)."""
    entry = last_entry(work.session, str(record.__tablename__), record.key)
    who, when = (entry.actor, entry.recorded_at) if entry else ("", None)
    return EditConflict(who=who, when=when, version=record.version or 0, fields=differing)


def archive(work: Transaction, record: R) -> R:
    """Take a record entered in error out of every count; the transaction holds the reason.

    What is withdrawn keeps its first day and reason. Raises: WithdrawnMeanwhile, ReasonRequired.
    """
    _refuse_withdrawn(record)
    record.archive_reason = reason_given(work.reason)
    record.archived_at = work.recorded_at
    return work.save(record, f"{record.__tablename__}.archived")


def restore(work: Transaction, record: R) -> R:
    """Bring an archived record back."""
    record.archived_at, record.archive_reason = None, ""
    return work.save(record, f"{record.__tablename__}.restored")


def _refuse_withdrawn(record: Recorded) -> None:
    if record.archived_at is not None:
        raise WithdrawnMeanwhile
