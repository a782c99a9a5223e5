"""Keep what was recorded: check it, back it up, restore it. An administrator's work, outside the screens."""

from pathlib import Path

from db.backup import Manifest, write_backup
from db.files import FileStore
from db.integrity import Problem, find_problems
from db.opening import open_existing
from db.restore import restore_backup as put_in_place
from tracker.errors import N_, NotAllowed
from tracker.i18n import Words
from tracker.permissions import Person, may
from tracker.settings import Settings, mark_as_demo

_DEMO_DAY = "demo_as_of"
_SENTENCES = {
    "damaged_page": N_("The database file is damaged: {line}. Restore a backup."),
    "broken_constraint": N_("A stored value breaks a rule of the database: {line}."),
    "value_unreadable": N_("{where}: a stored value cannot be read: {line}."),
    "schema_unknown": N_("The database's schema {revision} is unknown to this version of the product."),
    "schema_older": N_(
        "The database's schema {revision} is an older one. Start the product with serve first."
    ),
    "schema_differs": N_("A table is not as the product made it: {line}."),
    "missing_parent": N_("{where} belongs to a record in {parent} that does not exist."),
    "counter_rows": N_("The change counter has {count} rows instead of one."),
    "counter_behind": N_("The change counter says {number}, but the history goes up to change {change_no}."),
    "change_above_counter": N_("{where} carries change {change_no}, above the counter's {number}."),
    "entries_disordered": N_("{where} is older than the entry before it."),
    "entry_missing": N_("{where} was written by change {change_no}, of which the history does not tell."),
    "record_missing": N_("{where} is told of in the history, but no longer exists."),
    "history_in_pieces": N_("{where}: the history of {field} does not hang together."),
    "value_differs": N_("{where}: {field} is {stored}, but the history says {told}."),
    "newest_value_apart": N_("{where}: {field} is {stored}, but its dated history ends with {told}."),
    "number_used_twice": N_("The agreement number {number} is used {count} times."),
    "division_without_parent": N_("The division {code} belongs to no prefecture or province."),
    "registry_count": N_("The registry has {present} counties, but its list has {listed}."),
    "content_missing": N_("{where}: its content {sha256} is missing from the file store."),
    "content_damaged": N_("{where}: its content is not what was stored under {sha256}."),
}


def check_everything(person: Person, settings: Settings) -> list[Problem]:
    """Return what in database, files, registry and history is not as the product wrote it.

    The database is looked at as it is, and nothing is changed. Raises: NotAllowed, StorageError.
    """
    _allow(person)
    database = open_existing(settings.database_url)
    try:
        return find_problems(database, FileStore(settings.files_url))
    finally:
        database.close()


def describe(problem: Problem, words: Words) -> str:
    """Return a problem as a sentence in these words."""
    return words.text(_SENTENCES[problem.kind], where=problem.where, **problem.details)


def back_up(person: Person, settings: Settings, path: Path) -> Manifest:
    """Write database and documents to the new file `path`, while the app runs or not.

    Raises: NotAllowed, TargetExists, StorageError.
    """
    _allow(person)
    database = open_existing(settings.database_url)
    notes = {_DEMO_DAY: settings.demo_as_of.isoformat()} if settings.demo_as_of else {}
    try:
        return write_backup(database, FileStore(settings.files_url), path.absolute(), notes=notes)
    finally:
        database.close()


def restore_backup(
    person: Person, settings: Settings, path: Path, *, replace: bool = False
) -> tuple[Manifest, Path | None]:
    """Put the backup at `path` in place of what is there; return what it held and what was kept aside.

    Raises: NotAllowed, BackupUnusable, TargetHoldsRecords, HomeNotWritable, StorageError.
    """
    _allow(person)
    settings.make_home()
    store = FileStore(settings.files_url)
    manifest, kept = put_in_place(path, settings.database_url, store, settings.home, replace=replace)
    mark_as_demo(settings.home, (manifest.notes or {}).get(_DEMO_DAY))
    return manifest, kept


def _allow(person: Person) -> None:
    # There may be no database to sit at a desk with, so the role alone is asked.
    if not may(person, "upkeep"):
        raise NotAllowed
