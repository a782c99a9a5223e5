"""The figures of a part of the work in each province."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.agreement import county_parties
from tracker.portfolio.figures import Grouping, WeighBy, figures, figures_of
from tracker.portfolio.membership import Membership
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_agreements, part_counties, part_projects
from tracker.portfolio.region import divisions_within


def province_figures(
    portfolio: Portfolio, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal
) -> pl.DataFrame:
    """Return the rows of `figures` by province of what belongs to a part, those without any left out.

    An agreement of several provinces counts in each that belongs to the part (D3).
    """
    if part == Part():
        return figures(portfolio, as_of, Grouping.province, weigh_by)
    used = ["agreements", "projects"] + (["counties_contacted"] if part.has_counties else [])
    return every_province(portfolio, as_of, part, weigh_by).filter(pl.any_horizontal(pl.col(used) > 0))


def every_province(
    portfolio: Portfolio, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal
) -> pl.DataFrame:
    """Return the same rows, those without any record too: their counties wait to be contacted."""
    return portfolio.once(
        ("every_province", as_of, part, weigh_by),
        lambda: figures_of(_PartProvinces(portfolio, as_of, part), weigh_by),
    )


@dataclass(frozen=True)
class _PartProvinces:
    """A part, province by province."""

    portfolio: Portfolio
    as_of: date
    part: Part

    def of_agreements(self) -> pl.DataFrame:
        ours = part_agreements(self.portfolio, self.as_of, self.part).select(agreement_id="id")
        parties = county_parties(self.portfolio).join(ours, on="agreement_id", how="semi")
        if self.part.region_id is not None:
            inside = divisions_within(self.portfolio, self.part.region_id, self.as_of)
            parties = parties.join(inside, on="division_id", how="semi")
        own = pl.when(pl.col("level") == "province").then("division_id").otherwise("province_id")
        return parties.select("agreement_id", key=own).unique()

    def of_projects(self) -> pl.DataFrame:
        projects = part_projects(self.portfolio, self.as_of, self.part)
        return self._placed(projects.select("division_id", project_id="id")).select("project_id", "key")

    def of_counties(self) -> pl.DataFrame | None:
        counties = part_counties(self.portfolio, self.as_of, self.part)
        return None if counties is None else self._placed(counties.select(division_id="id"))

    def labels(self) -> pl.DataFrame:
        return Membership(self.portfolio, self.as_of, Grouping.province).labels()

    def _placed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put each row's province beside its division, as `key`."""
        own = pl.when(pl.col("level") == "province").then("id").otherwise("province_id")
        divisions = self.portfolio["division"].select(division_id="id", key=own)
        return rows.join(divisions, on="division_id")
