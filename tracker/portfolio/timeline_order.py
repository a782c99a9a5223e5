"""The order of a timeline's rows: provinces, counties, agreements and projects, by name or by need."""

from collections.abc import Set
from datetime import date

import polars as pl

from tracker.i18n import Words
from tracker.portfolio.model import Portfolio
from tracker.portfolio.region import divisions_within

ORDERS = ("code", "name", "signed", "light", "slip")
# Worst first: no plan is no good news, so grey stands before green.
_LIGHTS = {light: rank for rank, light in enumerate(("red", "yellow", "grey", "green", "blue", "stopped"))}
_LAST = len(_LIGHTS)
# What has no plan to be late against comes after every day there is; two keys in one number stay apart.
_NEVER, _SPAN = 10**7, 10**9


def named(rows: pl.DataFrame, portfolio: Portfolio, words: Words) -> pl.DataFrame:
    """Add county_name, the county's own codes and names above it, and the pillar's names."""
    names = pl.col("name") if words.is_chinese else pl.coalesce(pl.col("name_en").replace("", None), "name")
    divisions = portfolio["division"].select(
        "id", "code", "name", "parent_id", "province_id", county_name=names
    )
    parents = divisions.select(parent_id="id", parent_name="name")
    provinces = divisions.select("code", province_id="id", province_name="county_name")
    places = divisions.with_columns(province_id=pl.coalesce("province_id", "id")).join(
        provinces.rename({"code": "province_code"}), on="province_id", how="left"
    )
    pillar_name = pl.col("name_zh" if words.is_chinese else "name_en")
    pillars = portfolio["pillar"].select(pillar_id="id", pillar_code="code", pillar_name=pillar_name)
    places = places.join(parents, on="parent_id", how="left")
    rows = rows.join(places, left_on="division_id", right_on="id")
    return rows.join(pillars, on="pillar_id", how="left").rename({"division_id": "county_id"})


def within(
    rows: pl.DataFrame, portfolio: Portfolio, as_of: date, region_ids: Set[int] | None
) -> pl.DataFrame:
    """Keep the rows of regions, of any kind that rules.region names; None keeps all."""
    if region_ids is None:
        return rows
    found = [divisions_within(portfolio, region_id, as_of) for region_id in sorted(region_ids)]
    inside = pl.concat(found) if found else pl.DataFrame(schema={"division_id": pl.Int64})
    return rows.join(inside, left_on="county_id", right_on="division_id", how="semi", maintain_order="left")


def told_apart(rows: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Tell counties of one name apart: by their Chinese name in English, by the prefecture in Chinese."""
    places = rows.select("county_id", "county_name", "name", "parent_name").unique("county_id")
    twice = places.filter(pl.col("county_name").is_duplicated()).select(
        "county_id",
        apart=pl.format("{}（{}）", "county_name", "parent_name")
        if words.is_chinese
        else pl.format("{} ({})", "county_name", "name"),
    )
    found = rows.join(twice, on="county_id", how="left", maintain_order="left")
    return found.with_columns(county_name=pl.coalesce("apart", "county_name")).drop("apart")


def ordered(rows: pl.DataFrame, order: str) -> pl.DataFrame:
    """Sort grouped rows so that a province's, a county's and an agreement's rows stay together.

    By "light" and "slip" the place with the worst project comes first, and so down to the projects: the
    light, then the days late, or the other way round; stopped ones come last. Otherwise provinces go by
    code, and counties by "code", "name" or the day of their first signature. Groups keep their own order.
    """
    if order in ("light", "slip"):
        return _worst_first(rows, order)
    by = {
        "code": pl.col("code"),
        "name": pl.col("county_name"),
        "signed": pl.col("signed_on").min().over("group_key", "county_id"),
    }[order]
    rest = map(pl.col, ("code", "signed_on", "agreement_number", "start_on", "project_id"))
    return rows.sort("group_rank", "province_code", by, *rest, nulls_last=True)


def _worst_first(rows: pl.DataFrame, order: str) -> pl.DataFrame:
    light = pl.col("light").replace_strict(_LIGHTS, default=_LAST, return_dtype=pl.Int64)
    # What was stopped asks for nothing any more, however late it is.
    pressing = pl.when(light < _LIGHTS["stopped"]).then("slip_original_days")
    early = (-pressing).fill_null(_NEVER)
    key = light * _SPAN + early if order == "light" else early * _SPAN + light
    worst = key.min()
    return rows.sort(
        *("group_rank", worst.over("group_key", "province_id"), "province_code"),
        *(worst.over("group_key", "county_id"), "code"),
        *(worst.over("group_key", "county_id", "agreement_id"), "signed_on", "agreement_number"),
        *(key, "start_on", "project_id"),
        nulls_last=True,
    )
