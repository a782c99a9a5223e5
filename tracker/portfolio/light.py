"""The light of every project as of a day (D11), with what each of its tests looked at."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.rest import rested_days
from tracker.portfolio.term import terms_as_of
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules import light as rules
from tracker.rules.light import LEVELS, Light, LightTest
from tracker.rules.project import ProjectState

_INPUTS = (
    *("state", "approved_on", "behind_sum", "weight_total", "planned_sum", "actual_sum"),
    *("planned_start_on", "started_on", "accepted_on", "key_overdue_days"),
    *("slip_original_days", "slip_current_days", "baselines"),
)
_ACCEPTED = "accepted"


def lights_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return one row per project of `projects_as_of`, by project_id.

    Columns: project_id, light (the one shown) and computed_light (texts of rules.light.Light), told_light
    (the one shown with what has to be told beside it, see rules.light.told_light); light_plan,
    light_start, light_key, light_silence, light_term ("green", "yellow", "red", or "none" where the test does
    not apply or cannot run); is_dormant, is_paused, has_plan; the override in force, whether or not it can
    hold: override_id, override_colour, override_from_on, override_until_on, override_reason, override_author;
    and what the tests looked at: state, approved_on, behind_sum, weight_total, planned_sum, actual_sum,
    planned_start_on, started_on, accepted_on, key_overdue_days, last_update_on, rested_days (suspended
    days that do not count as silence), silent_since_on (from which silence counts, those days left out),
    term_agreement_id, term_status, term_end_on, term_days_left, slip_original_days, slip_current_days,
    baselines.
    """
    return portfolio.once(("lights", as_of), lambda: _lights(portfolio, as_of))


def light_counts(portfolio: Portfolio, as_of: date, members: pl.DataFrame) -> pl.DataFrame:
    """Return key and one count per light (`light_red` …, unsigned) of the groups in `members`.

    `members` are pairs of project_id and key, each once. A count is of the light that is shown.
    """
    lights = lights_as_of(portfolio, as_of).select("project_id", "light")
    return (
        members.join(lights, on="project_id")
        .group_by("key")
        .agg((pl.col("light") == kind.value).sum().alias(f"light_{kind.value}") for kind in Light)
    )


def _lights(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    limits = thresholds_as_of(portfolio, as_of)
    levels = {
        LightTest.plan: rules.plan_level(limits),
        LightTest.start: rules.start_level(limits, as_of),
        LightTest.key: rules.key_level(limits),
        LightTest.silence: rules.silence_level(limits, as_of),
        LightTest.term: rules.term_level(),
    }
    names = [f"light_{test.value}" for test in levels]
    dormant = (pl.col("light_silence") != rules.NONE) & rules.is_dormant(limits, as_of)
    return (
        _facts(portfolio, as_of)
        .with_columns(level.alias(f"light_{test.value}") for test, level in levels.items())
        .with_columns(
            computed_light=rules.light(pl.max_horizontal(names)),
            is_dormant=dormant,
            is_paused=pl.col("state") == ProjectState.paused.value,
            has_plan=rules.has_yardstick(),
        )
        .with_columns(light=rules.overridden())
        .with_columns(told_light=rules.told_light())
        .with_columns(pl.col(names).replace_strict(LEVELS, return_dtype=pl.String))
        .sort("project_id")
        .collect()
    )


def _facts(portfolio: Portfolio, as_of: date) -> pl.LazyFrame:
    """Everything the tests read, one row per project."""
    updates = _last_updates(portfolio, as_of)
    spoken = pl.max_horizontal("started_on", "last_update_on")
    frame = (
        projects_as_of(portfolio, as_of)
        .select("agreement_id", pl.col("id").alias("project_id"), *_INPUTS)
        .join(updates, on="project_id", how="left")
        .with_columns(silent_since_on=pl.when(pl.col("started_on") <= as_of).then(spoken))
    )
    rested = rested_days(portfolio, frame.select("project_id", "agreement_id", "silent_since_on"), as_of)
    return (
        frame.lazy()
        .join(rested.lazy(), on="project_id", how="left")
        .with_columns(pl.col("rested_days").fill_null(0))
        .with_columns(silent_since_on=pl.col("silent_since_on") + pl.duration(days=pl.col("rested_days")))
        .join(terms_as_of(portfolio, as_of).lazy(), on="agreement_id", how="left")
        .drop("agreement_id")
        .join(overrides_as_of(portfolio, as_of).lazy(), on="project_id", how="left")
    )


def _last_updates(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return project_id and the newest day that an update accepted by `as_of` speaks for."""
    updates = portfolio["project_update"]
    accepted = (pl.col("decision") == _ACCEPTED) & (pl.col("decided_on") <= as_of)
    return (
        updates.filter(accepted & (pl.col("reported_on") <= as_of))
        .group_by("project_id")
        .agg(last_update_on=pl.col("reported_on").max())
    )


def overrides_as_of(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the override in force of each project that has one, the columns of `lights_as_of` about it."""
    lifted = (pl.col("lifted_on") <= as_of).fill_null(value=False)
    running = pl.lit(as_of).is_between(pl.col("from_on"), pl.col("until_on"))
    return (
        portfolio["light_override"]
        .filter(running & ~lifted)
        .sort("from_on", "id")
        .unique("project_id", keep="last")
        .select(
            "project_id",
            override_id="id",
            override_colour="colour",
            override_from_on="from_on",
            override_until_on="until_on",
            override_reason="reason",
            override_author="author",
        )
    )
