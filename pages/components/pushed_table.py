"""What was pushed out of a period, as a table and by reason."""

import polars as pl
import streamlit as st

from pages.components.context import _, as_of, is_dark, is_phone, words
from pages.components.looking_back import with_moment
from pages.components.record_table import Column, record_table
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.pushed_out import REBASELINE, reason_chart
from tracker.charts.view import ChartView
from tracker.rules.forecast import SLIP_REASON_NAMES
from tracker.services.lists import PushedOut


def pushed_table(frame: pl.DataFrame, key: str) -> None:
    """Draw rows of `pushed_out`; a ticked one opens its project. `key` names the table's file."""
    names = {str(code): name for code, name in SLIP_REASON_NAMES.items()} | {"": REBASELINE}
    moved = _("How often the expected day changed since the period began, by forecast or by re-baseline.")
    record_table(
        frame.with_columns(pl.col("reason_code").fill_null("")),
        [
            Column("name", _("Milestone")),
            Column("project", _("Project name")),
            Column("county", _("County name")),
            Column("stood_on", _("Stood at"), "date"),
            Column("expected_on", _("Stands now"), "date"),
            Column("moved_days", _("Moved, days"), "number"),
            Column("moves", _("Moves"), "number", help=moved),
            Column("reason_code", _("Last reason"), names=names),
            Column("moves_in_all", _("Moves in all"), "number", shown=False),
            Column("is_key", _("Key node"), "yes", shown=False),
            Column("is_gate", _("Landing gate"), "yes", shown=False),
            Column("met_on", _("Met on"), "date", shown=False),
            Column("owner", _("Owner"), shown=False),
            Column("province", _("Province"), shown=False),
            Column("agreement_number", _("Agreement number"), shown=False),
        ],
        key=key,
        opens="project.py",
        id_column="project_id",
    )


def reason_counts(found: PushedOut, period: str) -> None:
    """Draw how many were pushed out for each reason, with pictures to take."""
    said, day = words(), as_of()
    title = _(
        "{n}/{total} milestones were pushed out of {period}",
        n=found.rows.height,
        total=found.stood,
        period=period,
    )
    heading = with_moment(((title,), (_("By the last reason, as of {day}", day=day),)))

    def draw(*, dark: bool, narrow: bool) -> WholeChart:
        # In the language of the person who asked: a picture is drawn later, when nobody is known to.
        return reason_chart(found.reasons, ChartView(day, *heading, dark=dark, narrow=narrow), said)

    st.altair_chart(draw(dark=is_dark(), narrow=is_phone()), key="pushed_reasons", alt=title)
    picture_buttons(lambda: draw(dark=False, narrow=False), day, f"pushed-out-{period}")
