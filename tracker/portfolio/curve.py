"""The S-curve of any part of the work: planned first, planned now, done, and expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

import polars as pl

from tracker.portfolio.curve_step import (
    PARTS,
    actual_steps,
    first_marks,
    forecast_steps,
    marks_of,
    planned_steps,
    rests_of,
)
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_projects
from tracker.portfolio.pool import WeighBy, amounts_as_of
from tracker.portfolio.progress import original_progress_as_of
from tracker.rules.project import ProjectState

CURVES = ("planned_original", "planned", "actual", "forecast")
POINTS: dict[str, type[pl.DataType]] = {
    "day": pl.Date,
    "planned_original": pl.Float64,
    "planned": pl.Float64,
    "actual": pl.Float64,
    "forecast": pl.Float64,
}
_STRIDES = {"1w": 7, "1mo": 30.4, "1q": 91.3, "1y": 365.2}
_MOST, _FARTHEST = 115, timedelta(days=20 * 366)


@dataclass(frozen=True)
class Curve:
    """The S-curve of a part of the work, judged on a day.

    points: one row per day, in order, of at most about 110 days, as_of among them: day, planned_original (D9
    on B0), planned (D9 on the plan in force on as_of), actual (D8; null after as_of) and forecast (null
    before it): shares of one, pooled with all projects alike or by amount (D10). `covered` of `projects` are
    in them: those with an approved plan of any weight that are not stopped and, by amount, whose agreement
    states one in yuan. `moved` of these were re-baselined.
    """

    points: pl.DataFrame
    covered: int
    projects: int
    moved: int
    weigh_by: WeighBy = WeighBy.equal

    def is_empty(self) -> bool:
        """Whether no project has a plan to draw."""
        return self.points.is_empty()


def curve(portfolio: Portfolio, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal) -> Curve:
    """Return the S-curve of a part of the work.

    The projects are those covered on as_of, on every day alike, so that a project that joins does not pull
    the past down; on as_of itself planned and actual are the figures' own.
    """
    key = ("curve", as_of, part, weigh_by)
    return portfolio.once(key, lambda: _curve(portfolio, as_of, part, weigh_by))


def _curve(portfolio: Portfolio, as_of: date, part: Part, weigh_by: WeighBy) -> Curve:
    rows = part_projects(portfolio, as_of, part)
    covered = (
        rows.filter(
            pl.col("approved_on").is_not_null(),
            pl.col("weight_total") > 0,
            pl.col("state") != ProjectState.stopped.value,
        )
        .rename({"id": "project_id"})
        .join(original_progress_as_of(portfolio, as_of), on="project_id", how="left")
        .with_columns(share=pl.lit(1, pl.Int128))
    )
    if weigh_by is WeighBy.amount:
        amounts = amounts_as_of(portfolio, as_of).select(
            "agreement_id", share=pl.col("amount").cast(pl.Int128)
        )
        covered = covered.drop("share").join(amounts, on="agreement_id").filter(pl.col("share") > 0)
    points = _points(portfolio, as_of, covered) if covered.height else pl.DataFrame(schema=POINTS)
    return Curve(points, covered.height, rows.height, int((covered["baselines"] > 0).sum()), weigh_by)


def _points(portfolio: Portfolio, as_of: date, covered: pl.DataFrame) -> pl.DataFrame:
    marks = marks_of(portfolio, as_of, covered)
    first, rests = first_marks(portfolio, marks), rests_of(portfolio, covered)
    days = _days(marks, first, as_of)
    reached = {
        "planned_original": planned_steps(first, rests, days),
        "planned": planned_steps(marks, rests, days),
        "actual": actual_steps(portfolio, as_of, marks),
        "forecast": forecast_steps(as_of, marks),
    }
    shares = covered.select("project_id", "share")
    sums = {name: _summed(steps.join(shares, on="project_id"), days) for name, steps in reached.items()}
    here = days.search_sorted(as_of)
    columns = [days]
    for name in ("planned_original", "planned", "actual"):
        exact, whole = _exact(covered, name)
        # The figures round each project's share and the steps each milestone's: a billionth apart at most.
        before = exact - sums[name][here]
        columns.append(_shares([total + before for total in sums[name]], whole, name))
    done, whole = _exact(covered, "actual")
    columns.append(_shares([total + done for total in sums["forecast"]], whole, "forecast"))
    day = pl.col("day")
    return pl.DataFrame(columns).with_columns(
        actual=pl.when(day <= as_of).then("actual"), forecast=pl.when(day >= as_of).then("forecast")
    )


def _exact(covered: pl.DataFrame, name: str) -> tuple[int, int]:
    """Return the weighed parts of all projects that have the share `name`, and what these weigh."""
    parts = (pl.col(name) * PARTS).round().cast(pl.Int64) * pl.col("share")
    row = covered.drop_nulls(name).select(parts=parts.sum(), whole=pl.col("share").sum()).row(0)
    return int(row[0]), int(row[1])


def _summed(steps: pl.DataFrame, days: pl.Series) -> list[int]:
    """Return the weighed sum of all steps up to each of the days."""
    at = days.search_sorted(steps["day"]).cast(pl.Int64).alias("at")
    weighed = steps["parts"].cast(pl.Int128) * steps["share"]
    gained = pl.DataFrame([at, weighed]).group_by("at").agg(pl.col("parts").sum())
    every = pl.DataFrame({"at": pl.int_range(0, days.len(), eager=True)})
    parts = every.join(gained, on="at", how="left").sort("at")["parts"].fill_null(0)
    return list(accumulate(parts.to_list()))


def _shares(parts: Sequence[int], whole: int, name: str) -> pl.Series:
    """Return sums of weighed parts as pooled shares of one; `whole` is the sum of the weights."""
    # One by one: a whole column divided by one number is multiplied by its inverse, a bit beside the figures.
    held = (min(max(total, 0), whole * PARTS) for total in parts)
    means = [float(total) / float(whole * PARTS) if whole else None for total in held]
    return pl.Series(name, means, dtype=pl.Float64)


def _days(marks: pl.DataFrame, first: pl.DataFrame, as_of: date) -> pl.Series:
    """Return the days to draw, as_of among them: week by week, or in longer strides if those are many."""
    starts = [marks[name].min() for name in ("start_on", "due_on", "met_on")]
    starts += [first[name].min() for name in ("start_on", "due_on")]
    ends = [marks[name].max() for name in ("due_on", "effective_finish_on")] + [first["due_on"].max()]
    begin = min([day for day in starts if isinstance(day, date)] + [as_of])
    end = max([day for day in ends if isinstance(day, date)] + [as_of]) + timedelta(days=1)
    begin, end = max(begin, as_of - _FARTHEST), min(end, as_of + _FARTHEST)
    stride = next(stride for stride, length in _STRIDES.items() if (end - begin).days / length <= _MOST)
    strides = pl.date_range(begin, end, stride, eager=True)
    return pl.concat([strides, pl.Series([as_of, end])]).unique().sort().alias("day")
