"""How often the day on which a milestone is expected changed, by forecast or by re-baseline."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio


def moves_by(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return id and moves of every milestone whose expected day changed by `as_of`, in no order."""
    return portfolio.once(
        ("moves", as_of),
        lambda: day_moves(portfolio, as_of).group_by("id").agg(moves=pl.len().cast(pl.Int64)),
    )


def day_moves(portfolio: Portfolio, as_of: date, ids: pl.Series | None = None) -> pl.DataFrame:
    """Return id and moved_on of each change of an expected day by `as_of`, of all milestones or those named.

    The rows of the prepared plan are the periods in which nothing changed. Going from the typed plan to the
    approved one is no move.
    """
    rows = portfolio["plan"].lazy().filter(pl.col("in_force_from") <= as_of)
    if ids is not None:
        rows = rows.filter(pl.col("id").is_in(ids.implode()))
    rows = rows.select(
        *("id", "in_force_from", "has_plan", "forecast_on"),
        expected_on=pl.coalesce("forecast_on", "baseline_due_on", "due_on"),
    ).sort("id", "in_force_from")
    # In this order the row before is the period before, unless it is another milestone's: a window over
    # the milestones would cost ten times as much.
    before = pl.all().shift(1).name.prefix("old_")
    forecast = pl.col("forecast_on").ne_missing(pl.col("old_forecast_on"))
    moved = (pl.col("expected_on") != pl.col("old_expected_on")) & (
        forecast | (pl.col("has_plan") == pl.col("old_has_plan"))
    )
    return (
        rows.with_columns(before)
        .filter((pl.col("id") == pl.col("old_id")) & moved)
        .select("id", moved_on="in_force_from")
        .collect()
    )
