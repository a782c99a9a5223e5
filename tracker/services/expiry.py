"""Read which terms end in the coming months and when each has to be decided on."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.expiry import Decision, Outcome, counts_by_month, expiries, in_month
from tracker.portfolio.part import Part, part_agreements
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["Decision", "Outcome", "Part"]


@dataclass(frozen=True)
class ExpiryCalendar:
    """The rows of `expiries`, their `counts_by_month`, and how many agreements of the part are `signed`."""

    rows: pl.DataFrame
    months: pl.DataFrame
    signed: int

    def within(self, month_on: date) -> pl.DataFrame:
        """Return the rows with an end or a decision due in a month."""
        return in_month(self.rows, month_on)


def read_expiries(desk: Desk, as_of: date, part: Part) -> ExpiryCalendar:
    """Return what ends and what is to be decided in 18 months. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    portfolio = portfolio_for(desk)
    rows = expiries(portfolio, as_of, part)
    signed = int(part_agreements(portfolio, as_of, part)["is_signed"].sum())
    return ExpiryCalendar(rows, counts_by_month(rows, as_of), signed)
