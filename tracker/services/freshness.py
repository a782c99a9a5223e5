"""Tell whether anybody has saved anything since a screen was drawn."""

from db.queries.facts import counter
from tracker.services.desk import Desk


def newest_change(desk: Desk) -> tuple[str, int]:
    """Return the database's id and the number of its last change, which costs one row.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    with desk.reading() as session:
        return counter(session)
