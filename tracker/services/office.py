"""The open database of this process and its settings: opened once, shared by every page and thread."""

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from db.engine import Database
from db.files import FileStore
from db.opening import open_database
from db.queries.facts import counter
from tracker.settings import Settings, read_settings

_lock = Lock()
_open: "list[Office]" = []


@dataclass(frozen=True)
class Office:
    """Where the product is at work: its settings, its open database and its file store."""

    settings: Settings
    database: Database

    @cached_property
    def files(self) -> FileStore:
        """The store of the documents' content."""
        return FileStore(self.settings.files_url)

    def last_change(self) -> int:
        """Return the number of the database's last change. Raises: StorageError."""
        with self.database.reading() as session:
            return counter(session)[1]


def open_office(settings: Settings) -> Office:
    """Open the database that `settings` name, made and migrated if need be, as this process's own.

    Asked again for the same settings it returns what is open; for others it closes that first.
    Raises: HomeNotWritable, StorageError.
    """
    with _lock:
        return _opened(settings)


def the_office() -> Office:
    """Return this process's office, opened by the environment's settings if nobody did so before.

    Raises: HomeNotWritable, StorageError.
    """
    with _lock:
        return _open[0] if _open else _opened(read_settings())


def close_office() -> None:
    """Close the database; the next page opens it again."""
    with _lock:
        while _open:
            _open.pop().database.close()


def _opened(settings: Settings) -> Office:
    if _open and _open[0].settings == settings:
        return _open[0]
    settings.make_home()
    office = Office(settings, open_database(settings.database_url))
    while _open:
        _open.pop().database.close()
    _open.append(office)
    return office
