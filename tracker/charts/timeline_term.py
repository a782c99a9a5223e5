"""The terms behind a timeline's rows: bands, their ends, their renewals and the days to decide on them."""

import altair as alt
import polars as pl

from tracker.charts import shape
from tracker.charts.placing import Placed
from tracker.charts.placing_term import MARK_HEIGHT
from tracker.charts.timeline_canvas import ROW_HEIGHT, Canvas
from tracker.charts.timeline_label import LABEL_ROOM
from tracker.charts.timeline_word import renewal_words

_DAY = "%Y-%m-%d"


def term_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw each term as a pale band; its end is a line, and a band without one runs open with an arrow.

    A term that follows by itself is a dashed outline after the end, one that did so begins at a dotted line.
    """
    ink, terms = canvas.ink, placed.terms
    band = alt.Chart(placed.bands.select("x", "x2", "y", "y2")).mark_rect(fill=ink.band, fillOpacity=0.85)
    follow = alt.Chart(terms.nexts).mark_rect(
        fill=ink.band, fillOpacity=0.25, stroke=ink.band_edge, strokeDash=[4, 4], strokeWidth=1
    )
    seam = alt.Chart(terms.seams).mark_rule(stroke=ink.band_edge, strokeWidth=1.5, strokeDash=[2, 3])
    end = alt.Chart(placed.ends).mark_rule(stroke=ink.band_edge, strokeWidth=2)
    opening = alt.Chart(placed.opens).mark_point(
        shape=shape.LATER, filled=True, fill=ink.band_edge, size=60, opacity=1, xOffset=7
    )
    return [
        band.encode(canvas.period, canvas.y, alt.X2("x2"), alt.Y2("y2")),
        *([follow.encode(canvas.x, canvas.y, alt.X2("x2"), alt.Y2("y2"))] if terms.nexts.height else []),
        *([seam.encode(canvas.x, canvas.y, alt.Y2("y2"))] if terms.seams.height else []),
        end.encode(canvas.x, canvas.y, alt.Y2("y2")),
        opening.encode(canvas.x, canvas.y),
        *_edges(placed, canvas),
    ]


def _edges(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw a line above each county, a stronger one above each group, and one below everything."""
    ink = canvas.ink
    # No x of the data: the lines also run under the names.
    room = alt.XValue(-LABEL_ROOM[canvas.view.narrow])
    tops = pl.concat(
        [placed.counties.select(y="top"), pl.DataFrame({"y": [placed.depth]}, {"y": pl.Float32})]
    )
    county = alt.Chart(tops).mark_rule(stroke=ink.line, strokeWidth=1)
    group = alt.Chart(placed.groups.select(y="top")).mark_rule(stroke=ink.muted, strokeWidth=1.5)
    drawn = [county, *([group] if placed.groups.height else [])]
    return [line.encode(canvas.y, room, alt.X2Value("width")) for line in drawn]


def decision_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Mark where terms end and until when to decide what follows, and link renewals to what they renew."""
    _, ink, narrow = canvas.words.text, canvas.ink, canvas.view.narrow
    # The same frame as the lines have, which is sent once.
    end = alt.Chart(placed.ends).mark_point(
        shape=shape.TERM_END,
        filled=True,
        fill=ink.band_edge,
        size=90,
        opacity=1,
        yOffset=MARK_HEIGHT[narrow] * ROW_HEIGHT[narrow],
    )
    told = [
        *_numbers(canvas),
        alt.Tooltip("x:T", title=_("The term ends"), format=_DAY),
        alt.Tooltip("said:N", title=_("Status")),
    ]
    return [
        *_chain_layers(placed, canvas),
        end.encode(canvas.x, canvas.y, tooltip=told),
        *_deadline_layers(placed, canvas),
    ]


def _numbers(canvas: Canvas) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("agreement_number:N", title=canvas.words.text("Agreement number")),
        alt.Tooltip("title:N", title=canvas.words.text("Title")),
    ]


def _chain_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    _, chains = canvas.words.text, placed.terms.chains
    if chains.is_empty():
        return []
    chain = alt.Chart(chains).mark_rule(stroke=canvas.ink.flag, strokeWidth=2)
    linked = [
        alt.Tooltip("number:N", title=_("Agreement number")),
        alt.Tooltip("earlier_number:N", title=_("Renewal of")),
        alt.Tooltip("x:T", title=_("Takes effect"), format=_DAY),
    ]
    return [chain.encode(canvas.x, canvas.y, alt.Y2("y2"), tooltip=linked)]


def _deadline_layers(placed: Placed, canvas: Canvas) -> list[alt.Chart]:
    """Draw the last days to decide; one that is past is pale."""
    _, ink, decisions = canvas.words.text, canvas.ink, placed.terms.decisions
    if decisions.is_empty():
        return []
    follows = decisions.with_columns(renewal_words(decisions, canvas.words)).drop("renews_until")
    decide = alt.Chart(follows).mark_point(shape=shape.DECISION, filled=True, size=90, opacity=1)
    past = {"test": "datum.is_past", "value": ink.quiet}
    told = [
        *_numbers(canvas),
        alt.Tooltip("x:T", title=_("Decide by"), format=_DAY),
        alt.Tooltip("end_on:T", title=_("The term ends"), format=_DAY),
        alt.Tooltip("said:N", title=_("If nothing is decided")),
    ]
    fill = alt.FillValue(ink.flag, condition=past)
    return [decide.encode(canvas.x, canvas.y, fill=fill, tooltip=told)]
