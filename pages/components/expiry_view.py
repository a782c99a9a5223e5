"""The expiry calendar on a page: ends and decisions by month, and the agreements they are about."""

from datetime import date

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.filters import change_address
from pages.components.looking_back import with_moment
from pages.components.month_name import cell_clicked, month_in_address
from pages.components.part_filter import part_name
from pages.components.record_table import Column, record_table
from pages.components.timeline_export import picture_buttons
from tracker.charts import expiry as chart
from tracker.charts.frame import WholeChart
from tracker.charts.view import ChartView
from tracker.errors import N_
from tracker.rules.agreement import STATUS_NAMES
from tracker.services.expiry import Decision, ExpiryCalendar, Outcome, Part, read_expiries

ENDS = "ends"
OUTCOME_NAMES = {
    Outcome.renewal_signed.value: N_("renewal signed"),
    Outcome.renews.value: N_("renews itself"),
    Outcome.refused.value: N_("ends: renewal was refused"),
    Outcome.renewal_prepared.value: N_("ends: renewal in preparation"),
    Outcome.ends.value: N_("ends unless renewed"),
}
DECISION_NAMES = {
    Decision.made.value: N_("decision made"),
    Decision.due.value: N_("decision due"),
    Decision.missed.value: N_("decision missed"),
}


def expiry_calendar(part: Part) -> None:
    """Draw what ends and what has to be decided in 18 months, and the agreements of the month chosen."""
    found = read_expiries(desk(), as_of(), part)
    if found.rows.is_empty():
        st.info(
            _("No signed agreement here ends or has to be decided on within 18 months of this day."),
            icon=":material/event_available:",
        )
        return
    _chart(found, part)
    month = month_in_address(ENDS)
    if month is not None and not found.within(month).is_empty():
        _one_month(found, month)
    else:
        st.subheader(_("What ends and what is to be decided, the next first"))
        _table(found.rows, found.rows.height)


def _chart(found: ExpiryCalendar, part: Part) -> None:
    said, day = words(), as_of()
    about = (part_name(part), found.signed, day)
    heading = with_moment(chart.expiry_heading(found.rows, found.months, about, said))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        view = ChartView(day, *heading, dark=dark, narrow=narrow)
        return chart.expiry_chart(found.months, view, said)

    key = f"expiry_{part}_{parameter(ENDS)}"
    if bar := cell_clicked(draw(dark=is_dark(), narrow=is_phone()), key, heading, chart.MONTH):
        change_address(**{ENDS: str(bar["month"])})
        st.rerun()
    st.caption(_("Click a month to list its agreements; a ticked agreement opens."))
    picture_buttons(lambda: draw(dark=False, narrow=False), day, "expiry")


def _one_month(found: ExpiryCalendar, month: date) -> None:
    st.subheader(_("Ends or is to be decided in {month}", month=words().month(month)))
    st.button(
        _("All 18 months"),
        icon=":material/arrow_back:",
        key="expiry_all",
        on_click=lambda: change_address(**{ENDS: None}),
    )
    _table(found.within(month), found.rows.height)


def _table(rows: pl.DataFrame, total: int) -> None:
    statuses = {s.value: name for s, name in STATUS_NAMES.items()}
    record_table(
        rows,
        [
            Column("number", _("Number")),
            Column("counties", _("Counties")),
            Column("term_end_on", _("Ends on"), "date"),
            Column("days_left", _("Days left"), "number"),
            Column("open_projects", _("Open projects"), "number", help=_("Neither stopped nor accepted.")),
            Column("outliving", _("Whose work outlives the term"), "number"),
            Column("outcome", _("At the end"), names=OUTCOME_NAMES),
            Column("decision", _("Renewal decision"), names=DECISION_NAMES),
            Column("decision_on", _("Decide on renewal by"), "date"),
            Column(
                "decision_days", _("Days to decide"), "number", help=_("Negative once the day has gone by.")
            ),
            Column("work_until_on", _("Work until"), "date"),
            Column("owner", _("Owner")),
            Column("title", _("Title")),
            Column("status", _("Status"), names=statuses, shown=False),
            Column("last_end_on", _("Ends at the latest"), "date", shown=False),
            Column("renewal_number", _("Renewal"), shown=False),
            Column("notice_days", _("Days of notice"), "number", shown=False),
            Column("provinces", _("Province"), shown=False),
            Column("pillars", _("Pillar"), shown=False),
            Column("event", _("Signing event"), shown=False),
        ],
        key="expiry",
        total=total,
        opens="agreement.py",
    )
