"""The provinces as tiles, each in its place on the map, with one measure of a part of the work."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_figures
from tracker.portfolio.part_province import every_province
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.light import Light
from tracker.rules.tile_measure import MEASURE_COLUMNS, TileMeasure

# A stopped project stands outside the lights.
LIT = tuple(f"light_{kind.value}" for kind in Light if kind is not Light.stopped)
TILES: dict[str, type[pl.DataType]] = {
    "division_id": pl.Int64,
    "code": pl.String,
    "name": pl.String,
    "name_en": pl.String,
    "short_name": pl.String,
    "column": pl.Int64,
    "row": pl.Int64,
    "n": pl.Int64,
    "of": pl.Int64,
    "is_few": pl.Boolean,
    **dict.fromkeys(LIT, pl.Int64),
}


@dataclass(frozen=True)
class TileMap:
    """One measure in every province, and in all of them.

    tiles: one row per province that exists now and has a place, by code, with the columns of TILES: n of N
    (`of`; null where the part has no such figure, 0 where nothing is recorded), whether N is few but not
    nothing, and the projects of each light. `n` and `of` are the part's own, in which a joint agreement
    counts once (D3).
    """

    measure: TileMeasure
    tiles: pl.DataFrame
    n: int | None
    of: int | None

    def is_empty(self) -> bool:
        """Whether no province has anything to show."""
        return not self.tiles["of"].sum()


def tile_map(portfolio: Portfolio, as_of: date, part: Part, measure: TileMeasure) -> TileMap:
    """Return the map of a part on a day."""
    key = ("tile_map", as_of, part, measure)
    return portfolio.once(key, lambda: _tile_map(portfolio, as_of, part, measure))


def _tile_map(portfolio: Portfolio, as_of: date, part: Part, measure: TileMeasure) -> TileMap:
    n, of = MEASURE_COLUMNS[measure]
    row = part_figures(portfolio, as_of, part)
    row["projects_lit"] = sum(row[name] for name in LIT)
    lit = pl.sum_horizontal(LIT).cast(pl.Int64)
    counted = every_province(portfolio, as_of, part).with_columns(projects_lit=lit)
    few = thresholds_as_of(portfolio, as_of).few_records
    tiles = (
        _places(portfolio)
        .join(counted.select("key", *LIT, n=n, of=of), left_on="division_id", right_on="key", how="left")
        .with_columns(is_few=pl.col("of").is_between(1, few - 1).fill_null(value=False))
        .sort("code")
        .select(pl.col(name).cast(kind) for name, kind in TILES.items())
    )
    return TileMap(measure, tiles, row[n], row[of])


def _places(portfolio: Portfolio) -> pl.DataFrame:
    """Return the provinces that exist and have a place on the map."""
    return (
        portfolio["division"]
        .filter(
            pl.col("level") == "province",
            pl.col("valid_to").is_null(),
            pl.col("grid_column").is_not_null() & pl.col("grid_row").is_not_null(),
        )
        .select(
            *("code", "name", "short_name"),
            name_en=pl.coalesce(pl.col("name_en").replace("", None), "name"),
            division_id="id",
            column="grid_column",
            row="grid_row",
        )
    )
