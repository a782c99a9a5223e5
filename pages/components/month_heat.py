"""The month heat map on a page: its choices, a click that lists what a cell counts, its table and picture."""

from datetime import date

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.choice_in_address import choice_in_address
from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.filters import change_address
from pages.components.link import link_to
from pages.components.looking_back import with_moment
from pages.components.milestone_list import milestone_table
from pages.components.month_name import cell_clicked, month_in_address
from pages.components.part_filter import part_address, part_name
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.month_heat import MOST_ROWS, heat_heading, month_heat_chart
from tracker.charts.view import ChartView
from tracker.rules.month import last_day, months_around, spoken
from tracker.rules.region import sales_region_id
from tracker.services.due_months import DUE_STATES, DueMonths, Grouping, Part, list_due, read_due_months
from tracker.services.lists import SALES_REGION, read_choices

ROW, MONTH = "row", "month"
_SPANS = {"ahead": (3, 12), "back": (12, 3), "year": (12, 12)}


def month_heat(part: Part) -> None:
    """Draw the milestones of a part by region and month, and the list of the cell chosen, if any."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = _kind_of_region(part)
        months = months_around(as_of(), *_SPANS[_span()])
    found = read_due_months(desk(), as_of(), (part, by), months)
    if found.is_empty:
        st.info(
            _("No milestone is due in these months. Another day, other months or fewer filters may help.")
        )
        _earlier(found, part)
        return
    if found.cells.is_empty():
        st.info(_("What is due here lies in none of these regions. Choose another kind of region above."))
        return
    _chart(found, part, by)
    _left_out(found)
    _earlier(found, part)
    chosen = _chosen(found)
    if chosen:
        _cell(found, (part, by), chosen)
    else:
        _table(found)


def _kind_of_region(part: Part) -> Grouping:
    """Draw the choice of what a row is: at first what lies below the region looked at."""
    regions = read_choices(desk()).regions
    own = regions.filter(pl.col("level") == SALES_REGION)
    here = regions.filter(pl.col("id") == (part.region_id or 0))["level"].to_list()
    names = {
        Grouping.province.value: _("Province"),
        Grouping.prefecture.value: _("Prefecture"),
        Grouping.county.value: _("County"),
    }
    if own.height:
        names[Grouping.sales_region.value] = _("Sales region")
    below = {"province": Grouping.prefecture, "prefecture": Grouping.county}
    first = below[here[0]].value if here and here[0] in below else Grouping.province.value
    ordered = {first: names[first]} | names
    return Grouping(choice_in_address("by", _("Rows"), ordered, (ROW, MONTH)))


def _span() -> str:
    names = {
        "ahead": _("3 months back, 12 ahead"),
        "back": _("12 months back, 3 ahead"),
        "year": _("12 months back and ahead"),
    }
    return choice_in_address("span", _("Months"), names, (ROW, MONTH))


def _chart(found: DueMonths, part: Part, by: Grouping) -> None:
    said, day = words(), as_of()
    heading = with_moment(heat_heading(found, part_name(part), day, said))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        return month_heat_chart(found, ChartView(day, *heading, dark=dark, narrow=narrow), said)

    state = f"{part}_{by}_{parameter(ROW)}_{parameter(MONTH)}"
    if cell := cell_clicked(draw(dark=is_dark(), narrow=is_phone()), f"month_heat_{state}", heading):
        change_address(**{ROW: str(cell["key"]), MONTH: str(cell["column"])})
        st.rerun()
    st.caption(_("Click a cell to list its milestones; the table below says the same."))
    picture_buttons(lambda: draw(dark=False, narrow=False), day, "due-by-month")


def _left_out(found: DueMonths) -> None:
    """Say what the chart does not draw."""
    regions = found.cells["key"].n_unique()
    most = MOST_ROWS[is_phone()]
    if regions > most:
        st.caption(
            _("The {most} regions with most overdue of {regions} are drawn.", most=most, regions=regions)
        )
    if found.outside:
        outside, due = words().number(found.outside), words().number(found.due)
        st.caption(
            _(
                "{number} of {total} lie in none of these regions and are in no row.",
                number=outside,
                total=due,
            )
        )


def _earlier(found: DueMonths, part: Part) -> None:
    if not found.earlier:
        return
    label = _(
        "{number} more are overdue since before {month}",
        number=words().number(found.earlier),
        month=spoken(found.months[0]),
    )
    before = found.months[0].fromordinal(found.months[0].toordinal() - 1)
    link_to(
        "milestones.py", label, icon=":material/flag:", state="overdue", due_to=before, **part_address(part)
    )


def _chosen(found: DueMonths) -> tuple[int, date] | None:
    """Return the cell that the address names, None for none or one that is not there."""
    month = month_in_address(MONTH)
    if month is None:
        return None
    here = found.cells.filter(
        (pl.col("key").cast(pl.String) == parameter(ROW)) & (pl.col("month_on") == month)
    )
    return None if here.is_empty() else (int(here["key"][0]), month)


def _cell(found: DueMonths, group: tuple[Part, Grouping], cell: tuple[int, date]) -> None:
    """List what one cell counts, with the way back to all and to the list of milestones."""
    region, month = cell
    row = found.cells.filter((pl.col("key") == region) & (pl.col("month_on") == month)).row(0, named=True)
    name = words().name(row["label"], row["label_en"])
    st.subheader(_("{region}: due in {month}", region=plain(name), month=words().month(month)))
    st.markdown(
        _(
            "{due} due, {met} met, {overdue} overdue; {key_due} are key, {key_overdue} of those overdue.",
            **{n: words().number(row[n]) for n in ("due", "met", "overdue", "key_due", "key_overdue")},
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("All regions and months"),
            icon=":material/arrow_back:",
            key="month_heat_all",
            on_click=lambda: change_address(**{ROW: None, MONTH: None}),
        )
        _in_milestones(group, cell)
    rows = list_due(desk(), as_of(), group, cell)
    milestone_table(rows, key="due-in-month", total=found.due)


def _in_milestones(group: tuple[Part, Grouping], cell: tuple[int, date]) -> None:
    """Lead to the list of milestones where it can be narrowed to the same: it knows no counties."""
    part, by = group
    if by is Grouping.county or (part.region_id is not None and sales_region_id(part.region_id) is not None):
        return
    region, month = cell
    link_to(
        "milestones.py",
        _("In the list of milestones"),
        icon=":material/flag:",
        **part_address(part) | {"region": region},
        state=DUE_STATES,
        due_from=month,
        due_to=last_day(month),
    )


def _table(found: DueMonths) -> None:
    """Draw the cells as rows; a ticked one lists its milestones."""
    rows = found.cells.with_columns(month=pl.col("month_on").dt.strftime("%Y-%m"))
    columns = [
        Column("label", _("Region")),
        Column("month", _("Month")),
        Column("due", _("Milestones due"), "number"),
        Column("met", _("Met"), "number"),
        Column("open", _("Not met yet"), "number"),
        Column("overdue", _("Overdue"), "number"),
        Column("key_due", _("Key milestones due"), "number"),
        Column("key_overdue", _("Key milestones overdue"), "number"),
    ]
    ticked = record_table(rows, columns, key="due-by-month", ticks=True)
    if ticked is not None:
        change_address(**{ROW: str(rows["key"][ticked]), MONTH: str(rows["month"][ticked])})
        st.rerun()
