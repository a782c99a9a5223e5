"""What if: shift unmet milestones or drop a unit's work, and compare a day to come with and without it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tracker.portfolio.day_ahead import known_part, on_day
from tracker.portfolio.expected import (
    courses_ahead,
    finishes_ahead,
    finishes_changed,
    never,
    stopped_courses,
)
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import planned_starts, projects_as_of
from tracker.portfolio.region import divisions_within
from tracker.portfolio.term import remember_terms, terms_as_of
from tracker.rules.working_day import LAST_DAY

_PROJECT = (
    *("effective_finish_on", "slip_original_days", "slip_current_days", "baselines", "landed_on"),
    *("outlives_term", "term_end_on"),
)

_COMPARED = (
    *("light", "finish", "slip_original_days", "slip_current_days", "landed", "outlives", "waits_in_vain"),
)

_Day = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class Supposed:
    """What is supposed of a part of the work: one project, an agreement's or a region's.

    Unmet milestones come `shift_days` later (earlier if negative), all of them or those of one pillar or
    those named. The unfinished projects of `dropped_unit_id` stop. Nothing supposed changes nothing.
    """

    project_id: int | None = None
    agreement_id: int | None = None
    region_id: int | None = None
    shift_days: int = 0
    pillar_id: int | None = None
    milestone_ids: tuple[int, ...] = ()
    dropped_unit_id: int | None = None


@dataclass(frozen=True)
class WhatIf:
    """Both outcomes on `look_on`, one row a project concerned: in the part chosen, or moved by it elsewhere.

    `projects` holds id, name, agreement_id, is_chosen, light_before and light_after (computed) and, each
    `_before` and `_after`, finish (effective), slip_original_days, slip_current_days, landed, outlives (it
    is expected to end after its agreement's term) and waits_in_vain (milestones that wait for stopped work);
    baselines and term_end_on. `lights` maps ("before" or "after", project id) to the row of `lights_as_of`
    where the light changes.
    """

    look_on: date
    projects: pl.DataFrame
    lights: dict[tuple[str, int], dict[str, Any]]


def chosen_projects(portfolio: Portfolio, as_of: date, supposed: Supposed) -> pl.DataFrame:
    """Return the projects of the part chosen, within the portfolio's scope and opened by `as_of`."""
    rows = portfolio["project"].filter(pl.col("opened_on") <= as_of)
    rows = rows.join(portfolio["agreement"].select(agreement_id="id"), on="agreement_id", how="semi")
    if supposed.project_id is not None:
        rows = rows.filter(pl.col("id") == supposed.project_id)
    if supposed.agreement_id is not None:
        rows = rows.filter(pl.col("agreement_id") == supposed.agreement_id)
    if supposed.region_id is not None:
        inside = divisions_within(portfolio, supposed.region_id, as_of)
        rows = rows.join(inside, on="division_id", how="semi")
    return rows


def what_if(portfolio: Portfolio, as_of: date, look_on: date, supposed: Supposed) -> WhatIf:
    """Return what is to be expected on `look_on` without and with what is supposed. Nothing is kept."""
    whole = portfolio.whole
    chosen = chosen_projects(portfolio, as_of, supposed)
    dropped = _dropped(chosen, as_of, supposed)
    changed = _changed(whole, as_of, (chosen, dropped), supposed)
    moved = finishes_changed(whole, as_of, changed)
    concerned = _concerned(portfolio, as_of, chosen, moved)
    part = known_part(whole, as_of, concerned)
    steps = _overlaid(_steps(whole, as_of, part), changed, moved)
    starts = _shifted_starts(_starts(part, as_of), chosen, dropped, (as_of, supposed))
    before = _unchanged(whole, as_of, look_on)
    supposed_facts = on_day(part, look_on, steps, starts)
    remember_terms(supposed_facts, look_on, before[2])
    after = _outcomes(supposed_facts, look_on, steps)
    rows = (
        part["project"]
        .select("id", "name", "agreement_id", is_chosen=pl.col("id").is_in(chosen["id"].implode()))
        .join(before[0], on="id", how="left")
        .join(after[0], on="id", how="left", suffix="_after")
        .rename({name: f"{name}_before" for name in _COMPARED})
        .drop("term_end_on_after", "baselines_after")
    )
    changes = rows.filter(pl.col("light_before").ne_missing(pl.col("light_after")))["id"].implode()
    lights = {
        (side, row["project_id"]): row
        for side, (_rows, found, _terms) in (("before", before), ("after", after))
        for row in found.filter(pl.col("project_id").is_in(changes)).iter_rows(named=True)
    }
    return WhatIf(look_on, rows.sort("id"), lights)


def _unchanged(whole: Portfolio, as_of: date, look_on: date) -> _Day:
    """Return the outcomes of all projects without anything supposed: the same for every question."""

    def compute() -> _Day:
        part = known_part(whole, as_of, whole["project"]["id"])
        steps = _steps(whole, as_of, part)
        return _outcomes(on_day(part, look_on, steps, _starts(part, as_of)), look_on, steps)

    return whole.once(("unchanged", as_of, look_on), compute)


def _dropped(chosen: pl.DataFrame, as_of: date, supposed: Supposed) -> pl.Series:
    over = (pl.col("accepted_on") <= as_of) | (pl.col("stopped_on") <= as_of)
    of_unit = pl.col("unit_id") == (supposed.dropped_unit_id or 0)
    return chosen.filter(of_unit & ~over.fill_null(value=False))["id"]


def _changed(
    whole: Portfolio, as_of: date, part: tuple[pl.DataFrame, pl.Series], supposed: Supposed
) -> pl.DataFrame:
    """Return the courses that are supposed to be others."""
    chosen, dropped = part
    moving = (
        chosen if supposed.pillar_id is None else chosen.filter(pl.col("pillar_id") == supposed.pillar_id)
    )
    own = whole["milestone"].filter(pl.col("project_id").is_in(chosen["id"].implode()))
    moves = pl.col("project_id").is_in(moving["id"].implode())
    if supposed.milestone_ids:
        moves &= pl.col("id").is_in(list(supposed.milestone_ids))
    stops = pl.col("project_id").is_in(dropped.implode())
    marked = own.select(milestone_id="id", moves=moves & pl.lit(supposed.shift_days != 0), stops=stops)
    courses = courses_ahead(whole, as_of).join(
        marked.filter(pl.col("moves") | pl.col("stops")), on="milestone_id", maintain_order="left"
    )
    stopped = stopped_courses(courses.filter("stops").drop("moves", "stops"))
    shifted = courses.filter(~pl.col("stops"), ~pl.col("fixed"), ~never()).drop("moves", "stops")
    later = pl.duration(days=supposed.shift_days)
    return pl.concat(
        [
            stopped,
            shifted.with_columns(
                # What has begun has begun; nothing can be finished before the day looked from.
                start_on=pl.when(pl.col("start_on") > as_of)
                .then(pl.max_horizontal(pl.col("start_on") + later, pl.lit(as_of)))
                .otherwise("start_on"),
                finish_on=(pl.col("finish_on") + later).clip(as_of, LAST_DAY),
            ),
        ]
    )


def _concerned(portfolio: Portfolio, as_of: date, chosen: pl.DataFrame, moved: pl.DataFrame) -> pl.Series:
    """Return the ids of the chosen projects, and of those in scope that a date of is moved."""
    known = finishes_ahead(portfolio.whole, as_of)
    others = (
        moved.join(known, on="milestone_id", suffix="_known")
        .filter(pl.col("finish_on").ne_missing(pl.col("finish_on_known")))
        .select("milestone_id")
    )
    elsewhere = portfolio["milestone"].join(others, left_on="id", right_on="milestone_id", how="semi")
    return pl.concat([chosen["id"], elsewhere["project_id"].alias("id")]).unique().sort()


def _steps(whole: Portfolio, as_of: date, part: Portfolio) -> pl.DataFrame:
    """Return the steps of a part's projects, as `on_day` takes them, and project_id."""
    own = part["project"].select(project_id="id")
    return whole.once(("steps_ahead", as_of), lambda: _all_steps(whole, as_of)).join(
        own, on="project_id", how="semi"
    )


def _all_steps(whole: Portfolio, as_of: date) -> pl.DataFrame:
    own = courses_ahead(whole, as_of).select("milestone_id", "finish_on")
    joined = finishes_ahead(whole, as_of).select("milestone_id", joined_on="finish_on")
    ids = whole["milestone"].select("id", "project_id")
    return (
        own.join(ids, left_on="milestone_id", right_on="id")
        .join(joined, on="milestone_id", how="left")
        .select(
            "project_id",
            id="milestone_id",
            own_on=pl.when(~never()).then("finish_on"),
            finish_on=pl.coalesce("joined_on", "finish_on"),
        )
    )


def _overlaid(steps: pl.DataFrame, changed: pl.DataFrame, moved: pl.DataFrame) -> pl.DataFrame:
    own = changed.select(id="milestone_id", changed_on="finish_on")
    joined = moved.select(id="milestone_id", moved_on="finish_on")
    return (
        steps.join(own, on="id", how="left")
        .join(joined, on="id", how="left")
        .with_columns(
            finish_on=pl.coalesce("moved_on", "changed_on", "finish_on"),
            own_on=pl.when(~never("changed_on"))
            .then(pl.coalesce("changed_on", "own_on"))
            .otherwise("own_on"),
        )
        .drop("changed_on", "moved_on")
    )


def _starts(part: Portfolio, as_of: date) -> pl.DataFrame:
    """Return id, planned_on (no earlier than `as_of`) and stopped_on of each project."""
    planned = pl.when(pl.col("planned_start_on").is_not_null()).then(
        pl.max_horizontal("planned_start_on", pl.lit(as_of))
    )
    projects = part["project"].select("id", "pillar_id", "stopped_on")
    starts = planned_starts(part, as_of).select("id", planned_on=planned)
    return projects.join(starts, on="id", how="left", maintain_order="left")


def _shifted_starts(
    starts: pl.DataFrame, chosen: pl.DataFrame, dropped: pl.Series, known: tuple[date, Supposed]
) -> pl.DataFrame:
    """Shift the starts of whole projects, and stop those that are dropped."""
    as_of, supposed = known
    moves = pl.col("id").is_in(chosen["id"].implode()) & pl.lit(not supposed.milestone_ids)
    if supposed.pillar_id is not None:
        moves &= pl.col("pillar_id") == supposed.pillar_id
    later = (pl.col("planned_on") + pl.duration(days=supposed.shift_days)).clip(as_of, LAST_DAY)
    stops = pl.col("id").is_in(dropped.implode())
    return starts.with_columns(
        planned_on=pl.when(moves).then(later).otherwise("planned_on"),
        stopped_on=pl.when(stops).then(pl.lit(as_of)).otherwise("stopped_on"),
    )


def _outcomes(facts: Portfolio, look_on: date, steps: pl.DataFrame) -> _Day:
    """Return the outcomes, the rows of `lights_as_of` and those of `terms_as_of` on a day.

    An outcome is one row a project with id, term_end_on, baselines and _COMPARED.
    """
    lights = lights_as_of(facts, look_on)
    in_vain = steps.group_by(id="project_id").agg(waits_in_vain=never().sum().cast(pl.Int64))
    running = ~pl.col("state").is_in(["stopped", "accepted"])
    rows = (
        projects_as_of(facts, look_on)
        .select("id", "state", *_PROJECT)
        .join(lights.select(id="project_id", light="computed_light"), on="id", how="left")
        .join(in_vain, on="id", how="left")
        .select(
            *("id", "baselines", "term_end_on", "light", "slip_original_days", "slip_current_days"),
            finish="effective_finish_on",
            landed=pl.col("landed_on").is_not_null(),
            outlives=pl.col("outlives_term") & running,
            waits_in_vain=pl.when(running).then("waits_in_vain").fill_null(0),
        )
    )
    return rows, lights, terms_as_of(facts, look_on)
