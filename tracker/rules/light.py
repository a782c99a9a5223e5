"""D11: a project's light, the worst of five tests, as expressions on exact integers and calendar months.

A test's level is 0 (it does not apply or cannot run), 1 (green), 2 (yellow) or 3 (red).
"""

from datetime import date
from enum import StrEnum
from typing import Final

import polars as pl

from tracker.errors import N_
from tracker.rules.agreement import Status
from tracker.rules.project import ProjectState
from tracker.rules.threshold import Thresholds


class Light(StrEnum):
    """The lights, the worst first; grey says that nothing was judged, stopped stands outside the lights."""

    red = "red"
    yellow = "yellow"
    green = "green"
    grey = "grey"
    blue = "blue"
    stopped = "stopped"


class LightTest(StrEnum):
    """The tests of D11 in the order of screens. A light's reason is the worst of them."""

    plan = "plan"
    start = "start"
    key = "key"
    silence = "silence"
    term = "term"


LIGHT_NAMES: Final = {
    Light.red: N_("red"),
    Light.yellow: N_("yellow"),
    Light.green: N_("green"),
    Light.grey: N_("grey"),
    Light.blue: N_("blue"),
    Light.stopped: N_("stopped"),
}
# Shapes that stay apart in black and white; charts draw the same ones (charts.shape).
LIGHT_MARKS: Final = {
    Light.red: "■",
    Light.yellow: "▲",
    Light.green: "●",
    Light.grey: "○",
    Light.blue: "✓",
    Light.stopped: "×",
}
TEST_NAMES: Final = {
    LightTest.plan: N_("Behind plan"),
    LightTest.start: N_("Planned start"),
    LightTest.key: N_("Key milestones"),
    LightTest.silence: N_("Silence"),
    LightTest.term: N_("Term"),
}

NONE, GREEN, YELLOW, RED = range(4)
LEVELS: Final = {NONE: "none", GREEN: "green", YELLOW: "yellow", RED: "red"}
_OVER: Final = [ProjectState.stopped.value, ProjectState.accepted.value]


def is_tested() -> pl.Expr:
    """Return whether tests run at all: not once a project is finished or stopped, nor while it rests.

    Reads state.
    """
    return ~pl.col("state").is_in([*_OVER, ProjectState.paused.value])


def has_yardstick() -> pl.Expr:
    """Return whether there is an approved plan with any weight. Reads approved_on, weight_total."""
    return pl.col("approved_on").is_not_null() & (pl.col("weight_total") > 0).fill_null(value=False)


def plan_level(limits: Thresholds) -> pl.Expr:
    """Return the level of "behind plan"; both edges of yellow are yellow.

    Reads behind_sum and weight_total, which are in one unit, and what `has_yardstick` reads.
    """
    points, whole = pl.col("behind_sum") * 100, pl.col("weight_total")
    return _graded(
        has_yardstick(),
        yellow=points >= whole * limits.behind_yellow_points,
        red=points > whole * limits.behind_red_points,
    )


def start_level(limits: Thresholds, as_of: date) -> pl.Expr:
    """Return the level of a planned start that passed without a start. Reads planned_start_on, started_on."""
    planned = pl.col("planned_start_on")
    waits = ~(pl.col("started_on") <= as_of).fill_null(value=False)
    return _graded(
        planned.is_not_null() & waits,
        yellow=planned < as_of,
        red=months_on(planned, limits.start_red_months) <= as_of,
    )


def key_level(limits: Thresholds) -> pl.Expr:
    """Return the level of overdue key milestones. Reads approved_on, key_overdue_days (null: none)."""
    late = pl.col("key_overdue_days")
    return _graded(
        pl.col("approved_on").is_not_null(), yellow=late > 0, red=late > limits.key_overdue_red_days
    )


def silence_level(limits: Thresholds, as_of: date) -> pl.Expr:
    """Return the level of silence, for a project that started. Reads started_on, silent_since_on."""
    since = pl.col("silent_since_on")
    return _graded(
        pl.col("started_on") <= as_of,
        yellow=months_on(since, limits.silence_yellow_months) <= as_of,
        red=months_on(since, limits.silence_red_months) <= as_of,
    )


def term_level() -> pl.Expr:
    """Return the level of the term of an open project's agreement. Reads term_status (D1).

    A terminated agreement has ended no less than an expired one.
    """
    status = pl.col("term_status")
    ended = status.is_in([Status.expired.value, Status.terminated.value])
    bound = status.is_in([Status.active.value, Status.not_yet_effective.value])
    return _graded(
        ended | bound | (status == Status.expiring.value),
        yellow=status == Status.expiring.value,
        red=ended,
    )


def is_dormant(limits: Thresholds, as_of: date) -> pl.Expr:
    """Return whether a started project has been silent for longer than the limit. Reads silent_since_on."""
    return (months_on(pl.col("silent_since_on"), limits.dormant_months) < as_of).fill_null(value=False)


def light(worst: pl.Expr) -> pl.Expr:
    """Return the light as text, of the worst level; grey stands where green would have no yardstick.

    Reads state, and what `has_yardstick` reads.
    """
    state = pl.col("state")
    return (
        pl.when(state == ProjectState.stopped.value)
        .then(pl.lit(Light.stopped.value))
        .when(state == ProjectState.accepted.value)
        .then(pl.lit(Light.blue.value))
        .when(state == ProjectState.paused.value)
        .then(pl.lit(Light.grey.value))
        .when(worst == RED)
        .then(pl.lit(Light.red.value))
        .when(worst == YELLOW)
        .then(pl.lit(Light.yellow.value))
        .when(has_yardstick())
        .then(pl.lit(Light.green.value))
        .otherwise(pl.lit(Light.grey.value))
    )


def overridden() -> pl.Expr:
    """Return the light that is shown: the one a person set while it can hold, or else the computed one.

    Nobody makes a project green that has no plan, and where no test runs there is nothing to override.
    Reads computed_light, state, override_colour (null without one in force).
    """
    computed, chosen = pl.col("computed_light"), pl.col("override_colour")
    unfounded = (computed == Light.grey.value) & (chosen == Light.green.value)
    holds = chosen.is_not_null() & is_tested() & ~unfounded
    return pl.when(holds).then(chosen).otherwise(computed)


def told_light() -> pl.Expr:
    """Return the light with what has to be told beside it, as "light" or "light/beside".

    Beside one that a person set stands the computed one, and beside grey "paused" where the project rests.
    Reads light, computed_light, is_paused.
    """
    light, computed = pl.col("light"), pl.col("computed_light")
    rests = (light == Light.grey.value) & pl.col("is_paused")
    return (
        pl.when(light != computed)
        .then(pl.format("{}/{}", light, computed))
        .when(rests)
        .then(pl.lit(f"{Light.grey.value}/{ProjectState.paused.value}"))
        .otherwise(light)
    )


def months_on(day: pl.Expr, months: int) -> pl.Expr:
    """Return the day whole months later, clamped to the month's last day."""
    return day.dt.offset_by(f"{months}mo")


def _graded(applies: pl.Expr, *, yellow: pl.Expr, red: pl.Expr) -> pl.Expr:
    """Return a test's level; one whose input is missing is passed."""
    level = (
        pl.when(red.fill_null(value=False))
        .then(RED)
        .when(yellow.fill_null(value=False))
        .then(YELLOW)
        .otherwise(GREEN)
    )
    return pl.when(applies.fill_null(value=False) & is_tested()).then(level).otherwise(NONE).cast(pl.Int8)
