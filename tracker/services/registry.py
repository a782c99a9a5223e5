"""Write a change of the county registry: everything in one transaction, nothing deleted."""

from collections.abc import Mapping, Sequence

from db.models.division import Division, DivisionName, FunctionalArea
from db.queries.division import kept_areas, kept_names, present_divisions
from db.reference import columns_of, new_area, new_division, new_names, new_version
from db.transaction import Transaction
from db.vocabulary import DivisionLevel
from tracker.errors import N_, TrackerError
from tracker.exchange.registry_list import RegistryList
from tracker.rules.registry_change import Continued, RegistryChange


class CodesExchanged(TrackerError):
    """Divisions have taken over each other's codes in a circle."""

    sentence = N_("The list makes divisions exchange their codes: {codes}. Apply the list between first.")


def write_registry(work: Transaction, change: RegistryChange, lists: RegistryList) -> None:
    """Write what `change` says and the former names, areas and version of the lists.

    Raises: CodesExchanged, StorageError.
    """
    stored = {division.key: division for division in present_divisions(work.session)}
    _abolish(work, change, stored)
    divisions: dict[str, Division] = {}
    for level in DivisionLevel:
        continued = [c for c in change.continued if c.after.level is level]
        _continue(work, continued, stored, divisions)
        new = [new_division(entry, divisions) for entry in change.new if entry.level is level]
        work.save_many(new, "division.added")
        divisions |= {division.code: division for division in new}
    _write_names(work, change, lists, divisions)
    _write_areas(work, lists, divisions)
    work.save(new_version(lists.folder, lists.divisions), "registry.applied")


def _abolish(work: Transaction, change: RegistryChange, stored: dict[int, Division]) -> None:
    # First of all, since a code is free for another division only once its bearer is abolished.
    for abolished in change.abolished:
        stored[abolished.before.id].valid_to = abolished.until
    work.save_many([stored[a.before.id] for a in change.abolished], "division.abolished")


def _continue(
    work: Transaction,
    continued: Sequence[Continued],
    stored: dict[int, Division],
    divisions: dict[str, Division],
) -> None:
    waiting = list(continued)
    taken = {c.before.code for c in continued}
    while waiting:
        ready = [c for c in waiting if not c.recoded or c.after.code not in taken]
        if not ready:
            raise CodesExchanged(codes=", ".join(c.before.code for c in waiting))
        for action in sorted({_action(c) for c in ready}):
            alike = [c for c in ready if _action(c) == action]
            work.save_many([_described(stored[c.before.id], c, divisions) for c in alike], action)
        divisions |= {c.after.code: stored[c.before.id] for c in ready}
        taken -= {c.before.code for c in ready if c.recoded}
        waiting = [c for c in waiting if c not in ready]


def _described(division: Division, entry: Continued, divisions: Mapping[str, Division]) -> Division:
    for name, value in columns_of(entry.after, divisions).items():
        setattr(division, name, value)
    return division


def _action(entry: Continued) -> str:
    if entry.recoded:
        return "division.recoded"
    return "division.renamed" if entry.renamed else "division.changed"


def _write_names(
    work: Transaction, change: RegistryChange, lists: RegistryList, divisions: dict[str, Division]
) -> None:
    """Keep the names that lead somewhere already, add those of the list, and those it does not tell."""
    kept = {_identity(name): name for name in kept_names(work.session)}
    told = new_names(lists.names, divisions)
    untold = [_former(c, divisions) for c in change.altered if not c.told and (c.renamed or c.recoded)]
    to_save = []
    for name in [*told, *untold]:
        known = kept.setdefault(_identity(name), name)
        if known is not name:
            known.valid_to, known.ambiguous = name.valid_to, name.ambiguous
        to_save.append(known)
    work.save_many(to_save, "division_name.listed")


def _identity(name: DivisionName) -> tuple[int, str, str, str, int | None]:
    return name.division_id, name.code, name.name, name.relation, name.valid_from


def _former(entry: Continued, divisions: dict[str, Division]) -> DivisionName:
    before = entry.before
    return DivisionName(
        division_id=divisions[entry.after.code].key,
        code=before.code,
        name=before.name,
        relation=("status_changed" if entry.recoded else "renamed_same_code")
        if entry.renamed
        else "code_changed",
        valid_from=before.valid_from,
        valid_to=entry.until,
    )


def _write_areas(work: Transaction, lists: RegistryList, divisions: dict[str, Division]) -> None:
    kept = {area.code: area for area in kept_areas(work.session)}
    listed = {area.code: new_area(area, divisions) for area in lists.areas}
    for code, area in listed.items():
        known: FunctionalArea = kept.get(code, area)
        known.name, known.parent_id, known.note = area.name, area.parent_id, area.note
        known.archived_at, known.archive_reason = None, ""
        kept[code] = known
    gone = [area for code, area in kept.items() if code not in listed and area.archived_at is None]
    for area in gone:
        area.archived_at, area.archive_reason = work.recorded_at, work.reason
    work.save_many([kept[code] for code in listed], "functional_area.listed")
    work.save_many(gone, "functional_area.archived")
