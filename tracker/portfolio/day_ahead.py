"""Facts for a day to come: what is known on a day, and what that lets expect as if it had happened.

Unmet milestones are met on the day they are expected, with evidence; projects start on their planned start,
or with the first milestone met; updates keep coming. Nothing else happens: no plan is approved, nothing is
signed, no light is set by hand.
"""

from collections import OrderedDict
from dataclasses import replace
from datetime import date
from threading import Lock

import polars as pl

from tracker.portfolio.expected import never
from tracker.portfolio.model import Portfolio

_ALWAYS, _FOREVER = date(1, 1, 1), date(9999, 12, 31)
_OF_PROJECT = ("milestone", "plan", "baseline", "project_update")
_LEFT_OUT = ("dependency", "light_override", "forecast_change", "milestone_credit", "baseline_milestone")
_DATED = {
    "agreement": ("terminated_on", "abandoned_on", "non_renewal_notice_on"),
    "party": ("signed_on",),
    "supplement": ("signed_on",),
}
_COURSE = ("started_on", "live_on", "accepted_on", "stopped_on")


def known_part(whole: Portfolio, as_of: date, project_ids: pl.Series) -> Portfolio:
    """Return the facts of some projects and their agreements that are dated no later than `as_of`."""
    facts = dict(whole.facts) | {name: whole[name].clear() for name in _LEFT_OUT}
    facts["project"] = (
        whole["project"].filter(pl.col("id").is_in(project_ids.implode())).with_columns(_by(as_of, *_COURSE))
    )
    for name in _OF_PROJECT:
        facts[name] = whole[name].filter(pl.col("project_id").is_in(project_ids.implode()))
    facts["milestone"] = facts["milestone"].with_columns(_by(as_of, "met_on", "cancelled_on"))
    in_force = (pl.col("in_force_from") <= as_of) & (pl.col("in_force_until") > as_of)
    facts["plan"] = (
        facts["plan"]
        .filter(in_force & (pl.col("project_opened_on") <= as_of))
        .with_columns(_by(as_of, "cancelled_on", "project_stopped_on"))
        .with_columns(in_force_from=pl.lit(_ALWAYS), in_force_until=pl.lit(_FOREVER))
    )
    facts["baseline"] = facts["baseline"].filter(pl.col("approved_on") <= as_of)
    facts["project_update"] = facts["project_update"].filter(pl.col("decided_on") <= as_of)
    # A renewal gives the term of what it replaces, so that all of them stay.
    own = pl.col("id").is_in(facts["project"]["agreement_id"].implode())
    facts["agreement"] = whole["agreement"].filter(own | pl.col("renewal_of_id").is_not_null())
    signed = pl.col("agreement_id").is_in(facts["agreement"]["id"].implode())
    for name in ("party", "supplement", "agreement_stage"):
        facts[name] = whole[name].filter(signed)
    for name, columns in _DATED.items():
        facts[name] = facts[name].with_columns(_by(as_of, *columns))
    return _made(whole, facts)


def on_day(part: Portfolio, look_on: date, steps: pl.DataFrame, projects: pl.DataFrame) -> Portfolio:
    """Return what `known_part` knows, carried to `look_on`.

    `steps` holds id, finish_on and own_on (expected with and without what it waits for) of uncancelled
    milestones; `projects` holds id, planned_on (the expected start, null if none is planned) and stopped_on.
    What is never to be expected stays unmet with its own day as its forecast.
    """
    comes = ~never() & (pl.col("finish_on") <= look_on)
    outcome = steps.select(
        "id",
        finish_on="finish_on",
        expected_on=pl.when(never()).then("own_on").otherwise("finish_on"),
        comes=comes.fill_null(value=False),
    )
    plan = (
        part["plan"]
        .join(outcome, on="id", how="left")
        .join(projects.select(project_id="id", stops_on="stopped_on"), on="project_id", how="left")
    )
    comes_now = pl.col("comes").fill_null(value=False)
    met = pl.when(comes_now).then(pl.col("finish_on"))
    plan = plan.with_columns(
        was_met=pl.col("met_on") == pl.col("finish_on"),
        met_on=met,
        forecast_on=pl.when(~comes_now).then("expected_on"),
        project_stopped_on="stops_on",
    ).with_columns(
        due_when_met=pl.when(pl.col("was_met"))
        .then("due_when_met")
        .otherwise(pl.coalesce("baseline_due_on", "due_on"))
    )
    facts = dict(part.facts)
    proven = plan.filter("comes", ~pl.col("was_met").fill_null(value=False))["id"].implode()
    witness = pl.when(pl.col("id").is_in(proven)).then(pl.lit("expected")).otherwise("evidence_witness")
    facts["milestone"] = (
        part["milestone"]
        .drop("met_on")
        .join(plan.select("id", "met_on"), on="id", how="left")
        .with_columns(evidence_witness=witness)
        .select(part["milestone"].columns)
    )
    facts["project"] = _started(part["project"], projects, plan, look_on)
    facts["project_update"] = pl.concat([part["project_update"], _updates(part, facts["project"], look_on)])
    facts["plan"] = plan.select(part["plan"].columns)
    return _made(part, facts)


def _started(known: pl.DataFrame, projects: pl.DataFrame, plan: pl.DataFrame, look_on: date) -> pl.DataFrame:
    first = plan.group_by(id="project_id").agg(first_met_on=pl.col("met_on").min())
    runs = pl.col("stops_on").is_null()
    planned = pl.when(runs & (pl.col("planned_on") <= look_on)).then("planned_on")
    return (
        known.join(projects.select("id", "planned_on", stops_on="stopped_on"), on="id", how="left")
        .join(first, on="id", how="left")
        .with_columns(
            started_on=pl.coalesce("started_on", pl.min_horizontal(planned, "first_met_on")),
            stopped_on="stops_on",
        )
        .select(known.columns)
    )


def _updates(part: Portfolio, projects: pl.DataFrame, look_on: date) -> pl.DataFrame:
    """Return one accepted update of `look_on` for each project that is under way."""
    running = projects.filter(pl.col("started_on").is_not_null() & pl.col("accepted_on").is_null())
    return running.select(
        pl.lit(None, kind).alias(name) if name not in _REPORTED else _REPORTED[name](look_on)
        for name, kind in part["project_update"].schema.items()
    )


_REPORTED = {
    "project_id": lambda _: pl.col("id").alias("project_id"),
    "reported_on": lambda day: pl.lit(day).alias("reported_on"),
    "decided_on": lambda day: pl.lit(day).alias("decided_on"),
    "decision": lambda _: pl.lit("accepted").alias("decision"),
    "is_no_change": lambda _: pl.lit(value=True).alias("is_no_change"),
}


def _by(as_of: date, *columns: str) -> list[pl.Expr]:
    """Return the columns with what is dated after `as_of` taken out."""
    return [pl.when(pl.col(name) <= as_of).then(pl.col(name)).alias(name) for name in columns]


def _made(known: Portfolio, facts: dict[str, pl.DataFrame]) -> Portfolio:
    return replace(known, facts=facts, scope=None, behind=None, _memory=OrderedDict(), _lock=Lock())
