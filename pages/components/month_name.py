"""Months in the address, and a click on a chart of months."""

from datetime import date
from typing import Any

import streamlit as st

from pages.components.address import parameter
from pages.components.looking_back import Heading
from tracker.charts.frame import WholeChart
from tracker.charts.month_grid import CELL


def month_in_address(name: str) -> date | None:
    """Return the first day of the month that stands in the address, such as 2021-06; None for no month."""
    try:
        return date.fromisoformat(f"{parameter(name)}-01")
    except ValueError:
        return None


def cell_clicked(
    chart: WholeChart, key: str, heading: Heading, selection: str = CELL
) -> dict[str, Any] | None:
    """Draw a chart and return what was clicked on it, if anything.

    `key` is another one for each thing chosen: a chart drawn anew remembers no click, and so a cell can be
    clicked again after coming back.
    """
    event: Any = st.altair_chart(
        chart, key=key, on_select="rerun", selection_mode=[selection], alt=heading[0][0]
    )
    found = event["selection"].get(selection) or [None]
    return found[0]  # type: ignore[no-any-return]
