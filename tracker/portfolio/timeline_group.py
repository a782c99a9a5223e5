"""What a timeline's rows are grouped by: pillars, owners or signing events, each with its counties below."""

import polars as pl

from tracker.i18n import Words
from tracker.portfolio.model import Portfolio

COUNTY, PILLAR, OWNER, EVENT = "county", "pillar", "owner", "event"
GROUPS = (COUNTY, PILLAR, OWNER, EVENT)
# The key of the rows that belong to none.
NONE_KEY = -1


def grouped(rows: pl.DataFrame, portfolio: Portfolio, group: str, words: Words) -> pl.DataFrame:
    """Add group_key, group_name, group_rank and group_projects to named rows; by county all are one group.

    Rows without a pillar, an owner or an event come last, under NONE_KEY and an empty name. Pillars go by
    their own order, owners by name, events by day.
    """
    if group == COUNTY:
        one = {"group_key": pl.lit(0), "group_rank": pl.lit(0), "group_name": pl.lit("")}
        return rows.with_columns(**one, group_projects=pl.lit(0))
    keyed = rows.with_columns(owner=pl.coalesce("project_owner", "agreement_owner"))
    column = {PILLAR: "pillar_id", OWNER: "owner", EVENT: "event_id"}[group]
    found = _groups(keyed, portfolio, group, words)
    return (
        keyed.join(found, on=column, how="left", maintain_order="left")
        .with_columns(
            pl.col("group_key").fill_null(NONE_KEY),
            pl.col("group_name").fill_null(""),
            pl.col("group_rank").fill_null(found.height),
        )
        .with_columns(group_projects=pl.col("project_id").drop_nulls().n_unique().over("group_key"))
        .drop("owner")
    )


def _groups(rows: pl.DataFrame, portfolio: Portfolio, group: str, words: Words) -> pl.DataFrame:
    if group == OWNER:
        owners = rows.select("owner").drop_nulls().filter(pl.col("owner") != "").unique().sort("owner")
        # From 1, as the one group of an ungrouped timeline has the key 0.
        return _ranked(owners.with_columns(group_name="owner"), pl.int_range(1, pl.len() + 1))
    if group == PILLAR:
        name = pl.col("name_zh" if words.is_chinese else "name_en")
        pillars = portfolio["pillar"].select(pillar_id="id", group_name=name)
        return _ranked(pillars, pl.col("pillar_id"))
    events = portfolio["signing_event"].sort("held_on", "id", nulls_last=True)
    return _ranked(events.select(event_id="id", group_name="name"), pl.col("event_id"))


def _ranked(groups: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    return groups.with_columns(group_key=key.cast(pl.Int64), group_rank=pl.int_range(pl.len()))
