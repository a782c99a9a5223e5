"""A desk at which it is another day, for what applies from the day it is done."""

from dataclasses import dataclass, fields
from datetime import date

from tracker.services.desk import Desk


@dataclass(frozen=True)
class DatedDesk(Desk):
    """A desk at which it is `day`."""

    day: date = date.min

    @property
    def today(self) -> date:
        return self.day


def on(desk: Desk, day: date) -> DatedDesk:
    """Return the same person's desk on `day`."""
    kept = {field.name: getattr(desk, field.name) for field in fields(Desk)}
    return DatedDesk(**kept, day=day)
