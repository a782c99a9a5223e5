"""Read a region's timeline, its choices, and one of its projects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import polars as pl
from dateutil.relativedelta import relativedelta

from tracker.charts.view import MONTH, YEAR
from tracker.charts.year_strip import strip_frame
from tracker.errors import NotFound
from tracker.i18n import Words
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.timeline import (
    TimelineChoice,
    TimelineFrames,
    agreements_shown,
    timeline_frames,
)
from tracker.portfolio.timeline_group import GROUPS
from tracker.portfolio.timeline_page import PAGE_ROWS, on_page, page_breaks
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["GROUPS", "PAGE_ROWS", "SLIDE_ROWS", "TimelineChoice", "TimelineFrames", "page_of"]

# As many rows as are read from the back of a room.
SLIDE_ROWS = 14
_YEARS, _YEARS_PAST = 12, 7
_LONGEST, _LONGEST_PAST = relativedelta(years=4), relativedelta(months=21)


@dataclass(frozen=True)
class Timeline:
    """A timeline's frames, whole, and where its pages break.

    `in_scope` counts all signed agreements; `counties` the counties shown, without prefectures and provinces.
    """

    frames: TimelineFrames
    pages: list[range]
    in_scope: int
    counties: int

    @cached_property
    def months(self) -> pl.DataFrame:
        """The milestones shown, counted by month; see `strip_frame`."""
        return strip_frame(self.frames.milestones)

    @cached_property
    def agreements(self) -> int:
        """How many different agreements are shown."""
        return self.frames.bands["agreement_id"].n_unique()


def read_timeline(desk: Desk, as_of: date, choice: TimelineChoice, words: Words) -> Timeline:
    """Return the timeline of what is chosen. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    portfolio = portfolio_for(desk)

    def compute() -> Timeline:
        frames = timeline_frames(portfolio, as_of, choice, words)
        counties = portfolio["division"].filter(pl.col("level") == "county")["id"]
        shown = frames.rows["county_id"].unique().is_in(counties.implode()).sum()
        return Timeline(frames, page_breaks(frames), agreements_shown(portfolio, as_of), int(shown))

    return portfolio.once(("timeline", as_of, choice, words.language), compute)


def page_of(timeline: Timeline, number: int) -> TimelineFrames:
    """Return the frames of a page, counted from 1; the last one for a higher number."""
    return on_page(timeline.frames, timeline.pages[min(number, len(timeline.pages)) - 1])


def slides_of(page: TimelineFrames) -> list[TimelineFrames]:
    """Return the frames of a page in parts of at most SLIDE_ROWS rows, broken where pages break."""
    return [on_page(page, rows) for rows in page_breaks(page, SLIDE_ROWS)]


def usual_period(timeline: Timeline, as_of: date, scale: str = "") -> tuple[date, date]:
    """Return the period shown unless another one is picked.

    By month (see charts.view.SCALES) it is half a year before and after the month of `as_of`, by year whole
    years around everything shown, at most twelve. Otherwise it is whole quarters around everything shown, at
    most four years and not long before `as_of`.
    """
    if scale == MONTH:
        month = as_of.replace(day=1)
        return month - relativedelta(months=6), month + relativedelta(months=7) - timedelta(days=1)
    rows, marks, bands = timeline.frames.rows, timeline.frames.milestones, timeline.frames.bands
    starts = [rows["start_on"].min(), bands["signed_on"].min(), marks["shown_on"].min(), as_of]
    ends = [rows["finish_on"].max(), marks["shown_on"].max(), as_of + timedelta(days=120)]
    if scale == YEAR:
        ends.append(bands["end_on"].max())
    first = min(day for day in starts if isinstance(day, date))
    last = max(day for day in ends if isinstance(day, date))
    if scale == YEAR:
        first = max(first, date(as_of.year - _YEARS_PAST, 1, 1))
        last = min(last, date(first.year + _YEARS - 1, 12, 31))
        return date(first.year, 1, 1), date(last.year, 12, 31)
    first = max(first, as_of - _LONGEST_PAST)
    last = min(last, first + _LONGEST)
    return _quarter(first), _quarter(last + relativedelta(months=3)) - timedelta(days=1)


def read_project_at(desk: Desk, project_id: int, as_of: date) -> tuple[Mapping[str, Any], pl.DataFrame]:
    """Return a project as of a day with its names, and its milestones.

    The row has the columns of `projects_as_of` and county, county_en, pillar, pillar_en, number and title
    of the agreement. Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    divisions = portfolio["division"].select(division_id="id", county="name", county_en="name_en")
    pillars = portfolio["pillar"].select(pillar_id="id", pillar="name_zh", pillar_en="name_en")
    agreements = portfolio["agreement"].select("number", "title", agreement_id="id")
    found = (
        projects_as_of(portfolio, as_of)
        .filter(pl.col("id") == project_id)
        .join(divisions, on="division_id", how="left")
        .join(pillars, on="pillar_id", how="left")
        .join(agreements, on="agreement_id", how="left")
    )
    if found.is_empty():
        raise NotFound
    marks = milestones_as_of(portfolio, as_of).filter(pl.col("project_id") == project_id)
    return found.row(0, named=True), marks


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
