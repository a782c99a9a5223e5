"""D6 and D7: a milestone's state, when it is finished, and its slip."""

from datetime import date
from enum import StrEnum

import polars as pl

from tracker.errors import N_
from tracker.rules.first_match import first_match
from tracker.rules.threshold import Thresholds


class MilestoneState(StrEnum):
    """The states in the order of D6. Being late is told beside `met`, not instead of it.

    `stopped` is what is still unmet when its project is stopped: it stays in the plan, but nobody is late.
    """

    cancelled = "cancelled"
    met = "met"
    partially_met = "partially_met"
    stopped = "stopped"
    overdue = "overdue"
    blocked = "blocked"
    slipping = "slipping"
    due_soon = "due_soon"
    scheduled = "scheduled"


STATE_NAMES = {
    MilestoneState.cancelled: N_("cancelled"),
    MilestoneState.met: N_("met"),
    MilestoneState.partially_met: N_("partially met"),
    MilestoneState.stopped: N_("project stopped"),
    MilestoneState.overdue: N_("overdue"),
    MilestoneState.blocked: N_("blocked"),
    MilestoneState.slipping: N_("slipping"),
    MilestoneState.due_soon: N_("due soon"),
    MilestoneState.scheduled: N_("scheduled"),
}


def state(as_of: date, limits: Thresholds) -> pl.Expr:
    """Return the state on `as_of` as text; the first match of D6 wins.

    Reads cancelled_on, met_on, credited_on, project_stopped_on, current_due_on, forecast_on, is_blocked
    (whether a predecessor is unmet).
    """
    due = pl.col("current_due_on")
    days_left = (due - as_of).dt.total_days()
    rules = [
        (is_cancelled(as_of), MilestoneState.cancelled),
        (is_met(as_of), MilestoneState.met),
        (is_partly_met(as_of), MilestoneState.partially_met),
        (pl.col("project_stopped_on") <= as_of, MilestoneState.stopped),
        (due < as_of, MilestoneState.overdue),
        (pl.col("is_blocked") & (days_left <= limits.blocked_days), MilestoneState.blocked),
        (pl.col("forecast_on") > due, MilestoneState.slipping),
        (days_left <= limits.due_soon_days, MilestoneState.due_soon),
    ]
    return first_match(rules, MilestoneState.scheduled)


def is_cancelled(as_of: date) -> pl.Expr:
    """Return whether the milestone was taken out of the plan by `as_of`."""
    return (pl.col("cancelled_on") <= as_of).fill_null(value=False)


def is_overdue(as_of: date) -> pl.Expr:
    """Return whether an uncancelled milestone is overdue: the state's own test, without making the text."""
    late = (pl.col("current_due_on") < as_of).fill_null(value=False)
    return late & is_awaited(as_of) & ~is_partly_met(as_of)


def is_awaited(as_of: date) -> pl.Expr:
    """Return whether somebody still works towards it: it is not met, and its project is not stopped."""
    stopped = (pl.col("project_stopped_on") <= as_of).fill_null(value=False)
    return ~is_met(as_of) & ~stopped


def is_met(as_of: date) -> pl.Expr:
    """Return whether the milestone is met by `as_of`, that day included."""
    return (pl.col("met_on") <= as_of).fill_null(value=False)


def is_partly_met(as_of: date) -> pl.Expr:
    """Return whether a share of it was stated as met by `as_of` while the whole is not."""
    return ~is_met(as_of) & (pl.col("credited_on") <= as_of).fill_null(value=False)


def days_overdue(as_of: date) -> pl.Expr:
    """Return as_of − due in days for a milestone that is overdue, null for any other."""
    late = (pl.lit(as_of) - pl.col("current_due_on")).dt.total_days()
    return pl.when(pl.col("state") == MilestoneState.overdue.value).then(late)


def expected_day() -> pl.Expr:
    """Return the day it is expected to be met on: the forecast, or the due day in force without one."""
    return pl.coalesce("forecast_on", "current_due_on")


def effective_finish(as_of: date) -> pl.Expr:
    """Return the day the milestone was or will be finished by what is known on `as_of` (D7).

    The day it was met; else the later of as_of and the forecast, or the due day in force if there is none.
    Null for a cancelled milestone and for one without any day. A stopped project's stands still on the day
    it was stopped. Reads is_cancelled's, is_met's and is_awaited's columns, forecast_on, current_due_on.
    """
    expected = expected_day()
    known_on = pl.min_horizontal(pl.lit(as_of), "project_stopped_on")
    ahead = pl.when(expected.is_not_null()).then(pl.max_horizontal(expected, known_on))
    return pl.when(~is_cancelled(as_of)).then(pl.when(is_met(as_of)).then("met_on").otherwise(ahead))


def is_lapsed(as_of: date) -> pl.Expr:
    """Return whether somebody still works towards a milestone whose forecast has gone by (D7)."""
    past = (pl.col("forecast_on") < as_of).fill_null(value=False)
    return past & is_awaited(as_of) & ~is_cancelled(as_of)


def slip_days(since: str) -> pl.Expr:
    """Return the signed calendar days from the day in `since` to the effective finish; negative is early.

    Reads effective_finish_on. Null where either day is.
    """
    return (pl.col("effective_finish_on") - pl.col(since)).dt.total_days()
