"""The month heat map: how many milestones fall due in each region and month, and how many are overdue."""

from datetime import date

import polars as pl

from tracker.charts.frame import WholeChart
from tracker.charts.month_grid import Grid, grid_chart, told_apart
from tracker.charts.view import ChartView
from tracker.errors import N_
from tracker.i18n import Words
from tracker.portfolio.due_months import DueMonths
from tracker.rules.month import month_of, months_around, spoken

MOST_ROWS = {False: 40, True: 25}
# Around the month looked at, as many as a phone has room for.
_NARROW = (1, 3)
DUE_IN = {False: N_("Month in which they are due"), True: N_("Due in")}
_TOLD = {
    "name": N_("Region"),
    "column": N_("Month"),
    "due": N_("Milestones due"),
    "met": N_("Met"),
    "overdue": N_("Overdue"),
    "key_due": N_("Key milestones due"),
    "key_overdue": N_("Key milestones overdue"),
}


def month_heat_chart(found: DueMonths, view: ChartView, words: Words) -> WholeChart:
    """Draw the regions with most overdue first; a click on a cell sets the selection "cell".

    Raises: ValueError when nothing is due in the months.
    """
    return grid_chart(heat_grid(found, view, words), view, words)


def heat_grid(found: DueMonths, view: ChartView, words: Words) -> Grid:
    """Return the grid of a heat map: on a phone only the months next to the day, if anything is due then."""
    months = _months(found, view)
    label = "label" if words.is_chinese else "label_en"
    regions = found.cells.unique("key", maintain_order=True).head(MOST_ROWS[view.narrow])
    written = told_apart(regions[label].to_list(), view.narrow)
    rows = dict(zip(regions["key"].to_list(), written, strict=True))
    late = pl.col("overdue")
    cells = (
        found.cells.filter(pl.col("month_on").is_in(months) & pl.col("key").is_in(list(rows)))
        .with_columns(
            name=pl.col(label),
            row=pl.col("key").replace_strict(rows, return_dtype=pl.String),
            column=pl.col("month_on").dt.strftime("%Y-%m"),
            key=pl.col("key").cast(pl.String),
            count=pl.col("due"),
            value=pl.col("due"),
            late=late,
            is_late=late > 0,
            keys=pl.col("key_due"),
            is_done=pl.col("open") == 0,
        )
        .drop("label", "label_en", "month_on", "open")
    )
    kept = set(cells["row"])
    return Grid(
        cells,
        [row for row in written if row in kept],
        [spoken(month) for month in months],
        spoken(month_of(view.as_of)),
        (words.text(DUE_IN[view.narrow]), words.text("Region")),
        {name: words.text(said) for name, said in _TOLD.items()},
    )


def heat_heading(
    found: DueMonths, where: str, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines: how much is overdue and where most, and the busiest month ahead."""
    _ = words.text
    n, of = words.number(found.overdue), words.number(found.due)
    title = _("{where}: {n} of {of} milestones due are overdue", where=where, n=n, of=of)
    if found.overdue and not found.cells.is_empty():
        label = "label" if words.is_chinese else "label_en"
        first = found.cells.filter(pl.col("key") == found.cells["key"][0])
        most = words.number(int(first["overdue"].sum()))
        title = _(
            "{where}: {n} of {of} milestones due are overdue, most in {most_in} ({most})",
            where=where,
            n=n,
            of=of,
            most_in=first[label][0],
            most=most,
        )
    titles = [title]
    if found.busiest:
        month, due = found.busiest
        titles.append(
            _(
                "Busiest month ahead: {month}, {due} still to be met",
                month=spoken(month),
                due=words.number(due),
            )
        )
    period = (spoken(found.months[0]), spoken(found.months[-1]))
    rests_on = (
        _("As of {day} · {first} to {last}", day=as_of, first=period[0], last=period[1]),
        _("By the due day of the plan in force; cancelled ones and those of stopped projects left out."),
        _("Triangle: overdue; diamond: key; tick: all met."),
    )
    return tuple(titles), rests_on


def _months(found: DueMonths, view: ChartView) -> list[date]:
    if not view.narrow:
        return list(found.months)
    near = [month for month in months_around(view.as_of, *_NARROW) if month in found.months]
    used = found.cells["month_on"].unique().sort().to_list()
    if any(month in near for month in used):
        return near
    return used[: sum(_NARROW) + 1]
