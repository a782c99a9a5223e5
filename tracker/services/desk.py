"""The desk at which a service works: who acts, on which data, from where, and what day it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db.engine import Database
from db.transaction import Transaction
from tracker.clock import today_in
from tracker.errors import N_, NotAllowed, NotFound, TrackerError
from tracker.permissions import Person, may
from tracker.rules.moment import written_moment
from tracker.settings import Settings


class LookingBack(TrackerError):
    """A save asked for while looking at what was known earlier."""

    sentence = N_(
        "You look at what was known at {moment}, and nothing can be entered there."
        " Go back to what is known now first."
    )


@dataclass(frozen=True)
class Desk:
    """One person at work. Every service takes it first and asks its permission in its first line.

    At a desk with `known_at`, an aware instant, lists, charts and figures show what had been recorded by
    then, and nothing can be written.
    """

    person: Person
    database: Database
    settings: Settings
    origin: str = "page"
    known_at: datetime | None = None

    @property
    def today(self) -> date:
        """Today in the organisation's time zone."""
        return today_in(self.settings.zone)

    def allow(self, act: str, divisions: frozenset[int] | set[int] = frozenset()) -> None:
        """Let the person do `act` on records of these divisions.

        Raises: NotFound if all of them are outside the person's scope; NotAllowed if the role is too low;
        LookingBack if the act writes and the desk looks at what was known earlier.
        """
        if not self.person.sees(divisions):
            raise NotFound
        if not may(self.person, act):
            raise NotAllowed
        if not _only_reads(act):
            self._refuse_looking_back()

    def may(self, act: str) -> bool:
        """Return whether the act would be let through, so that a screen can leave out what would not."""
        return may(self.person, act) and (self.known_at is None or _only_reads(act))

    @contextmanager
    def transaction(self, *, reason: str = "", token: str = "") -> Iterator[Transaction]:
        """Give a transaction in the person's name. See `Database.transaction`. Raises: LookingBack."""
        self._refuse_looking_back()
        with self.database.transaction(
            actor=self.person.name, origin=self.origin, reason=reason, token=token
        ) as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a reading session on one snapshot."""
        with self.database.reading() as session:
            yield session

    def _refuse_looking_back(self) -> None:
        if self.known_at is not None:
            raise LookingBack(moment=written_moment(self.known_at, self.settings.zone))


def _only_reads(act: str) -> bool:
    return act == "read" or act.endswith(".read")
