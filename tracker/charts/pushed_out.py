"""What was pushed out of a period, counted by the last reason given."""

import altair as alt
import polars as pl

from tracker.charts import palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.view import ChartView
from tracker.errors import N_
from tracker.i18n import Words
from tracker.rules.forecast import SLIP_REASON_NAMES

REBASELINE = N_("re-baseline alone")
_BAR = 20


@remembered
def reason_chart(counts: pl.DataFrame, view: ChartView, words: Words) -> WholeChart:
    """Draw how many milestones were pushed out for each reason, with the count at each bar.

    `counts` has the columns reason_code (null for a re-baseline alone) and count, in the order to draw.
    Raises: ValueError when there is nothing to count.
    """
    if counts.is_empty():
        raise ValueError("a chart of reasons needs at least one milestone")
    _ = words.text
    ink = palette.ink(view.dark)
    texts = {str(code): _(name) for code, name in SLIP_REASON_NAMES.items()}
    said = pl.col("reason_code").replace_strict(texts, default=None).fill_null(_(REBASELINE))
    drawn = counts.select("count", said=said)
    names = alt.Axis(labelColor=ink.text, labelFontSize=12, labelLimit=150, ticks=False, domain=False)
    y = alt.Y("said:N", sort=None, title=None, axis=names)
    x = alt.X("count:Q", axis=None, scale=alt.Scale(nice=False, zero=True))
    tooltip = [alt.Tooltip("said:N", title=_("Last reason")), alt.Tooltip("count:Q", title=_("Milestones"))]
    bars = alt.Chart(drawn).mark_bar(size=_BAR - 4, cornerRadiusEnd=3, color=ink.flag)
    numbers = alt.Chart(drawn).mark_text(align="left", dx=5, color=ink.text, fontSize=12)
    return finished(
        [bars.encode(x, y, tooltip=tooltip), numbers.encode(x, y, alt.Text("count:Q"))],
        words,
        height=(_BAR + 6) * drawn.height,
        title=heading(view),
    )
