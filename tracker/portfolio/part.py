"""A part of the work that is reviewed: a region's, a pillar's, an event's, or all of it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.figures import WeighBy, figures_of
from tracker.portfolio.membership import counties_on
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.region import divisions_within


@dataclass(frozen=True)
class Part:
    """What belongs to everything named here, all of it where nothing is; a region's id as in rules.region."""

    region_id: int | None = None
    pillar_id: int | None = None
    event_id: int | None = None
    agreement_id: int | None = None
    project_id: int | None = None

    @property
    def has_counties(self) -> bool:
        """Whether counties that nobody has signed with belong to it too, as they do to a region."""
        return self == replace(Part(), region_id=self.region_id)


def part_projects(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return the rows of `projects_as_of` that belong to a part; a region's are those in its divisions."""
    return projects_within(portfolio, as_of, part, projects_as_of(portfolio, as_of))


def projects_within(portfolio: Portfolio, as_of: date, part: Part, rows: pl.DataFrame) -> pl.DataFrame:
    """Return those of any rows about projects that belong to a part.

    Reads id, agreement_id, division_id and pillar_id; `as_of` says which divisions a sales region holds.
    """
    own = {"pillar_id": part.pillar_id, "agreement_id": part.agreement_id, "id": part.project_id}
    rows = _matching(rows, own)
    if part.event_id is not None:
        signed = portfolio["agreement"].filter(pl.col("event_id") == part.event_id)
        rows = _those(rows, "agreement_id", signed.select("id"))
    if part.region_id is not None:
        rows = _those(rows, "division_id", divisions_within(portfolio, part.region_id, as_of))
    return rows


def part_agreements(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return the rows of `agreements_as_of` that belong to a part, each once (D3).

    A region's are those with a party in it, a pillar's those that are about it, a project's its own.
    """
    return agreements_within(portfolio, as_of, part, agreements_as_of(portfolio, as_of))


def agreements_within(portfolio: Portfolio, as_of: date, part: Part, rows: pl.DataFrame) -> pl.DataFrame:
    """Return those of any rows about agreements that belong to a part, as in `part_agreements`.

    Reads id and event_id; `as_of` says which divisions a sales region holds.
    """
    own = {"event_id": part.event_id, "id": part.agreement_id}
    rows = _matching(rows, own)
    if part.pillar_id is not None:
        about = portfolio["agreement_pillar"].filter(pl.col("pillar_id") == part.pillar_id)
        rows = _those(rows, "id", about.select("agreement_id"))
    if part.project_id is not None:
        project = portfolio["project"].filter(pl.col("id") == part.project_id)
        rows = _those(rows, "id", project.select("agreement_id"))
    if part.region_id is not None:
        inside = divisions_within(portfolio, part.region_id, as_of)
        here = county_parties(portfolio).join(inside, on="division_id", how="semi")
        rows = _those(rows, "id", here.select("agreement_id"))
    return rows


def part_counties(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame | None:
    """Return the counties of a part that exist on `as_of`; None where it has none, see `has_counties`."""
    if not part.has_counties:
        return None
    counties = counties_on(portfolio, as_of)
    if part.region_id is None:
        return counties
    return _those(counties, "id", divisions_within(portfolio, part.region_id, as_of))


def part_figures(
    portfolio: Portfolio, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal
) -> dict[str, Any]:
    """Return the row of `figures` of a part; every count is 0 where nothing is recorded in it."""
    frame = portfolio.once(
        ("part_figures", as_of, part, weigh_by),
        lambda: figures_of(_PartMembers(portfolio, as_of, part), weigh_by),
    )
    return frame.drop("key", "label", "label_en").row(0, named=True)


@dataclass(frozen=True)
class _PartMembers:
    """A part as the only group there is."""

    portfolio: Portfolio
    as_of: date
    part: Part

    def of_agreements(self) -> pl.DataFrame:
        rows = part_agreements(self.portfolio, self.as_of, self.part)
        return rows.select(agreement_id="id", key=pl.lit(0, pl.Int64))

    def of_projects(self) -> pl.DataFrame:
        rows = part_projects(self.portfolio, self.as_of, self.part)
        return rows.select(project_id="id", key=pl.lit(0, pl.Int64))

    def of_counties(self) -> pl.DataFrame | None:
        counties = part_counties(self.portfolio, self.as_of, self.part)
        return counties if counties is None else counties.select(division_id="id", key=pl.lit(0, pl.Int64))

    def labels(self) -> pl.DataFrame:
        return pl.DataFrame({"key": [0], "label": [""], "label_en": [""]})


def _matching(rows: pl.DataFrame, own: dict[str, int | None]) -> pl.DataFrame:
    conditions = [pl.col(name) == value for name, value in own.items() if value is not None]
    return rows.filter(conditions) if conditions else rows


def _those(rows: pl.DataFrame, column: str, wanted: pl.DataFrame) -> pl.DataFrame:
    return rows.join(wanted, left_on=column, right_on=wanted.columns[0], how="semi", maintain_order="left")
