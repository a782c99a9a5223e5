"""The timeline's frames: one row per project, the terms behind them and the milestones on them."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.i18n import Words
from tracker.portfolio.agreement import county_parties
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import first_planned_starts, projects_as_of
from tracker.portfolio.timeline_band import BANDS, bands, one_of, terms_shown
from tracker.portfolio.timeline_group import COUNTY, grouped
from tracker.portfolio.timeline_order import named, ordered, told_apart, within
from tracker.portfolio.timeline_step import MILESTONES, shown_milestones
from tracker.portfolio.timeline_then import Earlier, earlier

NO_PROJECT = "no_project"
ROWS: dict[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "project_id": pl.Int64,
    "project_name": pl.String,
    "county_id": pl.Int64,
    "county_name": pl.String,
    "province_name": pl.String,
    "agreement_id": pl.Int64,
    "agreement_number": pl.String,
    "pillar_code": pl.String,
    "pillar_name": pl.String,
    "state": pl.String,
    "light": pl.String,
    "progress": pl.Float64,
    "planned": pl.Float64,
    "start_on": pl.Date,
    "finish_on": pl.Date,
    "slip_original_days": pl.Int64,
    "slip_current_days": pl.Int64,
    "baselines": pl.Int64,
    "ghost_from": pl.Date,
    "ghost_to": pl.Date,
    "current_to": pl.Date,
    "outlives_term": pl.Boolean,
    "term_end_on": pl.Date,
    "group_key": pl.Int64,
    "group_name": pl.String,
    "group_projects": pl.Int64,
}


@dataclass(frozen=True)
class TimelineFrames:
    """What a timeline shows, as three tidy frames with the columns of ROWS, BANDS and MILESTONES.

    rows: one per project (`state` as in rules.project.ProjectState), and one per agreement and county
    without a project (state NO_PROJECT, project columns null). `row` counts from 0, top to bottom, without
    gaps; the rows of a county are neighbours, and so are those of an agreement within it. `progress` (D8)
    and `planned` (D9) are shares of one, null when blank.
    `start_on` and `finish_on` are both ends of the bar, null without a plan; the latter is the effective
    finish (D7). `light` is a D11 name. `ghost_from` to `ghost_to` is the first approved plan, `current_to`
    the end of the one in force, `baselines` how often the plan was re-approved, and the two slips are
    signed days; all null without an approved plan. `outlives_term`: the bar ends after `term_end_on`.
    Groups follow each other; `group_projects` counts a group's projects. Ungrouped, the key is 0 and the
    name empty.

    bands: one per group, county and agreement, from row `row_from` to row `row_to`, both included. `end_on`
    null means open-ended; `signed_on` and `effective_on` are null before a signature. `status` is the D1
    name. `renewed_on` is the first day of a term that renewed itself, `renews_until` the end if it does once
    more, `decision_on` the last day to decide on that or on the renewal of one that expires (D2).

    earlier: how the same projects stood on the day compared with, None without one.

    milestones: one per milestone of a shown project; `shown_on` is the day it was met, otherwise the day it
    is expected while that lies ahead, otherwise its due day (`due_on`); `state` is a D6 name, or MET_LATE.
    """

    rows: pl.DataFrame
    bands: pl.DataFrame
    milestones: pl.DataFrame
    earlier: Earlier | None = None

    def is_empty(self) -> bool:
        """Whether there is nothing to draw, so that the page says so in words instead."""
        return self.rows.is_empty()


def no_frames() -> TimelineFrames:
    """Return frames with every column and no row."""
    return TimelineFrames(
        pl.DataFrame(schema=ROWS), pl.DataFrame(schema=BANDS), pl.DataFrame(schema=MILESTONES)
    )


@dataclass(frozen=True)
class TimelineChoice:
    """What a timeline is narrowed to; None means any. Ids of divisions may be of provinces down to counties.

    `pillar_codes`, `unit_ids` and `owners` are those of the projects; an agreement without a project is
    judged by its own pillars and owner, and left out when a unit is asked for. `statuses` and `event_ids`
    are those of the agreements. `lights` are those of the projects (D11), which leaves out agreements without
    one. `order` is one of ORDERS, `group` one of GROUPS, `then_on` the day compared with.
    """

    region_ids: Set[int] | None = None
    pillar_codes: Set[str] | None = None
    unit_ids: Set[int] | None = None
    owners: Set[str] | None = None
    event_ids: Set[int] | None = None
    statuses: Set[str] | None = None
    lights: Set[str] | None = None
    order: str = "code"
    group: str = COUNTY
    then_on: date | None = None


def timeline_frames(
    portfolio: Portfolio, as_of: date, choice: TimelineChoice, words: Words
) -> TimelineFrames:
    """Return the timeline of the agreements signed by `as_of` or having projects, province by province.

    Within a county agreements follow by signing day, then number; within an agreement projects by start. A
    joint agreement stands in each of its counties, with the projects of that county.
    """
    terms = terms_shown(portfolio, as_of, choice.event_ids, choice.statuses)
    rows = named(_rows(portfolio, as_of, terms, choice), portfolio, words)
    rows = within(rows, portfolio, as_of, choice.region_ids)
    rows = grouped(rows, portfolio, choice.group, words)
    numbered = ordered(told_apart(rows, words), choice.order)
    numbered = numbered.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    steps = shown_milestones(portfolio, as_of, numbered)
    then_on = choice.then_on
    return TimelineFrames(
        rows=numbered.select(pl.col(name).cast(kind) for name, kind in ROWS.items()),
        bands=bands(numbered, terms),
        milestones=steps,
        earlier=None if then_on is None else earlier(portfolio, then_on, numbered, steps),
    )


def agreements_shown(portfolio: Portfolio, as_of: date) -> int:
    """Return how many agreements a timeline shows that is narrowed to nothing."""
    choice = TimelineChoice()

    def compute() -> int:
        terms = terms_shown(portfolio, as_of, None, None)
        rows = _rows(portfolio, as_of, terms, choice)
        return rows["agreement_id"].n_unique()

    return portfolio.once(("timeline_agreements", as_of), compute)


def _rows(
    portfolio: Portfolio, as_of: date, agreements: pl.DataFrame, choice: TimelineChoice
) -> pl.DataFrame:
    """Return the projects chosen, and the signed agreements' counties that have no project at all."""
    pillars = portfolio["pillar"].select("code", pillar_id="id")
    projects = projects_as_of(portfolio, as_of).join(pillars, on="pillar_id", how="left")
    lights = lights_as_of(portfolio, as_of).select("light", id="project_id")
    chosen = (
        projects.filter(
            one_of("code", choice.pillar_codes),
            one_of("unit_id", choice.unit_ids),
            one_of("owner", choice.owners),
        )
        .join(lights, on="id", how="left")
        .filter(one_of("light", choice.lights))
        .join(first_planned_starts(portfolio, as_of), left_on="id", right_on="project_id", how="left")
        .select(*_OF_PROJECT, **_RENAMED)
        .join(agreements, on="agreement_id")
    )
    if choice.unit_ids is not None or choice.lights is not None:
        return chosen
    bare = (
        county_parties(portfolio)
        .select("agreement_id", "division_id")
        .join(projects, on=["agreement_id", "division_id"], how="anti")
        .join(agreements, on="agreement_id")
        .filter(pl.col("signed_on").is_not_null(), one_of("agreement_owner", choice.owners))
        .with_columns(state=pl.lit(NO_PROJECT))
    )
    if choice.pillar_codes is not None:
        asked = pillars.filter(one_of("code", choice.pillar_codes))
        for_them = portfolio["agreement_pillar"].join(asked, on="pillar_id", how="semi")
        bare = bare.join(for_them, on="agreement_id", how="semi")
    return pl.concat([chosen, bare], how="diagonal")


_OF_PROJECT = (
    *("agreement_id", "division_id", "pillar_id", "state", "light", "planned", "start_on"),
    *("slip_original_days", "slip_current_days", "baselines", "outlives_term", "term_end_on"),
)
_GHOST_END = pl.col("original_finish_on")
_RENAMED = {
    "project_owner": pl.col("owner"),
    "project_id": pl.col("id"),
    "project_name": pl.col("name"),
    "progress": pl.col("actual"),
    "finish_on": pl.coalesce("effective_finish_on", "finish_on"),
    # A plan that dates no start of its own is taken to begin where the project does.
    "ghost_from": pl.when(_GHOST_END.is_not_null()).then(
        pl.min_horizontal(_GHOST_END, pl.coalesce("first_plan_start_on", "start_on", _GHOST_END))
    ),
    "ghost_to": _GHOST_END,
    "current_to": pl.col("current_finish_on"),
}
