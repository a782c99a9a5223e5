"""Translate what database drivers raise into the product's own errors, once."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from db.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnreachable,
    FilesNotWritable,
    NotADatabase,
    RecordChanged,
    StorageError,
)

# SQLite tells by its words, PostgreSQL by five-character states; both are stable. A state is never looked
# for in the words: a key in a message could look like one.
_WORDS: tuple[tuple[str, type[StorageError]], ...] = (
    (r"database is locked|database table is locked", DatabaseBusy),
    (r"readonly database", DatabaseReadOnly),
    (r"database or disk is full|disk I/O error", DatabaseFull),
    (r"database disk image is malformed|malformed database schema", DatabaseDamaged),
    (r"file is not a database", NotADatabase),
    (
        r"unable to open database file|connection (refused|failed|is bad|timeout)|could not connect"
        r"|failed to resolve host|the connection is (closed|lost)|server closed the connection"
        r"|terminating connection|consuming input failed|no connection to the server",
        DatabaseUnreachable,
    ),
)
_STATES: dict[str, type[StorageError]] = {
    "55P03": DatabaseBusy,
    "40001": DatabaseBusy,
    "40P01": DatabaseBusy,
    "57014": DatabaseBusy,
    "25006": DatabaseReadOnly,
    "53100": DatabaseFull,
    "57P01": DatabaseUnreachable,
    "57P02": DatabaseUnreachable,
    "57P03": DatabaseUnreachable,
}


@contextmanager
def spoken(url: URL) -> Iterator[None]:
    """Turn driver errors raised inside into `StorageError`s that say what is the matter with `url`."""
    try:
        yield
    except StaleDataError as error:
        raise RecordChanged from error
    except (DBAPIError, sqlite3.Error) as error:
        kind = _kind_of(error.orig if isinstance(error, DBAPIError) else error)
        if kind is None:
            raise
        raise kind(where=named(url)) from error
    except SQLAlchemyError as error:
        # What a callback raised while a statement ran arrives wrapped.
        if isinstance(error.__cause__, StorageError):
            raise error.__cause__ from error
        raise


@contextmanager
def spoken_disk(where: object) -> Iterator[None]:
    """Turn a failure to write a file inside into the `StorageError` that says what is the matter."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DatabaseFull(where=str(where)) from error
        raise FilesNotWritable(where=str(where)) from error


def named(url: URL) -> str:
    """Return how people know the database: the file's path, or the server's address without its password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


def _kind_of(error: BaseException | None) -> type[StorageError] | None:
    state = getattr(error, "sqlstate", None)
    if state in _STATES:
        return _STATES[state]
    words = str(error)
    return next((kind for pattern, kind in _WORDS if re.search(pattern, words)), None)
