"""The desk at which a service works: who acts, on which data, from where, and what day it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db.engine import Database
from db.transaction import Transaction
from tracker.clock import today_in
from tracker.errors import NotAllowed, NotFound
from tracker.permissions import Person, may
from tracker.settings import Settings


@dataclass(frozen=True)
class Desk:
    """One person at work. Every service takes it first and asks its permission in its first line."""

    person: Person
    database: Database
    settings: Settings
    origin: str = "page"

    @property
    def today(self) -> date:
        """Today in the organisation's time zone."""
        return today_in(self.settings.zone)

    def allow(self, act: str, divisions: frozenset[int] | set[int] = frozenset()) -> None:
        """Let the person do `act` on records of these divisions.

        Raises: NotFound if all of them are outside the person's scope; NotAllowed if the role is too low.
        """
        if not self.person.sees(divisions):
            raise NotFound
        if not may(self.person, act):
            raise NotAllowed

    def may(self, act: str) -> bool:
        """Return whether the role allows the act, so that a screen can leave out what would be refused."""
        return may(self.person, act)

    @contextmanager
    def transaction(self, *, reason: str = "", token: str = "") -> Iterator[Transaction]:
        """Give a transaction in the person's name. See `Database.transaction`."""
        with self.database.transaction(
            actor=self.person.name, origin=self.origin, reason=reason, token=token
        ) as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a reading session on one snapshot."""
        with self.database.reading() as session:
            yield session
