"""Read what waits for somebody, within the person's scope."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tracker.portfolio import waiting
from tracker.rules.waiting import Actor, Waiting
from tracker.services.desk import Desk
from tracker.services.plan_proposal import open_proposals
from tracker.services.reading import portfolio_for


def read_waiting(
    desk: Desk, as_of: date, region_id: int | None = None, owners: Sequence[str] = ()
) -> pl.DataFrame:
    """Return what waits on `as_of`, see `portfolio.waiting.waiting`, and the plans that wait for approval.

    Those are proposed by `subject` on `day`. Proposals are read as stored, so a desk that looks at what was
    known earlier has none. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    rows = waiting.waiting(portfolio, as_of, region_id, owners)
    if desk.known_at is not None:
        return rows
    proposals = waiting.narrowed(
        portfolio,
        as_of,
        waiting.of_projects(portfolio, as_of, _proposed(desk, as_of)),
        (region_id, owners),
    )
    return pl.concat([rows, proposals])


def waiting_owners(desk: Desk, as_of: date) -> list[str]:
    """Return those whom something waits for on `as_of`, by name. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    owners = waiting.waiting(portfolio_for(desk), as_of)["owner"].drop_nulls().unique()
    return sorted(name for name in owners if name)


def _proposed(desk: Desk, as_of: date) -> pl.DataFrame:
    return (
        open_proposals(desk)
        .filter(pl.col("proposed_on") <= as_of)
        .select(
            "project_id",
            kind=pl.lit(Waiting.plan.value),
            actor=pl.lit(Actor.lead.value),
            subject="author",
            day="proposed_on",
            days=(pl.lit(as_of) - pl.col("proposed_on")).dt.total_days(),
        )
    )
