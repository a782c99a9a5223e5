"""Where each project's work is heading: its finish, its slip (D7), and whether it has landed (D5)."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.step import proven_ids, steps_in_force
from tracker.rules.milestone import is_cancelled, is_lapsed, is_met, is_overdue, slip_days

_LAST = ("effective_finish_on", "original_finish_on", "current_finish_on", "landed_on", "key_overdue_days")


def courses_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return one row per project with an uncancelled milestone, in no order.

    Columns: project_id, effective_finish_on, original_finish_on and current_finish_on (the last effective
    finish, and the last due day in baseline 0 and in the newest, of its uncancelled milestones),
    slip_original_days and slip_current_days (the first minus each; negative is early, null without that
    baseline), lapsed (milestones whose forecast has gone by), key_overdue_days (the most days a key milestone
    is overdue; null: none is), gates (uncancelled milestones marked as landing gates in the baseline in
    force), gates_met (those met, with evidence) and landed_on (the last gate's met day once all are).
    """
    return portfolio.once(("courses", as_of), lambda: _courses(portfolio, as_of))


def _courses(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    gate = pl.col("baseline_is_gate").fill_null(value=False)
    # A mark taken off after the approval takes no milestone out of the light's reach.
    key = pl.coalesce("baseline_is_key", "is_key")
    proven = gate & is_met(as_of) & pl.col("id").is_in(proven_ids(portfolio).implode())
    late = (pl.lit(as_of) - pl.col("current_due_on")).dt.total_days()
    landed = (pl.col("gates") > 0) & (pl.col("gates") == pl.col("gates_met"))
    return (
        steps_in_force(portfolio, as_of)
        .filter(~is_cancelled(as_of))
        .select(
            "project_id",
            "effective_finish_on",
            original_finish_on="original_due_on",
            current_finish_on="baseline_due_on",
            landed_on=pl.when(gate).then("met_on"),
            key_overdue_days=pl.when(key & is_overdue(as_of)).then(late),
            lapsed=is_lapsed(as_of),
            gates=gate,
            gates_met=proven,
        )
        .group_by("project_id")
        .agg(pl.col(_LAST).max(), pl.col("lapsed", "gates", "gates_met").sum())
        .with_columns(
            slip_original_days=slip_days("original_finish_on"),
            slip_current_days=slip_days("current_finish_on"),
            landed_on=pl.when(landed).then("landed_on"),
        )
        .collect()
    )
