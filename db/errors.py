"""What can go wrong between the product and its storage: one class per case."""


class StorageError(Exception):
    """Something the database or the file store refused; `details` holds what a sentence needs."""

    def __init__(self, **details: object) -> None:
        super().__init__(", ".join(f"{k}={v!r}" for k, v in details.items()) or type(self).__name__)
        self.details = details


class DatabaseBusy(StorageError):
    """Another writer kept the database; nothing was saved."""


class DatabaseReadOnly(StorageError):
    """The database file or its folder cannot be written."""


class DatabaseFull(StorageError):
    """There is no room left on the disk; nothing was saved."""


class DatabaseDamaged(StorageError):
    """The file is a database, but its content is not whole."""


class NotADatabase(StorageError):
    """The file exists and is something else."""


class DatabaseNewer(StorageError):
    """The database was written by a newer version of the product."""


class DatabaseOlder(StorageError):
    """The database was written by an older version and has to be brought up to date first."""


class DatabaseUnreachable(StorageError):
    """The database server does not answer, or the file's folder is missing."""


class RecordChanged(StorageError):
    """The record was saved by somebody else since it was read (`entity`, `record_id`, `seen`, `current`)."""


class RecordMissing(StorageError):
    """No such record (`entity`, `record_id`)."""


class UnrecordedWrite(StorageError):
    """A row was written past `save` and `save_many`, so that no audit entry would tell of it."""


class DatabaseMissing(StorageError):
    """There is no database yet where one was to be looked at (`where`)."""


class FileMissing(StorageError):
    """The file store does not hold the content asked for (`sha256`)."""


class FilesNotWritable(StorageError):
    """The file store cannot be written (`where`)."""


class ContentTooLarge(StorageError):
    """A document is larger than may be kept (`limit`, in bytes)."""


class BackupUnusable(StorageError):
    """The backup file cannot be restored (`path`, and `why` in one word)."""


class TargetExists(StorageError):
    """A file stands where a new one was to be written; nothing is overwritten (`path`)."""


class TargetHoldsRecords(StorageError):
    """A backup was to be restored over records, and nobody said that they may be replaced (`where`)."""
