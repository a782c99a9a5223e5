"""What was expected in a period when it began, and has been put off beyond its end since."""

from datetime import date, timedelta

import polars as pl

from tracker.portfolio.lists import project_names
from tracker.portfolio.model import Portfolio
from tracker.portfolio.moves import day_moves
from tracker.portfolio.step import steps_in_force
from tracker.rules.milestone import expected_day, is_awaited, is_cancelled, is_met


def pushed_out(portfolio: Portfolio, from_on: date, to_on: date, as_of: date) -> pl.DataFrame:
    """Return the milestones put off beyond a period they stood in as it began, the furthest first.

    A milestone stands at its forecast, or at the due day of the plan in force if it has none; both ends of
    the period are included. What was typed before any approval promised nothing and has no history, so it
    stands nowhere. Left out: what was met or cancelled in the period, and what merely went by without
    being moved (that is overdue).

    Columns: id, project_id, position, name, is_key, is_gate, met_on, stood_on (when the period began),
    expected_on (now), moved_days, moves (how often the day changed from `from_on` to `as_of`), moves_in_all
    (up to `as_of`), reason_code (of the newest change of forecast by `as_of`, null for a re-baseline alone),
    and those of `project_names`.
    """
    key = ("pushed_out", from_on, to_on, as_of)
    return portfolio.once(key, lambda: _pushed_out(portfolio, (from_on, to_on), as_of))


def standing_in(portfolio: Portfolio, from_on: date, to_on: date, as_of: date) -> pl.DataFrame:
    """Return id and division_id of all that stood in the period as it began, pushed out or not."""
    projects = project_names(portfolio, as_of).select("project_id", "division_id")
    standing = _standing(portfolio, (from_on, to_on)).collect()
    return standing.join(projects, on="project_id").select("id", "division_id")


def counts_by_reason(rows: pl.DataFrame) -> pl.DataFrame:
    """Return reason_code (null for a re-baseline alone) and count of rows of `pushed_out`, most first."""
    return (
        rows.group_by("reason_code")
        .agg(count=pl.len().cast(pl.Int64))
        .sort("count", "reason_code", descending=[True, False], nulls_last=True)
    )


def _pushed_out(portfolio: Portfolio, period: tuple[date, date], as_of: date) -> pl.DataFrame:
    from_on, to_on = period
    in_time = is_met(as_of) & (pl.col("met_on") <= to_on)
    out = (
        steps_in_force(portfolio, as_of)
        .filter(~is_cancelled(as_of) & ~in_time & (expected_day() > to_on))
        .with_columns(expected_on=expected_day(), met_on=pl.when(is_met(as_of)).then("met_on"))
        .join(_standing(portfolio, period).drop("project_id"), on="id")
        .select(
            *("id", "project_id", "position", "name", "is_key", "is_gate", "met_on"),
            *("stood_on", "expected_on"),
            moved_days=(pl.col("expected_on") - pl.col("stood_on")).dt.total_days(),
        )
        .collect()
    )
    if as_of < from_on:
        out = out.clear()
    return (
        out.join(_moves(portfolio, out["id"], from_on, as_of), on="id", how="left")
        .with_columns(pl.col("moves", "moves_in_all").fill_null(0).cast(pl.Int64))
        .join(_reasons(portfolio, as_of), on="id", how="left")
        .join(project_names(portfolio, as_of), on="project_id")
        .sort("moved_days", "project_id", "position", "id", descending=[True, False, False, False])
    )


def _standing(portfolio: Portfolio, period: tuple[date, date]) -> pl.LazyFrame:
    """Return id, project_id and stood_on of what was awaited within the period on its eve."""
    from_on, to_on = period
    eve = from_on - timedelta(days=1)
    promised = pl.col("has_plan") | pl.col("forecast_on").is_not_null()
    return (
        steps_in_force(portfolio, eve)
        .filter(promised & is_awaited(eve) & ~is_cancelled(eve) & expected_day().is_between(from_on, to_on))
        .select("id", "project_id", stood_on=expected_day())
    )


def _moves(portfolio: Portfolio, ids: pl.Series, from_on: date, as_of: date) -> pl.DataFrame:
    """Return id, moves since `from_on` and moves_in_all of the milestones named; see `day_moves`."""
    return (
        day_moves(portfolio, as_of, ids)
        .group_by("id")
        .agg(moves=(pl.col("moved_on") >= from_on).sum(), moves_in_all=pl.len())
    )


def _reasons(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    return (
        portfolio["forecast_change"]
        .filter(pl.col("changed_on") <= as_of)
        .sort("changed_on", "id")
        .unique("milestone_id", keep="last")
        .select("reason_code", id="milestone_id")
    )
