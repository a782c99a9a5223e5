"""Workload: what each owner or unit has to do month by month, beside what is overdue already."""

from datetime import date
from enum import StrEnum

import polars as pl

from tracker.charts.frame import WholeChart
from tracker.charts.month_grid import Grid, grid_chart, told_apart
from tracker.charts.view import ChartView
from tracker.errors import N_
from tracker.i18n import Words
from tracker.portfolio.workload import Workload
from tracker.rules.month import month_of, spoken

MOST_ROWS = {False: 40, True: 25}
HELD, OVERDUE = "projects", "overdue"
_NARROW_MONTHS = 3
_NAMED = {HELD: N_("Projects"), OVERDUE: N_("Overdue")}
DUE_IN = {False: N_("Open milestones by the month in which they are due"), True: N_("Due in")}
_TOLD = {
    "name": N_("Owner or unit"),
    "what": N_("What"),
    "count": N_("Number"),
    "keys": N_("Of these, key milestones"),
    "projects": N_("Projects held"),
    "open": N_("Open milestones"),
    "overdue": N_("Overdue"),
}
NOBODY = N_("nobody named")


class WorkloadOrder(StrEnum):
    """What comes first."""

    overdue = "overdue"
    open = "open"
    projects = "projects"
    name = "name"


ORDER_NAMES = {
    WorkloadOrder.overdue: N_("Most overdue"),
    WorkloadOrder.open: N_("Most open"),
    WorkloadOrder.projects: N_("Most projects"),
    WorkloadOrder.name: N_("Name"),
}


def workload_chart(found: Workload, view: ChartView, words: Words) -> WholeChart:
    """Draw the bearers in the order given; a click on a cell sets the selection "cell".

    Raises: ValueError when nobody has anything to do.
    """
    return grid_chart(workload_grid(found, view, words), view, words)


def in_order(found: Workload, order: WorkloadOrder, words: Words) -> Workload:
    """Return the same workload with its bearers in another order; nobody named has no name to sort by."""
    label = "label" if words.is_chinese else "label_en"
    by = {WorkloadOrder.name: [label]}.get(order, [order.value, "open"])
    falls = order is not WorkloadOrder.name
    bearers = found.bearers.sort(*by, "key", descending=[*([falls] * len(by)), False])
    return Workload(found.months, bearers, found.cells)


def workload_grid(found: Workload, view: ChartView, words: Words) -> Grid:
    """Return the grid of a workload: projects held, what is overdue, and the months, fewer on a phone."""
    months = found.months[:_NARROW_MONTHS] if view.narrow else found.months
    label = "label" if words.is_chinese else "label_en"
    named = {name: words.text(said) for name, said in _NAMED.items()}
    bearers = found.bearers.head(MOST_ROWS[view.narrow]).with_columns(
        name=pl.when(pl.col("key") == "").then(pl.lit(words.text(NOBODY))).otherwise(label)
    )
    bearers = bearers.with_columns(row=pl.Series(told_apart(bearers["name"].to_list(), view.narrow)))
    return Grid(
        _cells(found, bearers, months, named),
        bearers["row"].to_list(),
        [HELD, OVERDUE, *(spoken(month) for month in months)],
        spoken(month_of(view.as_of)),
        (words.text(DUE_IN[view.narrow]), words.text("Owner or unit")),
        {name: words.text(said) for name, said in _TOLD.items()},
        named,
    )


def workload_heading(
    found: Workload, where: str, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines: how much is open and overdue, and who has most of it."""
    _ = words.text
    n, of = words.number(found.overdue), words.number(found.open)
    title = _("{where}: {n} of {of} open milestones are overdue", where=where, n=n, of=of)
    most = found.bearers.sort("overdue", "open", "key", descending=[True, True, False]).row(0, named=True)
    if most["overdue"]:
        who = words.name(most["label"], most["label_en"]) or _(NOBODY)
        title = _(
            "{where}: {n} of {of} open milestones are overdue, most with {who} ({most})",
            where=where,
            n=n,
            of=of,
            who=who,
            most=words.number(most["overdue"]),
        )
    rests_on = (
        _(
            "As of {day} · due up to {last}, later ones in the table",
            day=as_of,
            last=spoken(found.months[-1]),
        ),
        _("Open: neither met nor cancelled, project not stopped; whose is what the project says."),
        _("Diamond: key milestones among them."),
    )
    return (title,), rests_on


def _cells(
    found: Workload, bearers: pl.DataFrame, months: tuple[date, ...], named: dict[str, str]
) -> pl.DataFrame:
    month = pl.col("month_on").dt.strftime("%Y-%m")
    due = found.cells.filter(pl.col("month_on").is_in(list(months))).select(
        "key", column=month, what=month, count="due", keys="key_due", value="due", is_late=pl.lit(value=False)
    )
    empty = pl.lit(None, pl.Int64)
    held = bearers.filter(pl.col("projects") > 0).select(
        "key",
        column=pl.lit(HELD),
        what=pl.lit(named[HELD]),
        count="projects",
        keys=pl.lit(0, pl.Int64),
        value=empty,
        is_late=pl.lit(value=False),
    )
    late = bearers.filter(pl.col("overdue") > 0).select(
        "key",
        column=pl.lit(OVERDUE),
        what=pl.lit(named[OVERDUE]),
        count="overdue",
        keys="key_overdue",
        value=empty,
        is_late=pl.lit(value=True),
    )
    told = bearers.select("key", "row", "name", "projects", "open", "overdue")
    return (
        pl.concat([held, late, due])
        .join(told, on="key")
        .with_columns(late=pl.lit(0, pl.Int64), is_done=pl.lit(value=False))
    )
