"""What a timeline says above itself: the finding, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.charts.timeline_comparison import moved_finding
from tracker.charts.timeline_word import light_words
from tracker.i18n import Words
from tracker.portfolio.timeline import TimelineFrames
from tracker.portfolio.timeline_step import MET_LATE
from tracker.rules.light import Light

# From here on a delay is worth a word in the heading.
LATE_DAYS = 40
# The order of every list of lights: what is judged, the worst first, then what is not judged.
_RANK = {light.value: rank for rank, light in enumerate(Light)}


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
    states = frames.milestones.filter(pl.col("state") != "cancelled")["state"]
    met, overdue = int(states.is_in(["met", MET_LATE]).sum()), int((states == "overdue").sum())
    rests_on = [
        _("As of {day}", day=as_of),
        _("agreements {n}/{total}", n=words.number(extent.shown), total=words.number(extent.total)),
        _("milestones met {n}/{total}", n=words.number(met), total=words.number(states.len())),
        _("milestones overdue {n}/{total}", n=words.number(overdue), total=words.number(states.len())),
        *extent.filters,
    ]
    if frames.earlier:
        rests_on.insert(1, _("compared with {day}", day=frames.earlier.then_on))
        title = moved_finding(frames, extent.region or _("All regions"), words)
    else:
        title = _finding(frames.rows, extent, words)
    return (title,), (" · ".join(rests_on),)


def _finding(rows: pl.DataFrame, extent: Extent, words: Words) -> str:
    """Say how many projects stand at each light, and how many end late against their first plan."""
    _ = words.text
    projects = rows.filter(pl.col("project_id").is_not_null())
    numbers = {
        "where": extent.region or _("All regions"),
        "counties": words.number(extent.counties),
        "projects": words.number(projects.height),
    }
    if projects.is_empty():
        return _("{where}: {counties} counties signed, no project yet", **numbers)
    late = int((projects["slip_original_days"] >= LATE_DAYS).sum())
    numbers |= {"lights": _lights(projects, words), "late": words.number(late), "days": str(LATE_DAYS)}
    if not late:
        return _(
            "{where}: {projects} projects in {counties} counties: {lights}; none ends {days} days or"
            " more later than first planned",
            **numbers,
        )
    return _(
        "{where}: {projects} projects in {counties} counties: {lights}; {late} ending {days} days or"
        " more later than first planned",
        **numbers,
    )


def _lights(projects: pl.DataFrame, words: Words) -> str:
    """Count the projects at each light, in the order of all lights, by the words beside the bars."""
    said = projects.select(
        pl.col("light").replace_strict(_RANK, default=9).alias("rank"), light_words(projects, words)
    )
    counted = said.group_by("lit").agg(pl.len(), pl.col("rank").min()).sort("rank", "lit")
    texts = [f"{lit} {words.number(n)}" for lit, n in counted.select("lit", "len").rows()]
    return ("、" if words.is_chinese else ", ").join(texts)
