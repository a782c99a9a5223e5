"""Find agreements, projects and events by what people remember of them."""

from dataclasses import dataclass

import polars as pl

from tracker.portfolio.agreement import county_parties
from tracker.portfolio.lists import named_divisions
from tracker.portfolio.model import Portfolio


@dataclass(frozen=True)
class Found:
    """The best matches of one kind of record, and how many there are in all."""

    rows: pl.DataFrame
    total: int


def find_agreements(portfolio: Portfolio, text: str, division_ids: list[int], limit: int) -> Found:
    """Find by number, title, county or partner, and all agreements of the divisions given.

    Columns: id, number, title, counties, counties_en. A number that begins with the text comes first.
    """
    ours = county_parties(portfolio).filter(pl.col("division_id").is_in(division_ids))
    frame = portfolio.once("search_agreements", lambda: _agreements(portfolio))
    return _best(frame, text, pl.col("id").is_in(ours["agreement_id"].implode()), "number", limit)


def find_projects(portfolio: Portfolio, text: str, division_ids: list[int], limit: int) -> Found:
    """Find by name, county or agreement number, and all projects in the divisions given.

    Columns: id, name, county, county_en, number. A name that begins with the text comes first.
    """
    frame = portfolio.once("search_projects", lambda: _projects(portfolio))
    return _best(frame, text, pl.col("division_id").is_in(division_ids), "name", limit)


def find_events(portfolio: Portfolio, text: str, limit: int) -> Found:
    """Find by name, place or year. Columns: id, name, held_on, place; the newest first."""
    frame = portfolio.once("search_events", lambda: _events(portfolio))
    return _best(frame, text, pl.lit(value=False), "name", limit)


def _best(frame: pl.DataFrame, text: str, also: pl.Expr, first: str, limit: int) -> Found:
    sought = text.strip().lower()
    hits = frame.filter(pl.col("searched").str.contains(sought, literal=True) | also)
    begins = pl.col(first).str.to_lowercase().str.starts_with(sought)
    rows = hits.sort(begins, descending=True, maintain_order=True).head(limit)
    return Found(rows.drop("searched"), hits.height)


def _searched(*columns: str) -> pl.Expr:
    # One text per record, searched in one pass; the line break keeps words of two columns apart.
    return pl.concat_str(
        [pl.col(c).cast(pl.String).fill_null("") for c in columns], separator="\n"
    ).str.to_lowercase()


def _agreements(portfolio: Portfolio) -> pl.DataFrame:
    divisions = named_divisions(portfolio)
    counties = (
        county_parties(portfolio)
        .select("agreement_id", "division_id")
        .join(divisions, on="division_id", how="left", maintain_order="left")
        .group_by("agreement_id")
        .agg(counties=pl.col("county").str.join("、"), counties_en=pl.col("county_en").str.join(", "))
    )
    partners = (
        portfolio["party"]
        .filter(pl.col("name") != "")
        .group_by("agreement_id")
        .agg(partners=pl.col("name").str.join("\n"))
    )
    return (
        portfolio["agreement"]
        .join(counties, left_on="id", right_on="agreement_id", how="left")
        .join(partners, left_on="id", right_on="agreement_id", how="left")
        .sort("opened_on", "id", descending=True)
        .with_columns(searched=_searched("number", "title", "counties", "counties_en", "partners"))
        .select("id", "number", "title", "counties", "counties_en", "searched")
    )


def _projects(portfolio: Portfolio) -> pl.DataFrame:
    agreements = portfolio["agreement"].select("number", agreement_id="id")
    return (
        portfolio["project"]
        .join(agreements, on="agreement_id")
        .join(named_divisions(portfolio), on="division_id", how="left")
        .sort("opened_on", "id", descending=True)
        .with_columns(searched=_searched("name", "county", "county_en", "number"))
        .select("id", "name", "county", "county_en", "number", "division_id", "searched")
    )


def _events(portfolio: Portfolio) -> pl.DataFrame:
    return (
        portfolio["signing_event"]
        .sort("held_on", "id", descending=True)
        .with_columns(searched=_searched("name", "place", "held_on"))
        .select("id", "name", "held_on", "place", "searched")
    )
