"""How many milestones fall due in each month in each region, and how many of them are overdue."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.lists import Wanted, milestone_rows
from tracker.portfolio.membership import Grouping, Membership
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_projects
from tracker.rules.milestone import MilestoneState
from tracker.rules.month import last_day, month_of

# What was taken out of the plan, or whose project was stopped, is due to nobody.
DUE_STATES = tuple(
    s.value for s in MilestoneState if s not in (MilestoneState.cancelled, MilestoneState.stopped)
)
_NO_REGION = pl.DataFrame(schema={"project_id": pl.Int64, "key": pl.Int64})


@dataclass(frozen=True)
class DueMonths:
    """The milestones of a part by region and by the month of their current due day (D6).

    cells: key (the region, see rules.region), label, label_en, month_on, due, met, open, overdue, key_due,
    key_overdue; only where something is due; the regions with most overdue first, then most due, each one's
    months in order. The counts of the whole are of distinct milestones: due and overdue in the months,
    `busiest` ahead (month_on and due, None without any), `outside` (in none of the regions), `earlier`
    (overdue, but due before the months).
    """

    months: tuple[date, ...]
    cells: pl.DataFrame
    due: int
    overdue: int
    busiest: tuple[date, int] | None
    outside: int
    earlier: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is due in these months."""
        return self.due == 0


def due_months(
    portfolio: Portfolio, as_of: date, part: Part, by: Grouping, months: tuple[date, ...]
) -> DueMonths:
    """Count the milestones of a part that are due in some months, by regions of one kind."""
    key = ("due_months", as_of, part, by, months)
    return portfolio.once(key, lambda: _due_months(portfolio, as_of, (part, by), months))


def due_rows(
    portfolio: Portfolio, as_of: date, group: tuple[Part, Grouping], cell: tuple[int, date]
) -> pl.DataFrame:
    """Return the milestones counted in one cell (region, month), as rows of `milestone_rows`."""
    part, by = group
    region, month_on = cell
    period = (month_on, last_day(month_on))
    rows = milestone_rows(portfolio, as_of, Wanted(states=DUE_STATES, period=period))
    pairs = _regions(portfolio, as_of, part, by).filter(pl.col("key") == region)
    return rows.join(pairs, on="project_id", how="semi", maintain_order="left")


def _due_months(
    portfolio: Portfolio, as_of: date, group: tuple[Part, Grouping], months: tuple[date, ...]
) -> DueMonths:
    projects = part_projects(portfolio, as_of, group[0]).select(project_id="id")
    ours = (
        milestones_as_of(portfolio, as_of)
        .lazy()
        .select("id", "project_id", "current_due_on", "is_key", "state")
    )
    late = pl.col("state") == MilestoneState.overdue.value
    ours = (
        ours.filter(pl.col("state").is_in(DUE_STATES) & (pl.col("current_due_on") <= last_day(months[-1])))
        .join(projects.lazy(), on="project_id", how="semi")
        .with_columns(month_on=pl.col("current_due_on").dt.truncate("1mo"), late=late)
    )
    known = ours.collect()
    shown = known.filter(pl.col("month_on") >= months[0])
    pairs = _regions(portfolio, as_of, *group)
    return DueMonths(
        months=months,
        cells=_cells(shown.join(pairs, on="project_id"), _labels(portfolio, as_of, group[1])),
        due=shown.height,
        overdue=int(shown["late"].sum()),
        busiest=_busiest(shown, as_of),
        outside=shown.join(pairs, on="project_id", how="anti").height,
        earlier=int(known["late"].sum()) - int(shown["late"].sum()),
    )


def _regions(portfolio: Portfolio, as_of: date, part: Part, by: Grouping) -> pl.DataFrame:
    """Return pairs of project_id and key; one whose division lies in no such region has none."""
    regions = Membership(portfolio, as_of, by).regions().drop_nulls()
    pairs = (
        part_projects(portfolio, as_of, part)
        .select("division_id", project_id="id")
        .join(regions, on="division_id")
        .select("project_id", "key")
    )
    return pairs if pairs.height else _NO_REGION


def _labels(portfolio: Portfolio, as_of: date, by: Grouping) -> pl.DataFrame:
    # Counties of a municipality lie in no prefecture: the municipality stands for it.
    grouping = Grouping.sales_region if by is Grouping.sales_region else Grouping.county
    return Membership(portfolio, as_of, grouping).labels()


def _cells(rows: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    met = pl.col("state") == MilestoneState.met.value
    counts = {
        "due": pl.len(),
        "met": met.sum(),
        "open": (~met).sum(),
        "overdue": pl.col("late").sum(),
        "key_due": pl.col("is_key").sum(),
        "key_overdue": (pl.col("is_key") & pl.col("late")).sum(),
    }
    return (
        rows.group_by("key", "month_on")
        .agg(**{name: counted.cast(pl.Int64) for name, counted in counts.items()})
        .join(labels, on="key")
        .select("key", "label", "label_en", "month_on", *counts)
        .with_columns(all_late=pl.col("overdue").sum().over("key"), all_due=pl.col("due").sum().over("key"))
        .sort("all_late", "all_due", "key", "month_on", descending=[True, True, False, False])
        .drop("all_late", "all_due")
    )


def _busiest(rows: pl.DataFrame, as_of: date) -> tuple[date, int] | None:
    """Return the month from the day's own on with most that is not met yet, the first of several."""
    ahead = rows.filter(
        (pl.col("month_on") >= month_of(as_of))
        & (pl.col("state") != MilestoneState.met.value)
        & (pl.col("current_due_on") >= as_of)
    )
    months = ahead.group_by("month_on").agg(due=pl.len()).sort("due", "month_on", descending=[True, False])
    return None if months.is_empty() else (months["month_on"][0], int(months["due"][0]))
