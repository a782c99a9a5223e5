"""The timeline's frames: one row per project, the terms behind them and the milestones on them."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.i18n import Words
from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of

PAGE_ROWS = 50
NO_PROJECT = "no_project"
# Lateness is told beside "met" in figures; a symbol has one state, so here it is one of its own.
MET_LATE = "met_late"

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
    "progress": pl.Float64,
    "planned": pl.Float64,
    "start_on": pl.Date,
    "finish_on": pl.Date,
}
BANDS: dict[str, type[pl.DataType]] = {
    "agreement_id": pl.Int64,
    "agreement_number": pl.String,
    "title": pl.String,
    "status": pl.String,
    "signed_on": pl.Date,
    "effective_on": pl.Date,
    "end_on": pl.Date,
    "row_from": pl.Int64,
    "row_to": pl.Int64,
}
MILESTONES: dict[str, type[pl.DataType]] = {
    "milestone_id": pl.Int64,
    "project_id": pl.Int64,
    "row": pl.Int64,
    "name": pl.String,
    "shown_on": pl.Date,
    "state": pl.String,
    "is_key": pl.Boolean,
    "is_gate": pl.Boolean,
}


@dataclass(frozen=True)
class TimelineFrames:
    """What a timeline shows, as three tidy frames with the columns of ROWS, BANDS and MILESTONES.

    rows: one per project (`state` as in rules.project.ProjectState), and one per agreement and county
    without a project (state NO_PROJECT, project columns null). `row` counts from 0, top to bottom, without
    gaps; the rows of a county are neighbours, and so are those of an agreement within it. `progress` (D8)
    and `planned` (D9) are shares of one, null when blank.
    `start_on` and `finish_on` are both ends of the bar, null without a plan.

    bands: one per agreement and county, from row `row_from` to row `row_to`, both included. `end_on` null
    means open-ended; `signed_on` and `effective_on` are null before a signature. `status` is the D1 name.

    milestones: one per milestone of a shown project; `shown_on` is the day it was met, otherwise its due
    day; `state` is a D6 name, or MET_LATE.
    """

    rows: pl.DataFrame
    bands: pl.DataFrame
    milestones: pl.DataFrame

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
    are those of the agreements. `order` sorts counties within a province: "code", "name" or "signed".
    """

    division_ids: Set[int] | None = None
    pillar_codes: Set[str] | None = None
    unit_ids: Set[int] | None = None
    owners: Set[str] | None = None
    event_ids: Set[int] | None = None
    statuses: Set[str] | None = None
    order: str = "code"


def timeline_frames(
    portfolio: Portfolio, as_of: date, choice: TimelineChoice, words: Words
) -> TimelineFrames:
    """Return the timeline of the agreements signed by `as_of` or having projects, province by province.

    Within a county agreements follow by signing day, then number; within an agreement projects by start. A
    joint agreement stands in each of its counties, with the projects of that county. A term that was
    terminated or superseded by `as_of` ends on that day.
    """
    agreements = _agreements(portfolio, as_of, choice)
    rows = _ordered(_rows(portfolio, as_of, agreements, choice), portfolio, choice, words)
    numbered = rows.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    return TimelineFrames(
        rows=numbered.select(pl.col(name).cast(kind) for name, kind in ROWS.items()),
        bands=_bands(numbered, agreements),
        milestones=_milestones(portfolio, as_of, numbered),
    )


def page_breaks(frames: TimelineFrames, size: int = PAGE_ROWS) -> list[range]:
    """Return the rows of each page: whole counties, as many as fit into `size` rows, one at least."""
    counts = frames.rows.group_by("county_id", maintain_order=True).agg(n=pl.len())["n"].to_list()
    pages: list[range] = []
    start = stop = 0
    for count in counts:
        if stop > start and stop + count - start > size:
            pages.append(range(start, stop))
            start = stop
        stop += count
    return [*pages, range(start, stop)] if stop > start else pages


def on_page(frames: TimelineFrames, page: range) -> TimelineFrames:
    """Return the part of the frames that stands in the rows of `page`, counted from 0 again."""
    inside = pl.col("row").is_between(page.start, page.stop - 1)
    up = pl.col("row") - page.start
    spans = pl.col("row_from").is_between(page.start, page.stop - 1)
    return TimelineFrames(
        rows=frames.rows.filter(inside).with_columns(row=up),
        bands=frames.bands.filter(spans).with_columns(pl.col("row_from", "row_to") - page.start),
        milestones=frames.milestones.filter(inside).with_columns(row=up),
    )


def _agreements(portfolio: Portfolio, as_of: date, choice: TimelineChoice) -> pl.DataFrame:
    terminated = pl.when(pl.col("terminated_on") <= as_of).then("terminated_on")
    return (
        agreements_as_of(portfolio, as_of)
        .filter(_one_of("event_id", choice.event_ids), _one_of("status", choice.statuses))
        .select(
            "title",
            "status",
            "signed_on",
            "effective_on",
            pl.col("owner").alias("agreement_owner"),
            agreement_id="id",
            agreement_number="number",
            end_on=pl.min_horizontal("term_end_on", terminated, "superseded_on"),
        )
    )


def _rows(
    portfolio: Portfolio, as_of: date, agreements: pl.DataFrame, choice: TimelineChoice
) -> pl.DataFrame:
    """Return the projects chosen, and the signed agreements' counties that have no project at all."""
    pillars = portfolio["pillar"].select("code", pillar_id="id")
    projects = projects_as_of(portfolio, as_of).join(pillars, on="pillar_id", how="left")
    chosen = projects.filter(
        _one_of("code", choice.pillar_codes),
        _one_of("unit_id", choice.unit_ids),
        _one_of("owner", choice.owners),
    ).select(
        *("agreement_id", "division_id", "pillar_id", "state", "planned", "start_on", "finish_on"),
        project_id="id",
        project_name="name",
        progress="actual",
    )
    chosen = chosen.join(agreements, on="agreement_id")
    if choice.unit_ids is not None:
        return chosen
    bare = (
        county_parties(portfolio)
        .select("agreement_id", "division_id")
        .join(projects, on=["agreement_id", "division_id"], how="anti")
        .join(agreements, on="agreement_id")
        .filter(pl.col("signed_on").is_not_null(), _one_of("agreement_owner", choice.owners))
        .with_columns(state=pl.lit(NO_PROJECT))
    )
    if choice.pillar_codes is not None:
        asked = pillars.filter(_one_of("code", choice.pillar_codes))
        for_them = portfolio["agreement_pillar"].join(asked, on="pillar_id", how="semi")
        bare = bare.join(for_them, on="agreement_id", how="semi")
    return pl.concat([chosen, bare], how="diagonal")


def _ordered(rows: pl.DataFrame, portfolio: Portfolio, choice: TimelineChoice, words: Words) -> pl.DataFrame:
    """Add the names, keep the divisions asked for, and sort."""
    names = pl.col("name") if words.is_chinese else pl.coalesce(pl.col("name_en").replace("", None), "name")
    divisions = portfolio["division"].select("id", "code", "parent_id", "province_id", county_name=names)
    provinces = divisions.select("code", province_id="id", province_name="county_name")
    places = divisions.with_columns(province_id=pl.coalesce("province_id", "id")).join(
        provinces.rename({"code": "province_code"}), on="province_id", how="left"
    )
    if (asked := choice.division_ids) is not None:
        inside = pl.any_horizontal(_one_of(level, asked) for level in ("id", "parent_id", "province_id"))
        places = places.filter(inside)
    pillar_name = pl.col("name_zh" if words.is_chinese else "name_en")
    pillars = portfolio["pillar"].select(pillar_id="id", pillar_code="code", pillar_name=pillar_name)
    rows = rows.join(places, left_on="division_id", right_on="id").join(pillars, on="pillar_id", how="left")
    by = {
        "code": pl.col("code"),
        "name": pl.col("county_name"),
        "signed": pl.col("signed_on").min().over("division_id"),
    }[choice.order]
    order = [by, *map(pl.col, ("code", "signed_on", "agreement_number", "start_on", "project_id"))]
    return rows.sort("province_code", *order, nulls_last=True).rename({"division_id": "county_id"})


def _bands(rows: pl.DataFrame, agreements: pl.DataFrame) -> pl.DataFrame:
    spans = rows.group_by("county_id", "agreement_id").agg(
        row_from=pl.col("row").min(), row_to=pl.col("row").max()
    )
    bands = spans.join(agreements, on="agreement_id").sort("row_from")
    return bands.select(pl.col(name).cast(kind) for name, kind in BANDS.items())


def _milestones(portfolio: Portfolio, as_of: date, rows: pl.DataFrame) -> pl.DataFrame:
    met = pl.col("state") == "met"
    shown = rows.filter(pl.col("project_id").is_not_null()).select("project_id", "row")
    frame = milestones_as_of(portfolio, as_of).join(shown, on="project_id").sort("row", "position", "id")
    return frame.with_columns(
        milestone_id="id",
        shown_on=pl.when(met).then("met_on").otherwise("current_due_on"),
        state=pl.when(met & pl.col("is_late")).then(pl.lit(MET_LATE)).otherwise("state"),
    ).select(pl.col(name).cast(kind) for name, kind in MILESTONES.items())


def _one_of(column: str, wanted: Set[int] | Set[str] | None) -> pl.Expr:
    """Whether a column holds one of the values wanted; true for all when none are named."""
    return pl.lit(value=True) if wanted is None else pl.col(column).is_in(list(wanted)).fill_null(value=False)
