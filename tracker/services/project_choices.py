"""What a project's form offers: pillars, units, and the places an agreement binds."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for


def pillars_and_units(desk: Desk) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the pillars and the units in their order, with id, name_zh, name_en.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    pillars, units = (portfolio[t].sort("position", "id").to_dicts() for t in ("pillar", "unit"))
    return pillars, units


def divisions_below(desk: Desk, division_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return these divisions and every present one inside them, with id, code, name, name_en, by code.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    inside = pl.any_horizontal(
        pl.col(column).is_in(list(division_ids)) for column in ("id", "parent_id", "province_id")
    )
    own = pl.col("id").is_in(list(division_ids))
    divisions = portfolio_for(desk)["division"].filter(inside & (own | pl.col("valid_to").is_null()))
    return divisions.sort(~pl.col("id").is_in(list(division_ids)), "code").to_dicts()
