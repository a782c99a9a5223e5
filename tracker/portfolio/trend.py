"""The milestone trend: for which day each milestone was expected, on each day that was reported on."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio

POINTS: dict[str, type[pl.DataType]] = {
    "milestone_id": pl.Int64,
    "reported_on": pl.Date,
    "expected_on": pl.Date,
}
MILESTONES: dict[str, type[pl.DataType]] = {
    "milestone_id": pl.Int64,
    "project_id": pl.Int64,
    "project_name": pl.String,
    "name": pl.String,
    "is_key": pl.Boolean,
    "first_on": pl.Date,
    "last_on": pl.Date,
    "moved_days": pl.Int64,
    "moves": pl.Int64,
    "met_on": pl.Date,
}
# More days of change than these would crowd the months out, which show the trend well enough.
_MOST_CHANGES = 60


@dataclass(frozen=True)
class Trend:
    """What a milestone trend chart shows, as two tidy frames.

    points: one row per milestone and report day, by milestone and day, with the columns of POINTS.
    `expected_on` is the forecast in force on that day, else the due day of the plan in force; the line of a
    met milestone ends with the day it was met, on which the two are one.

    milestones: one row per line, the important first: key milestones and landing gates, then those that
    moved most. `first_on` and `last_on` are the first and last expected day, `moved_days` the signed
    difference, `moves` how often it changed, `met_on` null unless met.

    `outside` counts the milestones that no approved plan holds, which are not drawn.
    """

    points: pl.DataFrame
    milestones: pl.DataFrame
    outside: int

    def is_empty(self) -> bool:
        """Whether there is no line to draw."""
        return self.points.is_empty()


def trend(portfolio: Portfolio, as_of: date, project_ids: frozenset[int]) -> Trend:
    """Return the trend of the uncancelled milestones of these projects, from the first approved plan on.

    Report days are the ends of months and as_of, and the days on which a forecast or a plan changed while
    these are few.
    """
    return portfolio.once(("trend", as_of, project_ids), lambda: _trend(portfolio, as_of, project_ids))


def _trend(portfolio: Portfolio, as_of: date, project_ids: frozenset[int]) -> Trend:
    rows = _in_force(portfolio, as_of, project_ids)
    planned = rows.filter("has_plan", pl.col("expected_on").is_not_null())
    outside = rows["id"].n_unique() - planned["id"].n_unique()
    if planned.is_empty():
        return Trend(pl.DataFrame(schema=POINTS), pl.DataFrame(schema=MILESTONES), outside)
    points = _points(planned, _report_days(planned, as_of))
    return Trend(
        points.select(pl.col(name).cast(kind) for name, kind in POINTS.items()),
        _lines(points, planned, portfolio),
        outside,
    )


def _in_force(portfolio: Portfolio, as_of: date, project_ids: frozenset[int]) -> pl.DataFrame:
    """Return each period in which plan and forecast of a milestone stayed the same, up to `as_of`."""
    met = pl.when(pl.col("met_on") <= as_of).then("met_on")
    cancelled = (pl.col("cancelled_on") <= as_of).fill_null(value=False)
    in_plan = pl.col("has_plan") & pl.col("baseline_due_on").is_not_null()
    return (
        portfolio["plan"]
        .filter(
            pl.col("project_id").is_in(list(project_ids)),
            pl.col("project_opened_on") <= as_of,
            pl.col("in_force_from") <= as_of,
            ~cancelled,
        )
        .with_columns(
            met_on=met,
            has_plan=in_plan,
            expected_on=pl.coalesce("forecast_on", "baseline_due_on"),
        )
    )


def _report_days(planned: pl.DataFrame, as_of: date) -> pl.Series:
    first = planned["in_force_from"].min()
    begin = min(first, as_of) if isinstance(first, date) else as_of
    months = pl.date_range(begin, as_of, "1mo", eager=True).dt.month_end()
    changes = planned["in_force_from"].unique()
    days = [months.filter(months <= as_of), pl.Series([begin, as_of])]
    days += [changes] if changes.len() <= _MOST_CHANGES else []
    return pl.concat(days).unique().sort().alias("reported_on")


def _points(planned: pl.DataFrame, days: pl.Series) -> pl.DataFrame:
    """Return the expected day of every milestone on every report day before it was met, and the met day."""
    known = (
        planned.select("id", "in_force_from", "in_force_until", "expected_on", "met_on")
        .join(days.to_frame(), how="cross")
        .filter(pl.col("reported_on").is_between("in_force_from", "in_force_until", closed="left"))
        .filter((pl.col("reported_on") < pl.col("met_on")).fill_null(value=True))
    )
    met = planned.filter(pl.col("met_on").is_not_null()).unique("id")
    ends = met.select("id", reported_on="met_on", expected_on="met_on")
    points = pl.concat([known.select("id", "reported_on", "expected_on"), ends])
    return points.rename({"id": "milestone_id"}).sort("milestone_id", "reported_on")


def _lines(points: pl.DataFrame, planned: pl.DataFrame, portfolio: Portfolio) -> pl.DataFrame:
    expected = pl.col("expected_on")
    moved = points.group_by("milestone_id").agg(
        first_on=expected.first(), last_on=expected.last(), moves=(expected != expected.shift(1)).sum()
    )
    names = portfolio["project"].select(project_id="id", project_name="name")
    about = planned.unique("id").select(
        "project_id", "name", "met_on", "position", "is_gate", "is_key", milestone_id="id"
    )
    days = (pl.col("last_on") - pl.col("first_on")).dt.total_days()
    lines = moved.join(about, on="milestone_id").join(names, on="project_id", how="left")
    return (
        lines.with_columns(
            moved_days=days, matters=pl.any_horizontal("is_key", "is_gate").fill_null(value=False)
        )
        .sort(
            *("matters", pl.col("moved_days").abs(), "project_id", "position", "milestone_id"),
            descending=[True, True, False, False, False],
        )
        .select(pl.col(name).cast(kind) for name, kind in MILESTONES.items())
    )


def drawn(whole: Trend, most: int) -> Trend:
    """Return the trend of the `most` lines that matter most."""
    kept = whole.milestones.head(most)
    return Trend(whole.points.join(kept, on="milestone_id", how="semi"), kept, whole.outside)
