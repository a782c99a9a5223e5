"""Read the lists people look things up in, and what each can be narrowed to."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio import attention, lists
from tracker.portfolio.lists import Wanted
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import AHEAD_DAYS
from tracker.portfolio.pushed_out import counts_by_reason, pushed_out, standing_in
from tracker.portfolio.region import divisions_within, sales_regions
from tracker.portfolio.term_conflict import term_conflicts
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

OPEN_STATES = attention.OPEN_STATES
__all__ = ["AHEAD_DAYS", "OPEN_STATES", "Choices", "Wanted"]
# What stands for a division's level where a sales region is among the regions.
SALES_REGION = "sales_region"


@dataclass(frozen=True)
class Choices:
    """What filters offer: frames with id, code, name, name_en (regions: level too), and owners by name.

    `regions` are the sales regions, and then the provinces and, below each, its prefectures; their ids are
    as in rules.region.
    """

    regions: pl.DataFrame
    pillars: pl.DataFrame
    units: pl.DataFrame
    events: pl.DataFrame
    owners: list[str]


@dataclass(frozen=True)
class PushedOut:
    """The rows of `pushed_out`, their `counts_by_reason`, and how many `stood` in the period as it began."""

    rows: pl.DataFrame
    reasons: pl.DataFrame
    stood: int


def read_choices(desk: Desk) -> Choices:
    """Return what the lists can be narrowed to, within the person's scope.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    return portfolio.once("choices", lambda: _choices(portfolio))


def list_agreements(desk: Desk, as_of: date, wanted: Wanted) -> tuple[pl.DataFrame, int]:
    """Return the agreements wanted, see `agreement_rows`, and how many there are in all.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    everything = lists.agreement_rows(portfolio, as_of, Wanted()).height
    return lists.agreement_rows(portfolio, as_of, wanted), everything


def list_milestones(desk: Desk, as_of: date, wanted: Wanted) -> tuple[pl.DataFrame, int]:
    """Return the milestones wanted, see `milestone_rows`, and how many there are in all.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    everything = lists.milestone_count(portfolio, as_of)
    return lists.milestone_rows(portfolio, as_of, wanted), everything


def list_signing_events(desk: Desk, as_of: date, wanted: Wanted) -> tuple[pl.DataFrame, int]:
    """Return the events wanted, see `event_rows`, and how many there are in all.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    everything = lists.event_rows(portfolio, as_of, Wanted()).height
    return lists.event_rows(portfolio, as_of, wanted), everything


def list_weeks_ahead(desk: Desk, as_of: date, wanted: Wanted) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what falls due in the next 90 days by week, and by month with all that is overdue first.

    Of `wanted` the region, the pillars and the events count. See `weeks_ahead` and `due_by_month`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    key = ("weeks_ahead", as_of, wanted.region_id, tuple(wanted.pillar_ids), tuple(wanted.event_ids))

    def count() -> tuple[pl.DataFrame, pl.DataFrame]:
        steps = attention.due_steps(portfolio, as_of, wanted)
        return attention.weeks_ahead(steps, as_of), attention.due_by_month(steps)

    return portfolio.once(key, count)


def list_pushed_out(
    desk: Desk, period: tuple[date, date], as_of: date, region_id: int | None = None
) -> PushedOut:
    """Return the milestones of a region put off beyond the period, both ends included.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    rows, stood = pushed_out(portfolio, *period, as_of), standing_in(portfolio, *period, as_of)
    if region_id is not None:
        inside = divisions_within(portfolio, region_id, as_of)
        rows = rows.join(inside, on="division_id", how="semi", maintain_order="left")
        stood = stood.join(inside, on="division_id", how="semi")
    return PushedOut(rows, counts_by_reason(rows), stood.height)


def list_term_conflicts(desk: Desk, as_of: date) -> pl.DataFrame:
    """Return the projects that would outlive their agreement's term; see `term_conflicts`.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    return term_conflicts(portfolio_for(desk), as_of)


def has_records(desk: Desk) -> bool:
    """Return whether any agreement, meeting or event is recorded at all. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    portfolio = portfolio_for(desk)
    return any(portfolio[table].height for table in ("agreement", "meeting", "signing_event"))


def _choices(portfolio: Portfolio) -> Choices:
    divisions = portfolio["division"].filter(pl.col("valid_to").is_null())
    if portfolio.scope is not None:
        divisions = _around(divisions, portfolio.scope)
    above = divisions.filter(pl.col("level") != "county").sort("code")
    owners = pl.concat([portfolio["agreement"]["owner"], portfolio["project"]["owner"]]).unique()
    own = sales_regions(portfolio).select(
        "name", "name_en", id="key", code=pl.lit(""), level=pl.lit(SALES_REGION)
    )
    columns = ("id", "code", "name", "name_en", "level")
    return Choices(
        regions=pl.concat([own.select(columns), above.select(columns)]),
        pillars=portfolio["pillar"]
        .sort("position", "id")
        .select("id", "code", name="name_zh", name_en="name_en"),
        units=portfolio["unit"]
        .sort("position", "id")
        .select("id", "code", name="name_zh", name_en="name_en"),
        events=portfolio["signing_event"]
        .sort("held_on", "id", descending=True)
        .select("id", "held_on", "name", code=pl.col("id").cast(pl.String), name_en=pl.lit("")),
        owners=sorted(name for name in owners.to_list() if name),
    )


def _around(divisions: pl.DataFrame, scope: frozenset[int]) -> pl.DataFrame:
    """Keep the divisions in scope and those they lie in."""
    own = divisions.filter(pl.col("id").is_in(list(scope)))
    kept = {*scope, *own["parent_id"].drop_nulls(), *own["province_id"].drop_nulls()}
    return divisions.filter(pl.col("id").is_in(list(kept)))
