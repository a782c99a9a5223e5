"""The county registry: search it, read a division, and apply a newer list."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from sqlmodel import Session

from db.queries import division as queries
from tracker.errors import N_, NotFound, TrackerError
from tracker.exchange.registry_list import RegistryList, read_registry_list
from tracker.rules.division import LEVELS, AreaFacts, DivisionFacts, FormerName, TermMatches
from tracker.rules.division_index import DivisionIndex
from tracker.rules.registry_change import RegistryChange, compare
from tracker.services.desk import Desk
from tracker.services.registry import write_registry

_INDEXES_KEPT = 4
# A real list explains what it leaves out; one that drops more than this is a part of a list.
_UNEXPLAINED_PERCENT = 5

_indexes: OrderedDict[tuple[str, ...], DivisionIndex] = OrderedDict()
_lock = Lock()


class RegistryOlder(TrackerError):
    """The list speaks of an earlier day than the one in force."""

    sentence = N_("This list is of {day}, older than the one in force, {current}.")


class RegistryIncomplete(TrackerError):
    """The list drops many divisions without a word."""

    sentence = N_(
        "This list leaves out {count} divisions, such as {name}, and does not say what became of them."
        " It seems incomplete."
    )


@dataclass(frozen=True)
class DivisionSheet:
    """One division with what surrounds it; `formers` has its former and short names, the newest first."""

    division: DivisionFacts
    prefecture: DivisionFacts | None
    province: DivisionFacts | None
    formers: Sequence[FormerName]
    successors: Sequence[DivisionFacts]


def division_index(desk: Desk) -> DivisionIndex:
    """Return the search index over the registry as it is now, shared by all people.

    It holds every division: searches restrict to the person's scope. Raises: StorageError.
    """
    desk.allow("read")
    with desk.reading() as session:
        state = (str(desk.database.url), *queries.registry_state(session))
        with _lock:
            if state not in _indexes:
                _indexes[state] = _index(session)
                while len(_indexes) > _INDEXES_KEPT:
                    _indexes.popitem(last=False)
            _indexes.move_to_end(state)
            return _indexes[state]


def find_divisions(
    desk: Desk, text: str, *, levels: Sequence[str] = LEVELS, limit: int = 20
) -> list[TermMatches]:
    """Return what each of the typed texts may mean, within the person's scope. Raises: StorageError."""
    desk.allow("read")
    return division_index(desk).find_many(text, levels, limit, desk.person.division_ids)


def read_division(desk: Desk, division_id: int) -> DivisionSheet:
    """Return a division with its parents, former names and successors.

    Raises: NotFound if there is none or it is outside the person's scope; StorageError.
    """
    desk.allow("read", {division_id})
    index = division_index(desk)
    division = index.by_id.get(division_id)
    if division is None:
        raise NotFound
    prefecture, province = index.parents(division_id)
    return DivisionSheet(
        division, prefecture, province, index.formers_of(division_id), index.successors_of(division)
    )


def division_doubts(desk: Desk, division_ids: Collection[int], day: date) -> list[TrackerError]:
    """Return what to warn of when something on `day` names these divisions: errors that are only shown.

    Dates of validity are known to the year, so this warns and never refuses. Raises: StorageError.
    """
    desk.allow("read")
    index = division_index(desk)
    doubts = [index.doubt(division_id, day) for division_id in division_ids]
    return [doubt for doubt in doubts if doubt is not None]


def registry_version(desk: Desk) -> str:
    """Return the day that the list of divisions in force speaks of. Raises: StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        version = queries.newest_version(session)
        return version.label if version else ""


def scope_of(desk: Desk, codes: Collection[str]) -> frozenset[int]:
    """Return the ids of the divisions with these codes and of all below them, abolished ones too.

    Raises: StorageError.
    """
    desk.allow("read")
    return division_index(desk).below(codes)


def plan_registry(desk: Desk, folder: Path) -> RegistryChange:
    """Return what applying the lists in `folder` would change, and change nothing.

    Raises: NotAllowed, RegistryOlder, RegistryIncomplete, StorageError, and what `read_registry_list` does.
    """
    desk.allow("registry.apply")
    lists = read_registry_list(folder)
    with desk.reading() as session:
        return _planned(session, lists)


def apply_registry(desk: Desk, folder: Path) -> RegistryChange:
    """Apply a newer set of lists and return what it changed; the lists in force again change nothing.

    Divisions are never removed: abolished ones get their last year, and their names lead to what
    succeeded them. Raises: as `plan_registry`, and CodesExchanged.
    """
    desk.allow("registry.apply")
    lists = read_registry_list(folder)
    with desk.transaction(reason=f"county registry {lists.as_of}") as work:
        change = _planned(work.session, lists)
        version = queries.newest_version(work.session)
        if version is None or version.sha256 != lists.sha256:
            write_registry(work, change, lists)
        return change


def _planned(session: Session, lists: RegistryList) -> RegistryChange:
    version = queries.newest_version(session)
    current = version.label if version else ""
    if lists.as_of.isoformat() < current:
        raise RegistryOlder(day=lists.as_of, current=current)
    known = [d for d in _facts(session) if d.valid_to is None]
    change = compare(known, lists.divisions, lists.names, as_of=lists.as_of, previous=current)
    gone = change.unexplained
    if len(gone) * 100 > len(known) * _UNEXPLAINED_PERCENT:
        raise RegistryIncomplete(count=len(gone), name=f"{gone[0].before.code} {gone[0].before.name}")
    return change


def _index(session: Session) -> DivisionIndex:
    return DivisionIndex(
        _facts(session),
        [FormerName(*row) for row in queries.name_rows(session)],
        [AreaFacts(*row) for row in queries.area_rows(session)],
    )


def _facts(session: Session) -> list[DivisionFacts]:
    return [DivisionFacts(*row) for row in queries.division_rows(session)]
