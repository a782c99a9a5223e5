"""Time axes: ticks that suit the period, and Chinese month names."""

from datetime import date
from functools import cache
from typing import Any

import altair as alt
from babel.dates import get_day_names, get_month_names

from tracker.charts.palette import Ink
from tracker.charts.view import MONTH, QUARTER, YEAR

MONTHS_OF_PERIOD = 30.44
_STEPS = {MONTH: 1, QUARTER: 3, YEAR: 12}


def period_axis(days: int, ink: Ink, narrow: bool, scale: str = "") -> alt.Axis:
    """Return the axis above a period of `days`: months, quarters, half-years or years, named 2021-04.

    `scale` is one of view.SCALES; without it the ticks suit the period.
    """
    step = _STEPS.get(scale) or _months_between_ticks(days, 5 if narrow else 16)
    return alt.Axis(
        title=None,
        orient="top",
        format="%Y Q%q" if scale == QUARTER else "%Y-%m" if step < 12 else "%Y",
        tickCount={"interval": "month", "step": step}
        if step < 12
        else {"interval": "year", "step": step // 12},
        labelColor=ink.muted,
        labelFontSize=11,
        labelOverlap="greedy",
        labelFlush=False,
        ticks=False,
        domain=False,
        grid=True,
        gridColor=ink.grid,
        labelPadding=6,
    )


def named(shown: alt.Axis, name: str, ink: Ink) -> alt.Axis:
    """Return the axis with the name of what it measures beside it, a word or a few in the page's language."""
    shown.title, shown.titleColor = name, ink.muted
    shown.titleFontSize, shown.titleFontWeight, shown.titlePadding = 12, "normal", 8
    return shown


def period_scale(from_on: date, to_on: date) -> alt.Scale:
    """Return a time scale of exactly this period; days are local, as plain dates are drawn."""
    # Months count from 0 in the chart's own expressions.
    ends = [alt.ExprRef(f"datetime({day.year}, {day.month - 1}, {day.day})") for day in (from_on, to_on)]
    return alt.Scale(domain=ends, nice=False)


def _months_between_ticks(days: int, most: int) -> int:
    months = max(1, days) / MONTHS_OF_PERIOD
    return next((step for step in (1, 3, 6, 12, 24, 60) if months / step <= most), 120)


@cache
def time_words(language: str) -> dict[str, Any] | None:
    """Return the time locale a chart in this language needs, None for English, which is built in."""
    if language == "en":
        return None
    months, short = (get_month_names(width, locale=language) for width in ("wide", "abbreviated"))
    days, short_days = (get_day_names(width, locale=language) for width in ("wide", "abbreviated"))
    from_sunday = (6, 0, 1, 2, 3, 4, 5)
    return {
        "dateTime": "%Y-%m-%d %H:%M",
        "date": "%Y-%m-%d",
        "time": "%H:%M",
        "periods": ["上午", "下午"],
        "months": [months[month] for month in range(1, 13)],
        "shortMonths": [short[month] for month in range(1, 13)],
        "days": [days[day] for day in from_sunday],
        "shortDays": [short_days[day] for day in from_sunday],
    }
