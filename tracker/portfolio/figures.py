"""The key figures of the nation or of each region, pillar, event, owner or year, all with one definition."""

from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.rules.agreement import Status
from tracker.rules.project import ProjectState

_PARTS = 10**12
_MILESTONE_COUNTS = {
    "milestones": "milestones",
    "met": "milestones_met",
    "overdue": "milestones_overdue",
    "ahead": "milestones_ahead",
}


class Grouping(StrEnum):
    """What figures can be broken down by."""

    province = "province"
    prefecture = "prefecture"
    county = "county"
    pillar = "pillar"
    event = "event"
    owner = "owner"
    year = "year"


def figures(portfolio: Portfolio, as_of: date, by: Grouping | None = None) -> pl.DataFrame:
    """Return one row per group (one row in all without `by`), ordered by key.

    Columns: key, label, label_en, and the counts counties (in scope, existing), counties_contacted,
    counties_signed (null where the grouping has no counties), agreements (opened), agreements_signed,
    one count per status of D1 (`status_active` …), agreements_decomposed (signed, with a project having an
    approved plan), projects, projects_approved, projects_started, projects_stopped, milestones (uncancelled),
    milestones_met, milestones_overdue, milestones_ahead (unmet, due within the next 90 days, as_of
    included), planned and actual (shares of one, pooled over projects with an approved plan, all projects
    alike), and projects_covered (those the two shares rest on).

    By year means the year of signing, which leaves out what is not signed. Groups without any record are
    left out. A joint agreement counts once per group and once in the total, so groups need not add up (D3).
    """
    frame = _all_groups(portfolio, as_of, by)
    if by is None:
        return frame
    used = ["agreements", "projects"] + (["counties_contacted"] if by in _REGIONAL else [])
    return frame.filter(pl.any_horizontal(pl.col(used) > 0))


def region_figures(portfolio: Portfolio, as_of: date, region_id: int) -> dict[str, Any]:
    """Return the row of one province, prefecture or county, also where nothing is recorded in it.

    Raises: KeyError if there is no such division.
    """
    division = portfolio["division"].filter(pl.col("id") == region_id)
    if division.is_empty():
        raise KeyError(region_id)
    groups = _all_groups(portfolio, as_of, Grouping(division["level"].item()))
    return groups.row(by_predicate=pl.col("key") == region_id, named=True)


def _all_groups(portfolio: Portfolio, as_of: date, by: Grouping | None) -> pl.DataFrame:
    return portfolio.once(("figures", as_of, by), lambda: _figures(portfolio, as_of, by))


def _figures(portfolio: Portfolio, as_of: date, by: Grouping | None) -> pl.DataFrame:
    membership = _Membership(portfolio, as_of, by)
    parts = [
        _agreement_counts(portfolio, as_of, membership.of_agreements()),
        _project_counts(portfolio, as_of, membership.of_projects()),
    ]
    if (counties := membership.of_counties()) is not None:
        parts.append(_county_counts(portfolio, as_of, counties))
    frame = membership.labels()
    for part in parts:
        frame = frame.join(part, on="key", how="left")
    counts = pl.selectors.unsigned_integer()
    frame = frame.with_columns(counts.fill_null(0).cast(pl.Int64))
    if counties is None:
        frame = frame.with_columns(pl.lit(None, pl.Int64).alias(name) for name in _COUNTY_COUNTS)
    return frame.sort("key")


_COUNTY_COUNTS = ("counties", "counties_contacted", "counties_signed")
_REGIONAL = {Grouping.province, Grouping.prefecture, Grouping.county}
_DIVISION_LABEL = {
    "label": pl.col("name"),
    "label_en": pl.coalesce(pl.col("name_en").replace("", None), pl.col("name")),
}
_NAMED_LABEL = {"label": pl.col("name_zh"), "label_en": pl.col("name_en")}


class _Membership:
    """Which agreements, projects and counties belong to which group; `key` is an Int64 or a text."""

    def __init__(self, portfolio: Portfolio, as_of: date, by: Grouping | None) -> None:
        self.portfolio, self.as_of, self.by = portfolio, as_of, by

    def of_agreements(self) -> pl.DataFrame:
        """Pairs of agreement_id and key, each once."""
        agreements = agreements_as_of(self.portfolio, self.as_of)
        match self.by:
            case Grouping.province | Grouping.prefecture | Grouping.county:
                pairs = county_parties(self.portfolio).join(self._regions(), on="division_id")
            case Grouping.pillar:
                pairs = self.portfolio["agreement_pillar"].select("agreement_id", key="pillar_id")
            case Grouping.event:
                pairs = agreements.select(agreement_id="id", key="event_id")
            case Grouping.owner:
                pairs = agreements.select(agreement_id="id", key="owner")
            case Grouping.year:
                pairs = agreements.select(agreement_id="id", key=pl.col("signed_on").dt.year().cast(pl.Int64))
            case _:
                pairs = agreements.select(agreement_id="id", key=pl.lit(0, pl.Int64))
        return pairs.select("agreement_id", "key").drop_nulls().unique()

    def of_projects(self) -> pl.DataFrame:
        """Pairs of project_id and key, each once. A region's projects are those in its own counties."""
        projects = projects_as_of(self.portfolio, self.as_of)
        if self.by in _REGIONAL:
            return projects.join(self._regions(), on="division_id").select("key", project_id="id")
        if self.by is Grouping.pillar:
            return projects.select(project_id="id", key="pillar_id")
        return projects.join(self.of_agreements(), on="agreement_id").select("key", project_id="id")

    def of_counties(self) -> pl.DataFrame | None:
        """Pairs of division_id (county level) and key; None where the grouping has no counties."""
        counties = counties_on(self.portfolio, self.as_of).select(division_id="id")
        if self.by is None:
            return counties.with_columns(key=pl.lit(0, pl.Int64))
        return counties.join(self._regions(), on="division_id") if self.by in _REGIONAL else None

    def labels(self) -> pl.DataFrame:
        """Every possible group: key, label, label_en."""
        divisions = self.portfolio["division"]
        match self.by:
            case Grouping.province | Grouping.prefecture:
                named = divisions.filter(pl.col("level") == self.by.value).select(key="id", **_DIVISION_LABEL)
            case Grouping.county:
                # A prefecture or province can itself be a party and then stands beside the counties.
                named = divisions.select(key="id", **_DIVISION_LABEL)
            case Grouping.pillar:
                named = self.portfolio["pillar"].select(key="id", **_NAMED_LABEL)
            case Grouping.event:
                named = self.portfolio["signing_event"].select(key="id", label="name", label_en="name")
            case Grouping.owner | Grouping.year:
                keys = self.of_agreements().select("key").unique()
                named = keys.with_columns(
                    label=pl.col("key").cast(pl.String), label_en=pl.col("key").cast(pl.String)
                )
            case _:
                named = pl.DataFrame({"key": [0], "label": [""], "label_en": [""]})
        return named

    def _regions(self) -> pl.DataFrame:
        divisions = self.portfolio["division"].select("level", "parent_id", "province_id", division_id="id")
        if self.by is Grouping.county:
            return divisions.select("division_id", key="division_id")
        if self.by is Grouping.province:
            own = pl.when(pl.col("level") == "province").then("division_id").otherwise("province_id")
            return divisions.select("division_id", key=own)
        own = pl.when(pl.col("level") == "prefecture").then("division_id").otherwise("parent_id")
        return divisions.select("division_id", key=own)


def counties_on(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the county-level divisions in scope that exist on `as_of`, as known to the year."""
    existing = portfolio["division"].filter(
        (pl.col("level") == "county")
        & (pl.col("valid_from").is_null() | (pl.col("valid_from") <= as_of.year))
        & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= as_of.year))
    )
    if portfolio.scope is None:
        return existing
    return existing.filter(pl.col("id").is_in(pl.Series(sorted(portfolio.scope), dtype=pl.Int64).implode()))


def _agreement_counts(portfolio: Portfolio, as_of: date, members: pl.DataFrame) -> pl.DataFrame:
    decomposed = (
        projects_as_of(portfolio, as_of)
        .filter(pl.col("approved_on").is_not_null())
        .select(pl.col("agreement_id").unique())
        .with_columns(is_decomposed=True)
    )
    facts = agreements_as_of(portfolio, as_of).select("is_signed", "status", agreement_id="id")
    frame = members.join(facts, on="agreement_id").join(decomposed, on="agreement_id", how="left")
    return frame.group_by("key").agg(
        pl.len().alias("agreements"),
        pl.col("is_signed").sum().alias("agreements_signed"),
        (pl.col("is_signed") & pl.col("is_decomposed").fill_null(value=False))
        .sum()
        .alias("agreements_decomposed"),
        *((pl.col("status") == s.value).sum().alias(f"status_{s.value}") for s in Status),
    )


def _project_counts(portfolio: Portfolio, as_of: date, members: pl.DataFrame) -> pl.DataFrame:
    used = ("approved_on", "weight_total", "state", "started_on", "planned", "actual", *_MILESTONE_COUNTS)
    facts = projects_as_of(portfolio, as_of).select(*used, project_id="id")
    projects = members.join(facts, on="project_id")
    covered = pl.col("approved_on").is_not_null() & (pl.col("weight_total") > 0)
    stopped = pl.col("state") == ProjectState.stopped.value
    return projects.group_by("key").agg(
        pl.len().alias("projects"),
        pl.col("approved_on").is_not_null().sum().alias("projects_approved"),
        (pl.col("started_on") <= as_of).sum().alias("projects_started"),
        stopped.sum().alias("projects_stopped"),
        (covered & ~stopped).sum().alias("projects_covered"),
        _pooled("planned", covered & ~stopped),
        _pooled("actual", covered & ~stopped),
        *(pl.col(column).sum().cast(pl.UInt32).alias(name) for column, name in _MILESTONE_COUNTS.items()),
    )


def _pooled(column: str, counted: pl.Expr) -> pl.Expr:
    """The mean of the projects counted, summed as integers so that the order of rows cannot change it."""
    parts = (pl.col(column).filter(counted) * _PARTS).round().cast(pl.Int64)
    return (parts.sum() / parts.len().replace(0, None) / _PARTS).alias(column)


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
