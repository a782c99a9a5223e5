"""Translate what database drivers raise into the product's own errors, once."""

import re
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
    NotADatabase,
    RecordChanged,
    StorageError,
)

# SQLite gives words, PostgreSQL five-character states; both are stable.
_SENTENCES: tuple[tuple[str, type[StorageError]], ...] = (
    (r"database is locked|database table is locked|55P03|40001|40P01|57014", DatabaseBusy),
    (r"readonly database|attempt to write a readonly|25006", DatabaseReadOnly),
    (r"database or disk is full|disk I/O error|53100", DatabaseFull),
    (r"malformed", DatabaseDamaged),
    (r"file is not a database", NotADatabase),
    (
        r"unable to open database file|connection (refused|failed|is bad)|could not connect|57P0",
        DatabaseUnreachable,
    ),
)


@contextmanager
def spoken(url: URL) -> Iterator[None]:
    """Turn driver errors raised inside into `StorageError`s that say what is the matter with `url`."""
    try:
        yield
    except StaleDataError as error:
        raise RecordChanged from error
    except DBAPIError as error:
        kind = _kind_of(error)
        if kind is None:
            raise
        raise kind(where=url.render_as_string(hide_password=True)) from error
    except SQLAlchemyError as error:
        # What a callback raised while a statement ran arrives wrapped.
        if isinstance(error.__cause__, StorageError):
            raise error.__cause__ from error
        raise


def _kind_of(error: DBAPIError) -> type[StorageError] | None:
    words = f"{error.orig} {getattr(error.orig, 'sqlstate', '') or ''}"
    return next((kind for pattern, kind in _SENTENCES if re.search(pattern, words)), None)
