"""Read how agreements come to land, by cohort, and what became of what signing events promised."""

from collections.abc import Collection
from datetime import date

import polars as pl

from tracker.portfolio.figures import Grouping
from tracker.portfolio.follow_up import STAGES, Promise, follow_ups, promise
from tracker.portfolio.landing import (
    COHORTS,
    MOST_DRAWN,
    Landings,
    cohort_members,
    drawn_cohorts,
    landings,
    outcomes_as_of,
)
from tracker.portfolio.lists import Wanted, agreement_rows
from tracker.portfolio.part import Part
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["COHORTS", "MOST_DRAWN", "STAGES", "Grouping", "Landings", "Part", "Promise", "drawn_cohorts"]


def read_landings(desk: Desk, as_of: date, by: Grouping, part: Part) -> Landings:
    """Return the landing of a part's agreements in cohorts; see `portfolio.landing`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return landings(portfolio_for(desk), as_of, by, part)


def list_cohorts(
    desk: Desk, as_of: date, cohorts: tuple[Grouping, Part], keys: Collection[int]
) -> pl.DataFrame:
    """Return the agreements of some of the cohorts that a grouping makes of a part, each once.

    The columns of `agreement_rows` and `outcomes_as_of`. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    members = cohort_members(portfolio, as_of, *cohorts).filter(pl.col("key").is_in(list(keys)))
    outcomes = outcomes_as_of(portfolio, as_of).drop("signed_on")
    rows = agreement_rows(portfolio, as_of, Wanted())
    ours = rows.join(members, left_on="id", right_on="agreement_id", how="semi", maintain_order="left")
    return ours.join(outcomes, left_on="id", right_on="agreement_id", maintain_order="left")


def read_follow_ups(desk: Desk, as_of: date, part: Part) -> pl.DataFrame:
    """Return what became of each signing event of a part; see `portfolio.follow_up`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return follow_ups(portfolio_for(desk), as_of, part)


def read_promise(desk: Desk, as_of: date, event_id: int) -> Promise:
    """Return what was promised at a signing event. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    return promise(portfolio_for(desk), as_of, event_id)
