"""What became of a part of the work between two days, each as it was true then: what a review is told."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.lists import named_divisions, project_names
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_agreements, part_projects
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.step import steps_in_force
from tracker.rules.agreement import Status
from tracker.rules.light import Light, LightTest
from tracker.rules.milestone import expected_day, is_awaited, is_cancelled, is_lapsed
from tracker.rules.review_change import ChangeKind

CHANGES: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "agreement_id": pl.Int64,
    "project_id": pl.Int64,
    "milestone_id": pl.Int64,
    "number": pl.String,
    "title": pl.String,
    "project": pl.String,
    "milestone": pl.String,
    "is_key": pl.Boolean,
    "counties": pl.String,
    "counties_en": pl.String,
    "more_counties": pl.Int64,
    "on": pl.Date,
    "was_on": pl.Date,
    "days": pl.Int64,
    "was": pl.String,
    "because": pl.String,
}
_NAMED_COUNTIES = 3
_ORDER = [kind.value for kind in ChangeKind]


def review_changes(portfolio: Portfolio, since: date, as_of: date, part: Part) -> pl.DataFrame:
    """Return one row per change from the day after `since` to `as_of`, with the columns of CHANGES.

    The rows are ordered by kind, see rules.review_change; within one what matters most stands first: key
    milestones, then what was put off by the most days, then the newest. The part is the one of `as_of`, on
    both days.

    `on` is the day it happened or is now expected (null for a light), `was_on` the day expected before,
    `days` those put off or from signing to landing, `was` the light before (null: opened since), `because`
    the tests of a red light, comma between. `counties` names at most three, `more_counties` counts the rest.
    Nothing changes where `since` is not before `as_of`.
    """
    key = ("review_changes", since, as_of, part)
    return portfolio.once(key, lambda: _changes(portfolio, (since, as_of), part))


def _changes(portfolio: Portfolio, days: tuple[date, date], part: Part) -> pl.DataFrame:
    if days[0] >= days[1]:
        return pl.DataFrame(schema=CHANGES)
    agreements = part_agreements(portfolio, days[1], part)
    projects = part_projects(portfolio, days[1], part)
    found = [
        *_of_agreements(portfolio, days[0], agreements),
        *_of_projects(portfolio, days, projects),
        *_of_milestones(portfolio, days, projects),
    ]
    rows = pl.concat([_filled(frame) for frame in found])
    turn = pl.col("kind").replace_strict(_ORDER, range(len(_ORDER)), return_dtype=pl.Int8)
    put_off = pl.when(pl.col("kind") == ChangeKind.pushed_out.value).then(pl.col("days")).otherwise(0)
    return rows.sort(
        *(turn, ~pl.col("is_key").fill_null(value=False), -put_off),
        *(-pl.col("on").to_physical(), "agreement_id", "project_id", "milestone_id"),
        nulls_last=True,
    )


def _of_agreements(portfolio: Portfolio, since: date, now: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Return what was signed, terminated and expired since."""
    then = agreements_as_of(portfolio, since).select("id", was_signed="is_signed", was_status="status")
    both = now.join(then, on="id", how="left")
    new = pl.col("is_signed") & ~pl.col("was_signed").fill_null(value=False)
    turns = {
        ChangeKind.signed: (new, "signed_on"),
        ChangeKind.terminated: (_has_become(Status.terminated), "terminated_on"),
        ChangeKind.expired: (_has_become(Status.expired), "term_end_on"),
    }
    for kind, (condition, day) in turns.items():
        rows = both.filter(condition).select("number", "title", agreement_id="id", on=day)
        yield rows.join(_places(portfolio, rows), on="agreement_id", how="left").with_columns(
            kind=pl.lit(kind.value)
        )


def _has_become(status: Status) -> pl.Expr:
    return (pl.col("status") == status.value) & pl.col("was_status").ne_missing(pl.lit(status.value))


def _of_projects(portfolio: Portfolio, days: tuple[date, date], now: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Return what landed, turned green and turned red."""
    since, as_of = days
    before = projects_as_of(portfolio, since).select("id", had_landed=pl.col("landed_on").is_not_null())
    landed = now.join(before, on="id", how="left").filter(
        pl.col("landed_on").is_not_null(), ~pl.col("had_landed").fill_null(value=False)
    )
    signed = agreements_as_of(portfolio, as_of).select("signed_on", agreement_id="id")
    after = (pl.col("landed_on") - pl.col("signed_on")).dt.total_days()
    yield _named(
        portfolio,
        as_of,
        landed.join(signed, on="agreement_id", how="left").select(
            project_id="id", on="landed_on", days=after, kind=pl.lit(ChangeKind.landed.value)
        ),
    )
    yield _named(portfolio, as_of, _turned(portfolio, days, now))


def _turned(portfolio: Portfolio, days: tuple[date, date], now: pl.DataFrame) -> pl.DataFrame:
    """Return the projects whose light is another one; new projects only where they are red."""
    since, as_of = days
    then = lights_as_of(portfolio, since).select("project_id", was="light")
    lights = lights_as_of(portfolio, as_of).join(now, left_on="project_id", right_on="id", how="semi")
    light, was = pl.col("light"), pl.col("was")
    red = (light == Light.red.value) & was.ne_missing(pl.lit(Light.red.value))
    green = (light == Light.green.value) & (was != Light.green.value).fill_null(value=False)
    kind = (
        pl.when(red)
        .then(pl.lit(ChangeKind.turned_red.value))
        .otherwise(pl.lit(ChangeKind.turned_green.value))
    )
    # A person's light needs no test to be red.
    tests = [
        pl.when(pl.col(f"light_{test.value}") == Light.red.value).then(pl.lit(test.value))
        for test in LightTest
    ]
    return (
        lights.join(then, on="project_id", how="left")
        .filter(red | green)
        .select(
            "project_id", "was", kind=kind, because=pl.concat_str(tests, separator=",", ignore_nulls=True)
        )
    )


def _of_milestones(
    portfolio: Portfolio, days: tuple[date, date], projects: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    """Return the milestones put off and those whose forecast lapsed, of all that are still worked towards."""
    open_then, open_now = (_awaited(portfolio, day) for day in days)
    now = open_now.join(projects.lazy().select(project_id="id"), on="project_id", how="semi")
    then = open_then.select("id", was_promised="promised", was_on="expected_on", had_lapsed="lapsed")
    both = now.join(then, on="id", how="left").collect()
    put_off = (pl.col("on") > pl.col("was_on")) & pl.col("was_promised")
    about = ("project_id", "milestone", "is_key", "on")
    both = both.rename({"expected_on": "on"})
    moved = both.filter(put_off.fill_null(value=False)).select(
        *(*about, "was_on"),
        milestone_id="id",
        days=(pl.col("on") - pl.col("was_on")).dt.total_days(),
        kind=pl.lit(ChangeKind.pushed_out.value),
    )
    lapsed = both.filter(pl.col("lapsed") & ~pl.col("had_lapsed").fill_null(value=False))
    gone_by = lapsed.select(*about, milestone_id="id", kind=pl.lit(ChangeKind.lapsed.value))
    yield _named(portfolio, days[1], moved)
    yield _named(portfolio, days[1], gone_by)


def _awaited(portfolio: Portfolio, day: date) -> pl.LazyFrame:
    """Return what is still worked towards: id, project_id, milestone, is_key, expected_on, lapsed, promised.

    What was typed before any approval promised nothing.
    """
    return (
        steps_in_force(portfolio, day)
        .filter(is_awaited(day) & ~is_cancelled(day))
        .select(
            *("id", "project_id"),
            milestone="name",
            is_key=pl.coalesce("baseline_is_key", "is_key"),
            expected_on=expected_day(),
            lapsed=is_lapsed(day),
            promised=pl.col("has_plan") | pl.col("forecast_on").is_not_null(),
        )
    )


def _named(portfolio: Portfolio, as_of: date, rows: pl.DataFrame) -> pl.DataFrame:
    names = project_names(portfolio, as_of).select(
        *("project_id", "project", "agreement_id", "title"),
        number="agreement_number",
        counties="county",
        counties_en="county_en",
    )
    return rows.join(names, on="project_id", how="left")


def _places(portfolio: Portfolio, rows: pl.DataFrame) -> pl.DataFrame:
    """Return agreement_id, counties, counties_en (at most three each) and more_counties."""
    named = named_divisions(portfolio).select("division_id", "county", "county_en")
    return (
        county_parties(portfolio)
        .join(rows, on="agreement_id", how="semi", maintain_order="left")
        .join(named, on="division_id", how="left", maintain_order="left")
        .group_by("agreement_id", maintain_order=True)
        .agg(
            counties=pl.col("county").head(_NAMED_COUNTIES).str.join("、"),
            counties_en=pl.col("county_en").head(_NAMED_COUNTIES).str.join(", "),
            more_counties=(pl.len().cast(pl.Int64) - _NAMED_COUNTIES).clip(0),
        )
    )


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with the columns of CHANGES, those it lacks null."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in CHANGES.items()
    )
