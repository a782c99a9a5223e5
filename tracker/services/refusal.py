"""Why something outside the screens was refused, as one sentence with the cure."""

from db.errors import (
    BackupUnusable,
    ContentTooLarge,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseReadOnly,
    DatabaseUnreachable,
    FileMissing,
    FilesNotWritable,
    NotADatabase,
    StorageError,
    TargetExists,
    TargetHoldsRecords,
)
from tracker.errors import N_, TrackerError
from tracker.i18n import Words

_SENTENCES: dict[type[StorageError], str] = {
    DatabaseBusy: N_("Another program keeps the database busy. Nothing was changed; try again in a moment."),
    DatabaseReadOnly: N_(
        "{where} cannot be written. Allow writing to it and its folder, "
        "or choose another home with TRACKER_HOME."
    ),
    DatabaseFull: N_("The disk that holds {where} is full. Make room and try again."),
    DatabaseDamaged: N_(
        "The database {where} is damaged. Restore a backup: python -m tracker restore FILE --replace"
    ),
    DatabaseMissing: N_(
        "There is no database at {where}. Name its home with --home, or run serve to make one."
    ),
    NotADatabase: N_(
        "{where} is not a database of this product. Move it away, or choose another home with TRACKER_HOME."
    ),
    DatabaseNewer: N_(
        "{where} was written by a newer version of this product. "
        "Install that version, or restore an older backup."
    ),
    DatabaseOlder: N_(
        "{where} was written by an older version of this product. Start it once with serve, then try again."
    ),
    DatabaseUnreachable: N_(
        "The database {where} does not answer. Start its server, or correct TRACKER_DATABASE_URL."
    ),
    FileMissing: N_("The content {sha256} is missing from the file store."),
    FilesNotWritable: N_("Files cannot be written at {where}. Allow writing there, or choose another place."),
    ContentTooLarge: N_("The file is larger than {limit} bytes."),
    BackupUnusable: N_("{path} cannot be restored: {why} Nothing was changed; use another backup."),
    TargetExists: N_("{path} exists already and is not overwritten. Choose another name."),
    TargetHoldsRecords: N_(
        "{where} holds records. Add --replace to keep them aside and put the backup there."
    ),
}
_WHY_UNUSABLE = {
    "missing": N_("there is no such file."),
    "cut_off": N_("it is not a whole backup file; it may have been cut off."),
    "not_a_backup": N_("it was not made by this product."),
    "newer": N_("it was made by a newer version of this product."),
    "content": N_("its content is not what was backed up."),
    "damaged": N_("the database in it is damaged."),
    "counts": N_("its tables do not hold the rows that were backed up."),
    "counter": N_("its change counter does not fit its records."),
    "files": N_("a document is neither in it nor in the file store."),
}


def explain(error: StorageError | TrackerError, words: Words) -> str:
    """Return what was refused and what helps, in these words."""
    if isinstance(error, TrackerError):
        return words.text(error.sentence, **error.details)
    details = dict(error.details)
    if isinstance(error, BackupUnusable):
        details["why"] = words.text(_WHY_UNUSABLE[str(details["why"])])
    sentence = next((text for kind, text in _SENTENCES.items() if isinstance(error, kind)), None)
    if sentence is None:
        return words.text("The database refused this: {name}.", name=type(error).__name__)
    # An address is missing where an error came up deep below; the sentence must be readable all the same.
    return words.text(sentence, **({"where": "", "path": ""} | details))
