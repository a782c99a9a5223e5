"""Who has how much to do: the open milestones of each owner or unit, month by month, and what is overdue."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from tracker.portfolio.due_months import DUE_STATES
from tracker.portfolio.lists import Wanted, milestone_rows
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_projects
from tracker.rules.milestone import MilestoneState
from tracker.rules.month import last_day
from tracker.rules.project import ProjectState

OPEN_STATES = tuple(state for state in DUE_STATES if state != MilestoneState.met.value)
HELD_STATES = tuple(s.value for s in ProjectState if s not in (ProjectState.stopped, ProjectState.accepted))


class Bearer(StrEnum):
    """Whose workload is looked at: that of a project's owner, or of the unit that it is done by."""

    owner = "owner"
    unit = "unit"


class Load(StrEnum):
    """Where an open milestone stands in time, besides in one of the months from the day's own on."""

    overdue = "overdue"
    partly = "partly"
    later = "later"
    undated = "undated"


@dataclass(frozen=True)
class Workload:
    """The open milestones of a part by bearer.

    bearers: key (the owner's name, or the unit's id as text; empty: nobody named), label, label_en, projects
    (held: neither stopped nor accepted), open, key_open, overdue, key_overdue, partly (partly met, the due
    day gone by), later (due after the months), undated; most overdue first, then most open.
    cells: key, month_on, due, key_due: due on or after the day looked at; only where something is.
    """

    months: tuple[date, ...]
    bearers: pl.DataFrame
    cells: pl.DataFrame

    @property
    def open(self) -> int:
        """How many milestones are open in all; each has one bearer, so rows add up to it."""
        return int(self.bearers["open"].sum())

    @property
    def overdue(self) -> int:
        """How many of them are overdue."""
        return int(self.bearers["overdue"].sum())


def workload(portfolio: Portfolio, as_of: date, part: Part, by: Bearer, months: tuple[date, ...]) -> Workload:
    """Count what is open for each bearer; `months` begin with the month of `as_of`."""
    key = ("workload", as_of, part, by, months)
    return portfolio.once(key, lambda: _workload(portfolio, as_of, (part, by), months))


def load_rows(
    portfolio: Portfolio, as_of: date, group: tuple[Part, Bearer], cell: tuple[str, date | Load | None]
) -> pl.DataFrame:
    """Return the milestones counted for one bearer, as rows of `milestone_rows`.

    All that are open, or those of one month (its first day) or of one kind of load. A kind other than
    overdue has no list of its own: its milestones are among all.
    """
    part, by = group
    bearer, when = cell
    # Narrowed before names are joined to them: most milestones are another's.
    late, states = (MilestoneState.overdue.value,), OPEN_STATES
    wanted = Wanted(states=late if when is Load.overdue else states)
    if isinstance(when, date):
        wanted = Wanted(states=states, period=(max(when, as_of), last_day(when)))
    held = _borne(portfolio, as_of, part, by).filter(pl.col("key") == bearer)
    rows = milestone_rows(portfolio, as_of, wanted)
    return rows.join(held, on="project_id", how="semi", maintain_order="left")


def _workload(
    portfolio: Portfolio, as_of: date, group: tuple[Part, Bearer], months: tuple[date, ...]
) -> Workload:
    held = _borne(portfolio, as_of, *group)
    steps = (
        milestones_as_of(portfolio, as_of)
        .lazy()
        .select("project_id", "current_due_on", "is_key", "state")
        .filter(pl.col("state").is_in(OPEN_STATES))
        .join(held.lazy().select("project_id", "key"), on="project_id")
        .with_columns(month_on=pl.col("current_due_on").dt.truncate("1mo"), where=_where(as_of, months))
        .collect()
    )
    return Workload(months, _bearers(portfolio, held, steps, group[1]), _cells(steps))


def _where(as_of: date, months: tuple[date, ...]) -> pl.Expr:
    """Return the Load of an open milestone, null for one that is due in one of the months."""
    due = pl.col("current_due_on")
    return (
        pl.when(pl.col("state") == MilestoneState.overdue.value)
        .then(pl.lit(Load.overdue.value))
        .when(due.is_null())
        .then(pl.lit(Load.undated.value))
        .when(due < as_of)
        .then(pl.lit(Load.partly.value))
        .when(due.dt.truncate("1mo") > months[-1])
        .then(pl.lit(Load.later.value))
    )


def _borne(portfolio: Portfolio, as_of: date, part: Part, by: Bearer) -> pl.DataFrame:
    """Return project_id, key and is_held of the projects of a part."""
    key = pl.col("owner") if by is Bearer.owner else pl.col("unit_id").cast(pl.String)
    return part_projects(portfolio, as_of, part).select(
        project_id="id",
        key=key.fill_null(""),
        is_held=pl.col("state").is_in(HELD_STATES),
    )


def _bearers(portfolio: Portfolio, held: pl.DataFrame, steps: pl.DataFrame, by: Bearer) -> pl.DataFrame:
    key, late = pl.col("is_key"), pl.col("where") == Load.overdue.value
    counts = {
        "open": pl.len(),
        "key_open": key.sum(),
        "overdue": late.sum(),
        "key_overdue": (key & late).sum(),
        **{kind.value: (pl.col("where") == kind.value).sum() for kind in Load if kind is not Load.overdue},
    }
    loads = steps.group_by("key").agg(**{n: counted.cast(pl.Int64) for n, counted in counts.items()})
    projects = held.group_by("key").agg(projects=pl.col("is_held").sum().cast(pl.Int64))
    rows = projects.join(loads, on="key", how="left").with_columns(pl.col(list(counts)).fill_null(0))
    return (
        rows.filter((pl.col("projects") > 0) | (pl.col("open") > 0))
        .join(_labels(portfolio, by), on="key", how="left")
        .with_columns(pl.coalesce("label", "key"), pl.coalesce("label_en", "key"))
        .select("key", "label", "label_en", "projects", *counts)
        .sort("overdue", "open", "projects", "key", descending=[True, True, True, False])
    )


def _labels(portfolio: Portfolio, by: Bearer) -> pl.DataFrame:
    units = portfolio["unit"].select(key=pl.col("id").cast(pl.String), label="name_zh", label_en="name_en")
    return units if by is Bearer.unit else units.clear()


def _cells(steps: pl.DataFrame) -> pl.DataFrame:
    return (
        steps.filter(pl.col("where").is_null())
        .group_by("key", "month_on")
        .agg(due=pl.len().cast(pl.Int64), key_due=pl.col("is_key").sum().cast(pl.Int64))
        .sort("key", "month_on")
    )
