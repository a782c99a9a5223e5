"""Workload on a page: whose, in which order, a click that lists the milestones, and the table."""

from datetime import date

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.choice_in_address import choice_in_address
from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.filters import change_address
from pages.components.link import link_to, open_page
from pages.components.looking_back import with_moment
from pages.components.milestone_list import milestone_table
from pages.components.month_name import cell_clicked, month_in_address
from pages.components.part_filter import part_address, part_name
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.view import ChartView
from tracker.charts.workload import (
    HELD,
    MOST_ROWS,
    NOBODY,
    ORDER_NAMES,
    OVERDUE,
    WorkloadOrder,
    in_order,
    workload_chart,
    workload_heading,
)
from tracker.rules.month import months_around, spoken
from tracker.services.workload import HELD_STATES, Bearer, Load, Part, Workload, list_load, read_workload

WHO, WHEN = "who", "when"
# In the address an empty name would be none at all.
_NOBODY = "-"
_AHEAD = 11


def workload_view(part: Part) -> None:
    """Draw who has how much to do in a part, and the list of what was clicked, if anything."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = {Bearer.owner.value: _("Owner"), Bearer.unit.value: _("Unit")}
        by = Bearer(choice_in_address("bearer", _("Whose"), kinds, (WHO, WHEN)))
        orders = {order.value: _(name) for order, name in ORDER_NAMES.items()}
        order = WorkloadOrder(choice_in_address("sort", _("Sorted by"), orders))
    found = read_workload(desk(), as_of(), (part, by), months_around(as_of(), 0, _AHEAD))
    if found.bearers.is_empty():
        st.info(_("No project here has work to do on this day. Another day or fewer filters may help."))
        return
    found = in_order(found, order, words())
    _chart(found, part, by)
    row = next((r for r in found.bearers.iter_rows(named=True) if r["key"] == _who()), None)
    if row:
        _load(row, found, (part, by))
    else:
        _table(found)


def _who() -> str | None:
    asked = parameter(WHO)
    return None if not asked else "" if asked == _NOBODY else asked


def _chart(found: Workload, part: Part, by: Bearer) -> None:
    said, day = words(), as_of()
    heading = with_moment(workload_heading(found, part_name(part), day, said))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        return workload_chart(found, ChartView(day, *heading, dark=dark, narrow=narrow), said)

    state = f"{part}_{by}_{parameter(WHO)}_{parameter(WHEN)}"
    if cell := cell_clicked(draw(dark=is_dark(), narrow=is_phone()), f"workload_{state}", heading):
        if cell["column"] == HELD:
            open_page("projects.py", **_held_by(str(cell["key"]), part, by))
        change_address(**{WHO: str(cell["key"]) or _NOBODY, WHEN: str(cell["column"])})
        st.rerun()
    most = MOST_ROWS[is_phone()]
    if found.bearers.height > most:
        st.caption(_("The first {most} of {all} are drawn.", most=most, all=found.bearers.height))
    st.caption(_("Click a number to list what it counts; the table below says the same."))
    picture_buttons(lambda: draw(dark=False, narrow=False), day, "workload")


def _held_by(key: str, part: Part, by: Bearer) -> dict[str, object]:
    """Return the address of the projects that a bearer holds; one who is not named cannot be looked for."""
    whose = {"owner": key} if by is Bearer.owner else {"unit": key}
    return {**part_address(part), **(whose if key else {}), "state": HELD_STATES}


def _load(row: dict[str, object], found: Workload, group: tuple[Part, Bearer]) -> None:
    """List what is open for one bearer, all of it or what is due in the month chosen."""
    when = _when(found)
    name = words().name(str(row["label"]), str(row["label_en"])) or _(NOBODY)
    if isinstance(when, date):
        st.subheader(_("{who}: due in {month}", who=plain(name), month=words().month(when)))
    elif when is Load.overdue:
        st.subheader(_("{who}: overdue", who=plain(name)))
    else:
        st.subheader(_("{who}: all open milestones", who=plain(name)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Everybody"),
            icon=":material/arrow_back:",
            key="workload_all",
            on_click=lambda: change_address(**{WHO: None, WHEN: None}),
        )
        if when is not None:
            st.button(
                _("All that is open"), key="workload_open", on_click=lambda: change_address(**{WHEN: None})
            )
        if row["key"]:
            label = _("{number} projects held", number=words().number(row["projects"]))  # type: ignore[arg-type]
            held = _held_by(str(row["key"]), *group)
            link_to("projects.py", label, icon=":material/account_tree:", **held)
    rows = list_load(desk(), as_of(), group, (str(row["key"]), when))
    milestone_table(rows, key="workload-milestones", total=found.open)


def _when(found: Workload) -> date | Load | None:
    if parameter(WHEN) == OVERDUE:
        return Load.overdue
    month = month_in_address(WHEN)
    return month if month in found.months else None


def _table(found: Workload) -> None:
    """Draw the bearers with every count; a ticked one lists what is open for them."""
    months = [spoken(month) for month in found.months]
    wide = found.cells.with_columns(month=pl.col("month_on").dt.strftime("%Y-%m"))
    wide = wide.pivot("month", index="key", values="due")
    rows = found.bearers.join(wide, on="key", how="left", maintain_order="left").with_columns(
        pl.when(pl.col(name) == "").then(pl.lit(_(NOBODY))).otherwise(name).alias(name)
        for name in ("label", "label_en")
    )
    columns = [
        Column("label", _("Owner or unit")),
        Column("projects", _("Projects held"), "number"),
        Column("open", _("Open milestones"), "number"),
        Column("overdue", _("Overdue"), "number"),
        Column("key_open", _("Key milestones open"), "number"),
        Column("key_overdue", _("Key milestones overdue"), "number"),
        *(Column(month, month, "number") for month in months if month in rows.columns),
        Column("later", _("Due later"), "number"),
        Column("partly", _("Partly met, day gone by"), "number", shown=False),
        Column("undated", _("Without a day"), "number", shown=False),
    ]
    ticked = record_table(rows, columns, key="workload", ticks=True)
    if ticked is not None:
        change_address(**{WHO: str(rows["key"][ticked]) or _NOBODY, WHEN: None})
        st.rerun()
