"""Health: five sides of a project or agreement, each green, yellow, red or not recorded."""

from datetime import date
from enum import StrEnum
from typing import Any, Final

import polars as pl

from tracker.errors import N_
from tracker.i18n import Words
from tracker.rules.light import GREEN, NONE, RED, YELLOW, months_on
from tracker.rules.threshold import Thresholds


class Side(StrEnum):
    """The sides in the order of screens."""

    schedule = "schedule"
    obligations = "obligations"
    money = "money"
    unit_support = "unit_support"
    relationship = "relationship"


SIDE_NAMES: Final = {
    Side.schedule: N_("Schedule"),
    Side.obligations: N_("Obligations"),
    Side.money: N_("Money"),
    Side.unit_support: N_("Unit support"),
    Side.relationship: N_("Relationship"),
}
# Nothing is recorded yet of what these sides would be judged by.
UNRECORDED: Final = (Side.obligations, Side.money, Side.unit_support)


def relationship_level(limits: Thresholds, as_of: date) -> pl.Expr:
    """Return the level of the relationship with a county; NONE without any meeting.

    A next step belongs to the last meeting: a later one took it up. Reads last_met_on, next_step_on.
    """
    met = pl.col("last_met_on")
    red = months_on(met, limits.meeting_red_months) <= as_of
    late = (pl.col("next_step_on") < as_of).fill_null(value=False)
    yellow = (months_on(met, limits.meeting_yellow_months) <= as_of) | late
    level = pl.when(red).then(RED).when(yellow).then(YELLOW).otherwise(GREEN)
    return pl.when(met.is_not_null()).then(level).otherwise(NONE).cast(pl.Int8)


def schedule_level() -> pl.Expr:
    """Return the level of a project's schedule: that of its computed light, whatever a person set.

    NONE where nothing was judged: no plan, resting, finished or stopped. Reads computed_light.
    """
    levels = {"green": GREEN, "yellow": YELLOW, "red": RED}
    return pl.col("computed_light").replace_strict(levels, default=NONE, return_dtype=pl.Int8)


def side_told(side: Side, row: dict[str, Any], words: Words) -> str:
    """Say what a side was judged by. `row` is one of `portfolio.health`'s."""
    if side in UNRECORDED or row[side.value] == "none":
        return words.text(_NOT_JUDGED.get(side, _UNSAID))
    if side == Side.schedule:
        return words.text("The worst light of what is open, as computed.")
    told = words.text("Last meeting on {day}.", day=row["last_met_on"])
    if row["next_step_late_on"]:
        told += words.text(" The next step was due on {day}.", day=row["next_step_late_on"])
    return told


_UNSAID: Final = N_("Not recorded: it does not count.")
_NOT_JUDGED: Final = {
    Side.schedule: N_("Not judged: nothing is open that has an approved plan."),
    Side.relationship: N_("Not recorded: no meeting with the county. It does not count."),
}
