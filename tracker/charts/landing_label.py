"""What stands around landing curves: each cohort's name at the end of its line, and who is left below it."""

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.lettering import width_of
from tracker.charts.trend_label import apart
from tracker.charts.view import ChartView
from tracker.errors import N_
from tracker.i18n import Words

_SIZE = {False: 12, True: 11}
_APART = {False: 16.0, True: 14.0}
_NAME_ROOM = {False: 150, True: 64}
_LABEL_ROOM = {False: 190, True: 92}
# Below the plot: the axis with its title, then the heading of the counts, then one row each.
_HEAD, _FIRST, _ROW = 62, 82, 18
# Left of the axis: the square of a row, and the end of its name before it.
_HUE, _NAME = 24, 34
_RISK_HEADS = {
    False: N_("Number at risk: signed, and neither landed nor ended yet"),
    True: N_("Number at risk"),
}


def end_labels(cohorts: pl.DataFrame, lines: pl.DataFrame, view: ChartView, height: int) -> list[alt.Chart]:
    """Return each cohort's name and n/N beside the end of its line, moved apart, with a leader to it."""
    ink = palette.ink(view.dark)
    ends = lines.group_by("key", maintain_order=True).last().join(cohorts, on="key")
    # To the tenth of a pixel: lines that end together keep their order.
    ends = ends.with_columns(end=((1 - pl.col("share")) * height).round(1)).sort("end", "place")
    at = apart(ends["end"].to_list(), _APART[view.narrow], height)
    placed = alt.Chart(ends.select("key", "months", "share", "said", "end", at=pl.Series(at)))
    level = placed.mark_rule(stroke=ink.line, strokeDash=[2, 3])
    bent = placed.mark_rule(strokeWidth=1.6)
    texts = placed.mark_text(
        x=alt.ExprRef("width + 18"),
        y=alt.ExprRef("datum.at"),
        align="left",
        baseline="middle",
        fontSize=_SIZE[view.narrow],
        color=ink.text,
        limit=_LABEL_ROOM[view.narrow],
    )
    return [
        level.encode(alt.X("months:Q"), alt.Y("share:Q"), alt.X2Value(alt.ExprRef("width"))),
        bent.encode(
            alt.XValue(alt.ExprRef("width")),
            alt.Y("share:Q"),
            alt.X2Value(alt.ExprRef("width + 14")),
            alt.Y2Value(alt.ExprRef("datum.at")),
            alt.Color("key:N", legend=None),
        ),
        texts.encode(alt.Text("said:N"), alt.Tooltip("said:N", title=" ")),
    ]


def name_room(cohorts: pl.DataFrame, view: ChartView) -> float:
    """Return about how many pixels left of the axis the names of the rows take."""
    longest = max(width_of(name, _SIZE[view.narrow]) for name in cohorts["name"])
    return _NAME + min(longest, _NAME_ROOM[view.narrow])


def risk_rows(cohorts: pl.DataFrame, counts: pl.DataFrame, view: ChartView, words: Words) -> list[alt.Chart]:
    """Return the number at risk at each mark of the axis, a row for each cohort with its name before it.

    `counts` has key, place, months and at_risk.
    """
    ink, size = palette.ink(view.dark), _SIZE[view.narrow]
    row = f"height + {_FIRST} + {_ROW} * datum.place"
    head = alt.Chart(pl.DataFrame({"at": [0]})).mark_text(
        text=words.text(_RISK_HEADS[view.narrow]),
        x=-name_room(cohorts, view),
        y=alt.ExprRef(f"height + {_HEAD}"),
        align="left",
        fontSize=11,
        color=ink.muted,
    )
    names = alt.Chart(cohorts.select("key", "place", "name"))
    said = names.mark_text(
        x=-_NAME,
        y=alt.ExprRef(row),
        align="right",
        fontSize=size,
        color=ink.text,
        limit=_NAME_ROOM[view.narrow],
    )
    hues = names.mark_point(
        x=-_HUE, y=alt.ExprRef(row), shape="square", size=60, filled=True, opacity=1, strokeWidth=0
    )
    numbers = alt.Chart(counts).mark_text(y=alt.ExprRef(row), fontSize=size, color=ink.text)
    return [
        head,
        said.encode(alt.Text("name:N"), alt.Tooltip("name:N", title=" ")),
        hues.encode(alt.Color("key:N", legend=None)),
        numbers.encode(alt.X("months:Q"), alt.Text("at_risk:Q", format=",d")),
    ]
