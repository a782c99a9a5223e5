"""Two plans of one project side by side: what was added, removed and moved, and by how many days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from tracker.errors import N_
from tracker.rules.plan import FROZEN

PLAN_SCHEMA = {
    "milestone_id": pl.Int64,
    "start_on": pl.Date,
    "due_on": pl.Date,
    "weight": pl.Int64,
    "is_key": pl.Boolean,
    "is_gate": pl.Boolean,
}


class PlanDifference(StrEnum):
    """What became of a milestone between two plans."""

    kept = "kept"
    changed = "changed"
    added = "added"
    removed = "removed"


DIFFERENCE_NAMES = {
    PlanDifference.kept: N_("unchanged"),
    PlanDifference.changed: N_("changed"),
    PlanDifference.added: N_("added"),
    PlanDifference.removed: N_("removed"),
}


@dataclass(frozen=True)
class ComparisonTotals:
    """How many milestones of two plans went which way, their weights, and when each plan ends.

    `finish_days` are signed calendar days between the last due days; None where a plan has none.
    """

    kept: int
    changed: int
    added: int
    removed: int
    weight_before: int
    weight_after: int
    finish_before: date | None
    finish_after: date | None

    @property
    def finish_days(self) -> int | None:
        """By how many days the end of the plan moved; negative is earlier."""
        return _apart(self.finish_before, self.finish_after)


@dataclass(frozen=True)
class StartComparison:
    """The planned start in two plans, and how the start slips as of a day, all in signed calendar days.

    A slip is that of the actual start, or of one expected no earlier than the day, to the planned start of
    the original plan and of the one in force; None where a plan dates no start.
    """

    before: date | None
    after: date | None
    slip_original_days: int | None
    slip_current_days: int | None

    @property
    def days(self) -> int | None:
        """By how many days the planned start moved; negative is earlier."""
        return _apart(self.before, self.after)


def start_slip_days(
    planned_on: date | None, started_on: date | None, current_on: date | None, as_of: date
) -> int | None:
    """Return by how many days a start is later than `planned_on`; `current_on` is planned now."""
    expected_on = max(as_of, current_on) if current_on else as_of
    has_started = started_on is not None and started_on <= as_of
    return _apart(planned_on, started_on if has_started else expected_on)


def _apart(before: date | None, after: date | None) -> int | None:
    return (after - before).days if before and after else None


def compared(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the milestones of two plans, each with the columns of PLAN_SCHEMA, one row each, in no order.

    The columns are milestone_id, `{field}_before` and `{field}_after` for each of FROZEN (null on the side
    that does not hold the milestone), start_days and due_days (signed calendar days, negative is earlier;
    null where either side has no day) and difference (see PlanDifference).
    """
    sides = [
        plan.select(
            "milestone_id", pl.lit(value=True).alias(f"in_{side}"), pl.col(FROZEN).name.suffix(f"_{side}")
        )
        for plan, side in ((before, "before"), (after, "after"))
    ]
    same = pl.all_horizontal(pl.col(f"{f}_before").eq_missing(pl.col(f"{f}_after")) for f in FROZEN)
    difference = (
        pl.when(pl.col("in_before").is_null())
        .then(pl.lit(PlanDifference.added.value))
        .when(pl.col("in_after").is_null())
        .then(pl.lit(PlanDifference.removed.value))
        .when(same)
        .then(pl.lit(PlanDifference.kept.value))
        .otherwise(pl.lit(PlanDifference.changed.value))
    )
    return (
        sides[0]
        .join(sides[1], on="milestone_id", how="full", coalesce=True)
        .with_columns(_moved("start"), _moved("due"), difference=difference)
        .drop("in_before", "in_after")
    )


def _moved(day: str) -> pl.Expr:
    return (pl.col(f"{day}_on_after") - pl.col(f"{day}_on_before")).dt.total_days().alias(f"{day}_days")


def totals(rows: pl.DataFrame) -> ComparisonTotals:
    """Return the totals of what `compared` gave."""
    counts = {name: int((rows["difference"] == name.value).sum()) for name in PlanDifference}
    before, after = (rows.filter(pl.col(f"weight_{side}").is_not_null()) for side in ("before", "after"))
    return ComparisonTotals(
        kept=counts[PlanDifference.kept],
        changed=counts[PlanDifference.changed],
        added=counts[PlanDifference.added],
        removed=counts[PlanDifference.removed],
        weight_before=int(before["weight_before"].sum()),
        weight_after=int(after["weight_after"].sum()),
        finish_before=_last(before["due_on_before"]),
        finish_after=_last(after["due_on_after"]),
    )


def _last(days: pl.Series) -> date | None:
    last = days.max()
    return last if isinstance(last, date) else None
