"""Landing curves: the share of each cohort that has landed by each month since signing, and who is left.

A curve rises where agreements land. Below it stands how many of the cohort still wait at each mark of the
axis. A line is named at its end, dashed if its cohort is small, thin where few of it were signed so long ago.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import polars as pl

from tracker.charts import axis, palette
from tracker.charts.frame import WholeChart, finished, remembered
from tracker.charts.heading import heading
from tracker.charts.landing_label import end_labels, name_room, risk_rows
from tracker.charts.view import ChartView
from tracker.i18n import Words
from tracker.portfolio.landing import Landings
from tracker.rules.landing import DAYS_A_MONTH, YEAR_DAYS, days_in

HEIGHT = {False: 320, True: 260}
FEW_MARK = "*"
_STEPS = (1, 2, 3, 6, 12, 24, 60)
_MARKS = {False: 9, True: 5}


@dataclass(frozen=True)
class Plot:
    """What all layers share: the cohorts drawn with their names, the months of the axis, and both scales.

    `cohorts` has key, signed, name, said (n/N, the mark of few, the name), place (its number) and is_few;
    `marks` are the months that the axis names, the last of which ends it.
    """

    found: Landings
    view: ChartView
    words: Words

    @cached_property
    def cohorts(self) -> pl.DataFrame:
        """The cohorts drawn, in order."""
        name = pl.col("label" if self.words.is_chinese else "label_en")
        few = pl.col("signed") < self.found.few
        mark = pl.when(few).then(pl.lit(f" {FEW_MARK}")).otherwise(pl.lit(""))
        counts = pl.struct("landed", "signed").map_elements(
            lambda row: self.words.ratio(row["landed"], row["signed"]), return_dtype=pl.String
        )
        return self.found.cohorts.select(
            "key",
            "signed",
            is_few=few,
            name=name,
            # The counts come first: a long name is cut off at its end.
            said=pl.format("{}{}  {}", counts, mark, name),
        ).with_row_index("place")

    @cached_property
    def marks(self) -> list[int]:
        """Months from 0 on, to the first mark no line rises after, or the year's end if that is later."""
        rises = self.found.steps.filter(pl.col("landed") > 0)["days"].max() or 0
        seen = self.found.cohorts["seen_days"].max() or 0
        months = max(float(rises), min(float(seen), YEAR_DAYS)) / DAYS_A_MONTH  # type: ignore[arg-type]
        most = _MARKS[self.view.narrow]
        step = next((s for s in _STEPS if months / s <= most - 1), 120)
        return [step * n for n in range(int(-(-months // step)) + 1)] if months > 0 else [0, 1]

    @cached_property
    def x(self) -> alt.X:
        """Months since signing, along the lines' frame."""
        months = alt.Axis(
            values=self.marks,
            title=self.words.text("Months since signing"),
            titleColor=self.ink.muted,
            titleFontSize=12,
            titleFontWeight="normal",
            titlePadding=8,
            labelPadding=6,
            # Each mark has its count below, so each is named.
            labelOverlap=False,
            labelColor=self.ink.muted,
            labelFontSize=11,
            format="d",
            ticks=False,
            domainColor=self.ink.line,
            grid=False,
        )
        return alt.X("months:Q", axis=months, scale=alt.Scale(domain=[0, self.marks[-1]], nice=False))

    @property
    def ink(self) -> palette.Ink:
        """The page's colours."""
        return palette.ink(self.view.dark)

    @property
    def colour(self) -> alt.Color:
        """One hue per cohort."""
        keys = self.cohorts["key"].to_list()
        hues = palette.line_colours(self.view.dark)
        scale = alt.Scale(domain=keys, range=[hues[n % len(hues)] for n in range(len(keys))])
        return alt.Color("key:N", scale=scale, legend=None)

    @property
    def height(self) -> int:
        """The height of the curves, without what stands below."""
        return HEIGHT[self.view.narrow]


@remembered
def landing_chart(found: Landings, view: ChartView, words: Words) -> WholeChart:
    """Draw the curve of each cohort. Raises: ValueError when there is none."""
    if found.is_empty():
        raise ValueError("a landing curve needs a signed agreement")
    plot = Plot(found, view, words)
    lines = drawn_steps(plot)
    layers = [
        *_lines(plot, lines),
        *end_labels(plot.cohorts, lines, view, plot.height),
        *risk_rows(plot.cohorts, _counts(plot), view, words),
        _hover(plot, lines),
    ]
    return finished(layers, words, title=heading(view, name_room(plot.cohorts, view)), height=plot.height)


def drawn_steps(plot: Plot) -> pl.DataFrame:
    """Return the steps cut to the axis: key, months, share, days, at_risk, landed_so_far and is_thin.

    Thin is where fewer than few of the cohort were signed so long ago, and others are seen no longer.
    """
    last = float(plot.marks[-1])
    unseen = (pl.col("unseen").cum_sum() - pl.col("unseen")).over("key")
    return plot.found.steps.select(
        *("key", "share", "days", "at_risk"),
        # No line rises beyond the axis: the last value holds to its edge.
        months=(pl.col("days") / DAYS_A_MONTH).clip(upper_bound=last),
        landed_so_far=pl.col("landed").cum_sum().over("key"),
        is_thin=(unseen > 0) & (pl.col("watched") < plot.found.few),
    )


def _lines(plot: Plot, lines: pl.DataFrame) -> list[alt.Chart]:
    """Draw each line twice: up to where it gets thin, and from there on."""
    # Where it gets thin both parts have the value that held until then.
    before = pl.col("share").shift(1).over("key")
    turns = pl.col("is_thin") & ~pl.col("is_thin").shift(1).over("key").fill_null(value=True)
    turning = lines.with_columns(share=before, days=pl.col("days") - 1).filter(turns)
    firm = pl.concat([lines.filter(~pl.col("is_thin")), turning])
    thin = pl.concat([turning, lines.filter("is_thin")])
    keys = plot.cohorts["key"].to_list()
    dashes = [[6, 4] if few else [1, 0] for few in plot.cohorts["is_few"]]
    shares = alt.Y("share:Q", axis=_shares(plot), scale=alt.Scale(domain=[0, 1], nice=False))
    dash = alt.StrokeDash("key:N", scale=alt.Scale(domain=keys, range=dashes), legend=None)
    return [
        alt.Chart(part)
        .mark_line(strokeWidth=width, opacity=opacity, interpolate="step-after", strokeJoin="round")
        .encode(plot.x, shares, plot.colour, dash, order=alt.Order("days:Q"))
        for part, width, opacity in ((firm, 2.6, 1), (thin, 1.2, 0.75))
    ]


def _shares(plot: Plot) -> alt.Axis:
    shares = alt.Axis(
        format="%",
        values=[0, 0.25, 0.5, 0.75, 1],
        labelColor=plot.ink.muted,
        labelFontSize=11,
        gridColor=plot.ink.grid,
        ticks=False,
        domain=False,
    )
    return axis.named(shares, plot.words.text("Landed by then"), plot.ink)


def _counts(plot: Plot) -> pl.DataFrame:
    """Return place, months and at_risk of each cohort at each mark of the axis."""
    days = {days_in(months): months for months in plot.marks}
    counts = plot.found.at_risk(list(days)).join(plot.cohorts.select("key", "place"), on="key")
    return counts.select("key", "place", "at_risk", months=pl.col("days").replace_strict(days))


def _hover(plot: Plot, lines: pl.DataFrame) -> alt.Chart:
    """Lay an unseen point over each step, which tells what it rests on."""
    _ = plot.words.text
    told = lines.join(plot.cohorts.select("key", "name", "signed"), on="key").with_columns(
        pl.col("months").round(1),
        rate=pl.struct("landed_so_far", "signed").map_elements(
            lambda row: plot.words.ratio(row["landed_so_far"], row["signed"]), return_dtype=pl.String
        ),
    )
    tooltip: list[Any] = [
        alt.Tooltip("name:N", title=_("Cohort of signing")),
        alt.Tooltip("days:Q", title=_("Days since signing")),
        alt.Tooltip("rate:N", title=_("Landed by then")),
        alt.Tooltip("share:Q", title=_("Share on the curve"), format=".1%"),
        alt.Tooltip("at_risk:Q", title=_("Still waiting")),
    ]
    points = alt.Chart(told).mark_point(size=140, opacity=0, filled=True)
    return points.encode(alt.X("months:Q"), alt.Y("share:Q"), tooltip=tooltip)
