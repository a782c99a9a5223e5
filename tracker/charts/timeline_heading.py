"""What a timeline says above itself: the finding, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.i18n import Words
from tracker.portfolio.timeline import MET_LATE, TimelineFrames


@dataclass(frozen=True)
class Extent:
    """How far a timeline reaches: where ("" for everywhere), counties, agreements of all.

    `filters` are the choices in words, so that a picture on a slide tells what was left out.
    """

    region: str
    counties: int
    shown: int
    total: int
    filters: Sequence[str] = ()


def timeline_heading(
    frames: TimelineFrames, extent: Extent, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines."""
    _ = words.text
    projects = frames.rows["project_id"].drop_nulls().n_unique()
    states = frames.milestones.filter(pl.col("state") != "cancelled")["state"]
    met, overdue = int(states.is_in(["met", MET_LATE]).sum()), int((states == "overdue").sum())
    where = extent.region or _("All regions")
    numbers = {"where": where, "counties": words.number(extent.counties), "projects": words.number(projects)}
    if not projects:
        finding = _("{where}: {counties} counties signed, no project yet", **numbers)
    elif overdue:
        finding = _(
            "{where}: {projects} projects in {counties} counties, {overdue} milestones overdue",
            overdue=words.number(overdue),
            **numbers,
        )
    else:
        finding = _("{where}: {projects} projects in {counties} counties, no milestone overdue", **numbers)
    rests_on = [
        _("As of {day}", day=as_of),
        _("agreements {n}/{total}", n=words.number(extent.shown), total=words.number(extent.total)),
        _("milestones met {n}/{total}", n=words.number(met), total=words.number(states.len())),
        *extent.filters,
    ]
    return (finding,), (" · ".join(rests_on),)
