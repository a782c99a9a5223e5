"""Regions side by side: their lights and gaps by pillar, their figures, and their ranking (D14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.figures import WeighBy, figures_of
from tracker.portfolio.light import light_counts
from tracker.portfolio.membership import Grouping, Membership
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_figures
from tracker.portfolio.pool import pooled
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.region import sales_regions
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.light import Light
from tracker.rules.ranking import Ranked, ranking

LIGHTS = tuple(f"light_{kind.value}" for kind in Light)
CELLS: dict[str, type[pl.DataType]] = {
    "key": pl.Int64,
    "label": pl.String,
    "label_en": pl.String,
    "pillar_id": pl.Int64,
    "pillar": pl.String,
    "pillar_en": pl.String,
    "projects": pl.Int64,
    **dict.fromkeys(LIGHTS, pl.Int64),
    "gap": pl.Float64,
    "covered": pl.Int64,
    "is_few": pl.Boolean,
}
BY = (Grouping.sales_region, Grouping.province, Grouping.prefecture)


@dataclass(frozen=True)
class RegionTable:
    """Regions of one kind on a day.

    rows: one row per region with its figures, in the regions' own order, those without any record too.
    total: the figures of all of it, in which a joint agreement counts once (D3). cells: one row per region
    with a project and
    pillar, and one per region with pillar_id null for all its pillars, with the columns of CELLS: `gap` is
    planned − actual progress as a share of one, null without an approved plan; `covered` how many projects
    it rests on, which are few if `is_few`. ranked: see rules.ranking. `few` is how many cases are not few.
    """

    rows: pl.DataFrame
    total: Mapping[str, Any]
    cells: pl.DataFrame
    ranked: tuple[Ranked, ...]
    few: int

    def row_of(self, key: int) -> Mapping[str, Any]:
        """Return the figures of one region. Raises: KeyError if it is not among them."""
        found = self.rows.filter(pl.col("key") == key)
        if found.is_empty():
            raise KeyError(key)
        return found.row(0, named=True)


def region_table(
    portfolio: Portfolio, as_of: date, by: Grouping, province_id: int | None = None
) -> RegionTable:
    """Return the regions of one kind, the prefectures those of one province if `province_id` is given."""
    key = ("region_table", as_of, by, province_id)
    return portfolio.once(key, lambda: _region_table(portfolio, as_of, by, province_id))


def _region_table(portfolio: Portfolio, as_of: date, by: Grouping, province_id: int | None) -> RegionTable:
    membership = Membership(portfolio, as_of, by)
    rows = portfolio.once(("every_group", as_of, by), lambda: figures_of(membership, WeighBy.equal))
    rows = _keys(portfolio, by, province_id).join(rows, on="key", maintain_order="left").select(rows.columns)
    few = thresholds_as_of(portfolio, as_of).few_records
    members = membership.of_projects().join(rows, on="key", how="semi")
    part = Part(region_id=province_id)
    return RegionTable(
        rows=rows,
        total=part_figures(portfolio, as_of, part),
        cells=_cells(portfolio, as_of, members, rows).with_columns(
            is_few=pl.col("covered").is_between(1, few - 1)
        ),
        ranked=ranking({row["key"]: row for row in rows.iter_rows(named=True)}),
        few=few,
    )


def _keys(portfolio: Portfolio, by: Grouping, province_id: int | None) -> pl.DataFrame:
    """Return the keys of the regions to show: what exists now, and of prefectures those of a province."""
    if by is Grouping.sales_region:
        return sales_regions(portfolio).select("key")
    present = (pl.col("level") == by.value) & pl.col("valid_to").is_null()
    if province_id is not None:
        present &= pl.col("province_id") == province_id
    return portfolio["division"].filter(present).sort("code").select(key="id")


def _cells(portfolio: Portfolio, as_of: date, members: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Count every region × pillar in one pass: a group is one number for the pair."""
    projects = projects_as_of(portfolio, as_of).select("pillar_id", project_id="id")
    placed = members.select("project_id", "key").join(projects, on="project_id")
    every = placed.with_columns(pillar_id=pl.lit(None, pl.Int64))
    both = pl.concat([placed, every]).select("project_id", "pillar_id", region="key")
    groups = both.select("region", "pillar_id").unique(maintain_order=True).with_row_index("key")
    groups = groups.with_columns(pl.col("key").cast(pl.Int64))
    numbered = both.join(groups, on=["region", "pillar_id"], nulls_equal=True).select("project_id", "key")
    pillars = portfolio["pillar"].select("position", pillar_id="id", pillar="name_zh", pillar_en="name_en")
    return (
        groups.join(light_counts(portfolio, as_of, numbered), on="key")
        .join(pooled(portfolio, as_of, numbered, WeighBy.equal), on="key")
        .select(
            "pillar_id",
            pl.col(LIGHTS).cast(pl.Int64),
            key="region",
            projects=pl.sum_horizontal(LIGHTS).cast(pl.Int64),
            gap=-pl.col("deviation"),
            covered=pl.col("projects_covered").cast(pl.Int64),
        )
        .join(rows.select("key", "label", "label_en").with_row_index("place"), on="key")
        .join(pillars, on="pillar_id", how="left")
        .sort("place", pl.col("pillar_id").is_null(), "position", "pillar_id")
        .select(name for name in CELLS if name != "is_few")
    )
