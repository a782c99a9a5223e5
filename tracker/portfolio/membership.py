"""Which agreements, projects and counties belong to which group that figures are broken down by."""

from datetime import date
from enum import StrEnum
from typing import Protocol

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.region import sales_region_divisions, sales_regions


class Grouping(StrEnum):
    """What figures can be broken down by."""

    province = "province"
    prefecture = "prefecture"
    county = "county"
    pillar = "pillar"
    event = "event"
    owner = "owner"
    sales_region = "sales_region"
    year = "year"


REGIONAL = {Grouping.province, Grouping.prefecture, Grouping.county, Grouping.sales_region}
_DIVISION_LABEL = {
    "label": pl.col("name"),
    "label_en": pl.coalesce(pl.col("name_en").replace("", None), pl.col("name")),
}
_NAMED_LABEL = {"label": pl.col("name_zh"), "label_en": pl.col("name_en")}


class Members(Protocol):
    """What figures are counted over: the members of each group, and the groups' names."""

    @property
    def portfolio(self) -> Portfolio:
        """The facts."""

    @property
    def as_of(self) -> date:
        """The day."""

    def of_agreements(self) -> pl.DataFrame:
        """Pairs of agreement_id and key, each once."""

    def of_projects(self) -> pl.DataFrame:
        """Pairs of project_id and key, each once."""

    def of_counties(self) -> pl.DataFrame | None:
        """Pairs of division_id (county level) and key; None where the grouping has no counties."""

    def labels(self) -> pl.DataFrame:
        """Every possible group: key, label, label_en."""


class Membership:
    """Which agreements, projects and counties belong to which group; `key` is an Int64 or a text."""

    def __init__(self, portfolio: Portfolio, as_of: date, by: Grouping | None) -> None:
        self.portfolio, self.as_of, self.by = portfolio, as_of, by

    def of_agreements(self) -> pl.DataFrame:
        """Pairs of agreement_id and key, each once."""
        agreements = agreements_as_of(self.portfolio, self.as_of)
        match self.by:
            case Grouping.province | Grouping.prefecture | Grouping.county | Grouping.sales_region:
                pairs = county_parties(self.portfolio).join(self.regions(), on="division_id")
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
        if self.by in REGIONAL:
            return projects.join(self.regions(), on="division_id").select("key", project_id="id")
        if self.by is Grouping.pillar:
            return projects.select(project_id="id", key="pillar_id")
        return projects.join(self.of_agreements(), on="agreement_id").select("key", project_id="id")

    def of_counties(self) -> pl.DataFrame | None:
        """Pairs of division_id (county level) and key; None where the grouping has no counties."""
        counties = counties_on(self.portfolio, self.as_of).select(division_id="id")
        if self.by is None:
            return counties.with_columns(key=pl.lit(0, pl.Int64))
        return counties.join(self.regions(), on="division_id") if self.by in REGIONAL else None

    def labels(self) -> pl.DataFrame:
        """Every possible group: key, label, label_en."""
        divisions = self.portfolio["division"]
        match self.by:
            case Grouping.province | Grouping.prefecture:
                named = divisions.filter(pl.col("level") == self.by.value).select(key="id", **_DIVISION_LABEL)
            case Grouping.county:
                # A prefecture or province can itself be a party and then stands beside the counties.
                named = divisions.select(key="id", **_DIVISION_LABEL)
            case Grouping.sales_region:
                name_en = pl.coalesce(pl.col("name_en").replace("", None), "name")
                named = sales_regions(self.portfolio).select("key", label="name", label_en=name_en)
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

    def regions(self) -> pl.DataFrame:
        """Pairs of division_id and key of a grouping by region; key is null above the regions."""
        if self.by is Grouping.sales_region:
            return sales_region_divisions(self.portfolio, self.as_of)
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
