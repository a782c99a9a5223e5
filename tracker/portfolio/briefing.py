"""What a briefing tells of a part of the work and a month, as facts: figures then and now, and lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from tracker.portfolio.attention import OPEN_STATES
from tracker.portfolio.briefing_light import light_rows
from tracker.portfolio.curve import Curve, curve
from tracker.portfolio.expiry import expiries
from tracker.portfolio.lists import Wanted, milestone_rows
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_figures, part_projects
from tracker.portfolio.project import AHEAD_DAYS
from tracker.portfolio.pushed_out import pushed_out, standing_in
from tracker.portfolio.review_change import review_changes
from tracker.portfolio.target import attainment_of
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.briefing import BriefingMonth
from tracker.rules.month import last_day
from tracker.rules.review_change import ChangeKind
from tracker.rules.target import Attainment
from tracker.rules.threshold import Thresholds


@dataclass(frozen=True)
class Briefing:
    """The facts of a briefing, without a word of any language.

    `names` are the pairs (name, English name) of region, pillar and event, of those that the part names.
    `figures` and `figures_before` are rows of `part_figures` on `month.as_of` and `month.before_on`.

    `lights` are all projects, see `light_rows`; `changes` are those of the month, see `review_changes`;
    `slips` the milestones put off among them, with the reason_code of the newest change of forecast within
    the month (null for a re-baseline alone). `pushed` is how many milestones were pushed out of the month,
    of the `stood` that stood in it as it began, see `pushed_out`. Of the 90 days ahead: `due`, the key ones
    of the unmet milestones (rows of `milestone_rows`), and `ending`, the rows of `expiries` whose term ends
    or whose decision is due in them. `targets` are the part's own for the year, with what was reached.
    `known_at` is the moment whose knowledge all of this is, in the organisation's zone, None for what is
    known now.
    """

    part: Part
    names: tuple[tuple[str, str], ...]
    month: BriefingMonth
    figures: Mapping[str, Any]
    figures_before: Mapping[str, Any]
    limits: Thresholds
    lights: pl.DataFrame
    changes: pl.DataFrame
    slips: pl.DataFrame
    pushed: int
    stood: int
    due: pl.DataFrame
    ending: pl.DataFrame
    curve: Curve
    targets: tuple[Attainment, ...] = ()
    known_at: datetime | None = None


def briefing(portfolio: Portfolio, part: Part, month: BriefingMonth) -> Briefing:
    """Return the briefing of a part and a month; what it tells of is what the screens show on those days."""
    return portfolio.once(("briefing", part, month), lambda: _briefing(portfolio, part, month))


def part_names(portfolio: Portfolio, part: Part) -> tuple[tuple[str, str], ...]:
    """Return (name, English name) of the region, the pillar and the event of a part, of those it has."""
    regions = pl.concat(
        [
            portfolio["division"].select("id", "name", "name_en"),
            portfolio["sales_region"].select(-pl.col("id"), "name", "name_en"),
        ]
    )
    pillars = portfolio["pillar"].select("id", "name_en", name="name_zh")
    events = portfolio["signing_event"].select("id", "name", name_en=pl.lit(""))
    asked = ((regions, part.region_id), (pillars, part.pillar_id), (events, part.event_id))
    return tuple(
        (row["name"], row["name_en"] or "")
        for frame, wanted in asked
        if wanted is not None
        for row in frame.filter(pl.col("id") == wanted).iter_rows(named=True)
    )


def _briefing(portfolio: Portfolio, part: Part, month: BriefingMonth) -> Briefing:
    as_of, period = month.as_of, (month.month_on, last_day(month.month_on))
    projects = part_projects(portfolio, as_of, part).select(project_id="id")
    pushed = pushed_out(portfolio, *period, as_of).join(projects, on="project_id", how="semi")
    changes = review_changes(portfolio, month.before_on, as_of, part)
    return Briefing(
        part=part,
        names=part_names(portfolio, part),
        month=month,
        figures=part_figures(portfolio, as_of, part),
        figures_before=part_figures(portfolio, month.before_on, part),
        limits=thresholds_as_of(portfolio, as_of),
        lights=light_rows(portfolio, as_of, month.before_on, projects),
        changes=changes,
        slips=_slips(portfolio, month, changes),
        pushed=pushed.height,
        stood=_of_projects(portfolio, standing_in(portfolio, *period, as_of), projects),
        due=_ahead(portfolio, as_of, part),
        ending=_ending(portfolio, as_of, part),
        curve=curve(portfolio, as_of, part),
        targets=attainment_of(portfolio, as_of, part),
    )


def _wanted(part: Part, **more: Any) -> Wanted:
    """Ask a list for the records of a part."""
    return Wanted(
        region_id=part.region_id,
        pillar_ids=() if part.pillar_id is None else (part.pillar_id,),
        event_ids=() if part.event_id is None else (part.event_id,),
        **more,
    )


def _of_projects(portfolio: Portfolio, stood: pl.DataFrame, projects: pl.DataFrame) -> int:
    """Count the milestones that are those of the projects."""
    own = portfolio["milestone"].select("id", "project_id").join(projects, on="project_id", how="semi")
    return stood.join(own, on="id", how="semi").height


def _slips(portfolio: Portfolio, month: BriefingMonth, changes: pl.DataFrame) -> pl.DataFrame:
    """Return the milestones put off, with the reason that was given last within the month."""
    reasons = (
        portfolio["forecast_change"]
        .filter(pl.col("changed_on").is_between(month.since_on, month.as_of))
        .sort("changed_on", "id")
        .unique("milestone_id", keep="last")
        .select("milestone_id", "reason_code")
    )
    put_off = changes.filter(pl.col("kind") == ChangeKind.pushed_out.value)
    return put_off.join(reasons, on="milestone_id", how="left", maintain_order="left")


def _ahead(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    period = (as_of, as_of + timedelta(days=AHEAD_DAYS))
    return milestone_rows(portfolio, as_of, _wanted(part, states=OPEN_STATES, period=period)).filter("is_key")


def _ending(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    last = as_of + timedelta(days=AHEAD_DAYS)
    return expiries(portfolio, as_of, part).filter(
        (pl.col("next_on") <= last) | (pl.col("term_end_on") <= last)
    )
