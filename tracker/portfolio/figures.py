"""The key figures of the nation or of each region, pillar, event, owner or year, all with one definition."""

from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.light import light_counts
from tracker.portfolio.membership import REGIONAL, Grouping, Members, Membership, counties_on
from tracker.portfolio.model import Portfolio
from tracker.portfolio.pool import WeighBy, pooled
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.reached import reached_as_of
from tracker.rules.agreement import Status
from tracker.rules.project import ProjectState
from tracker.rules.region import sales_region_id

__all__ = ["Grouping", "WeighBy", "contacts", "counties_on", "figures", "group_figures", "region_figures"]

_MILESTONE_COUNTS = {
    "milestones": "milestones",
    "met": "milestones_met",
    "overdue": "milestones_overdue",
    "ahead": "milestones_ahead",
    "lapsed": "milestones_lapsed",
}
_COUNTY_COUNTS = ("counties", "counties_contacted", "counties_signed")
# Nothing about money that was committed or has arrived is recorded yet.
_NOT_RECORDED = ("funds_arrived", "funds_committed")


def figures(
    portfolio: Portfolio, as_of: date, by: Grouping | None = None, weigh_by: WeighBy = WeighBy.equal
) -> pl.DataFrame:
    """Return one row per group (one row in all without `by`), ordered by key.

    Columns: key, label, label_en, and the counts counties (in scope, existing), counties_contacted,
    counties_signed (null where the grouping has no counties), agreements (opened), agreements_signed,
    one count per status of D1 (`status_active` …); of the signed ones agreements_decomposed (with a project
    having an approved plan), agreements_performed (with a project started), agreements_landed (with a project
    landed), frameworks, frameworks_upgraded; projects, projects_approved, projects_started, projects_live,
    projects_landed, projects_stopped, of the approved ones projects_approved_started and
    projects_approved_live; projects_due (planned start by as_of) and of these projects_due_started;
    milestones (uncancelled), milestones_met, milestones_overdue, milestones_ahead (unmet, due within the next
    90 days, as_of included), milestones_lapsed (unmet, forecast gone by); funds_arrived and funds_committed
    (null: not recorded); one count of projects per light of D11 (`light_red` …), as shown; and what
    `pool.pooled` returns with `weigh_by`. The rates of D4 are pairs of these
    counts, see rules.rate.

    By year means the year of signing, which leaves out what is not signed. Groups without any record are
    left out. A joint agreement counts once per group and once in the total, so groups need not add up (D3).
    """
    frame = _all_groups(portfolio, as_of, by, weigh_by)
    if by is None:
        return frame
    used = ["agreements", "projects"] + (["counties_contacted"] if by in REGIONAL else [])
    return frame.filter(pl.any_horizontal(pl.col(used) > 0))


def region_figures(
    portfolio: Portfolio, as_of: date, region_id: int, weigh_by: WeighBy = WeighBy.equal
) -> dict[str, Any]:
    """Return the row of one province, prefecture, county or sales region, also where nothing is recorded.

    Raises: KeyError if there is no such division or sales region.
    """
    if sales_region_id(region_id) is not None:
        return group_figures(portfolio, as_of, Grouping.sales_region, region_id, weigh_by)
    division = portfolio["division"].filter(pl.col("id") == region_id)
    if division.is_empty():
        raise KeyError(region_id)
    return group_figures(portfolio, as_of, Grouping(division["level"].item()), region_id, weigh_by)


def group_figures(
    portfolio: Portfolio, as_of: date, by: Grouping, key: int | str, weigh_by: WeighBy = WeighBy.equal
) -> dict[str, Any]:
    """Return the row of one group of a breakdown, also where nothing is recorded in it.

    Raises: KeyError if there is no such group.
    """
    row = _all_groups(portfolio, as_of, by, weigh_by).filter(pl.col("key") == key)
    if row.is_empty():
        raise KeyError(key)
    return row.row(0, named=True)


def _all_groups(portfolio: Portfolio, as_of: date, by: Grouping | None, weigh_by: WeighBy) -> pl.DataFrame:
    return portfolio.once(
        ("figures", as_of, by, weigh_by), lambda: figures_of(Membership(portfolio, as_of, by), weigh_by)
    )


def figures_of(membership: Members, weigh_by: WeighBy) -> pl.DataFrame:
    """Return the figures of every group there is, see `figures`, also of those where nothing is recorded."""
    portfolio, as_of = membership.portfolio, membership.as_of
    projects = membership.of_projects()
    parts = [
        _agreement_counts(portfolio, as_of, membership.of_agreements()),
        _project_counts(portfolio, as_of, projects),
        light_counts(portfolio, as_of, projects),
        pooled(portfolio, as_of, projects, weigh_by),
    ]
    if (counties := membership.of_counties()) is not None:
        parts.append(_county_counts(portfolio, as_of, counties))
    frame = membership.labels()
    for part in parts:
        frame = frame.join(part, on="key", how="left")
    counts = pl.selectors.unsigned_integer()
    frame = frame.with_columns(counts.fill_null(0).cast(pl.Int64))
    blank = (*_NOT_RECORDED, *(() if counties is not None else _COUNTY_COUNTS))
    return frame.with_columns(pl.lit(None, pl.Int64).alias(name) for name in blank).sort("key")


def _agreement_counts(portfolio: Portfolio, as_of: date, members: pl.DataFrame) -> pl.DataFrame:
    signed, framework = pl.col("is_signed"), pl.col("kind") == "framework"
    facts = agreements_as_of(portfolio, as_of).select("is_signed", "status", "kind", agreement_id="id")
    counted = (
        facts.join(reached_as_of(portfolio, as_of), on="agreement_id", how="left")
        .with_columns(pl.selectors.boolean().fill_null(value=False))
        .select(
            "agreement_id",
            "status",
            agreements_signed=signed,
            agreements_decomposed=signed & pl.col("is_decomposed"),
            agreements_performed=signed & pl.col("is_performed"),
            agreements_landed=signed & pl.col("is_landed"),
            frameworks=signed & framework,
            frameworks_upgraded=signed & framework & pl.col("is_upgraded"),
        )
    )
    return (
        members.join(counted, on="agreement_id")
        .group_by("key")
        .agg(
            pl.len().alias("agreements"),
            pl.selectors.boolean().sum(),
            *((pl.col("status") == s.value).sum().alias(f"status_{s.value}") for s in Status),
        )
    )


def _project_counts(portfolio: Portfolio, as_of: date, members: pl.DataFrame) -> pl.DataFrame:
    approved, started, live, due = (
        pl.col("approved_on").is_not_null(),
        *((pl.col(day) <= as_of).fill_null(value=False) for day in ("started_on", "live_on")),
        (pl.col("planned_start_on") <= as_of).fill_null(value=False),
    )
    facts = projects_as_of(portfolio, as_of).select(
        project_id="id",
        projects_approved=approved,
        projects_started=started,
        projects_live=live,
        projects_approved_started=approved & started,
        projects_approved_live=approved & live,
        projects_due=due,
        projects_due_started=due & started,
        projects_landed=pl.col("landed_on").is_not_null(),
        projects_stopped=pl.col("state") == ProjectState.stopped.value,
        **{name: pl.col(column) for column, name in _MILESTONE_COUNTS.items()},
    )
    return (
        members.join(facts, on="project_id")
        .group_by("key")
        .agg(
            pl.len().alias("projects"),
            pl.selectors.boolean().sum(),
            pl.col(*_MILESTONE_COUNTS.values()).sum().cast(pl.UInt32),
        )
    )


def _county_counts(portfolio: Portfolio, as_of: date, members: pl.DataFrame) -> pl.DataFrame:
    return (
        members.join(contacts(portfolio, as_of), on="division_id", how="left")
        .group_by("key")
        .agg(
            counties=pl.len(),
            counties_contacted=pl.col("contacted_on").is_not_null().sum(),
            counties_signed=pl.col("first_signed_on").is_not_null().sum(),
        )
    )


def contacts(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return division_id, contacted_on, first_signed_on of every division met or signed with by `as_of`.

    Contact is the first meeting or signed agreement (D4); first_signed_on is null without an agreement.
    """
    signed = (
        county_parties(portfolio)
        .join(agreements_as_of(portfolio, as_of).filter("is_signed"), left_on="agreement_id", right_on="id")
        .group_by("division_id")
        .agg(first_signed_on=pl.col("signed_on").min())
    )
    met = (
        portfolio["meeting"]
        .filter(pl.col("held_on") <= as_of)
        .group_by("division_id")
        .agg(first_met_on=pl.col("held_on").min())
    )
    return signed.join(met, on="division_id", how="full", coalesce=True).select(
        "division_id", "first_signed_on", contacted_on=pl.min_horizontal("first_signed_on", "first_met_on")
    )
