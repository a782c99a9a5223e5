"""The key below a timeline: what each symbol means, so that a picture of it explains itself."""

from dataclasses import dataclass

import altair as alt
import polars as pl

from tracker.charts import palette, shape
from tracker.charts.lettering import close_width_of
from tracker.charts.placing import Placed
from tracker.charts.timeline_label import LABEL_ROOM
from tracker.charts.view import TimelineView
from tracker.i18n import Words

_SIZE = 11
_SYMBOL_ROOM, _GAP = 20, 16
# Row units: the space above the key, and the height of one of its lines.
_MARGIN = {False: 0.35, True: 0.2}
_LINE = {False: 0.6, True: 0.42}
_MARKS = ("filled", "half", "hollow", "barred", "crossed", "struck", "hollow_gate")
_LOOKS = {
    "band": shape.BAND,
    "flag": shape.FLAG,
    "end": shape.TERM_END,
    "decision": shape.DECISION,
    "next": shape.NEXT_TERM,
    "renewal": shape.RENEWAL,
    "then": shape.GHOST,
    "then_step": shape.DIAMOND,
    "ghost": shape.GHOST,
    "current": shape.CURRENT,
    "over": shape.OVER_THE_END,
    **{look: shape.MILESTONE_SHAPES[look] for look in _MARKS},
}


@dataclass(frozen=True)
class KeyLines:
    """The key's entries with their places: px from the axis, `line` from 0, `look` and `text`."""

    entries: pl.DataFrame
    depth: float


def key_lines(words: Words, view: TimelineView, placed: Placed) -> KeyLines:
    """Lay the key's entries out in as many lines as they need."""
    _ = words.text
    texts = {
        "band": _("agreement's term"),
        "flag": _("signed"),
        "end": _("its end"),
        "decision": _("renewal to be decided by"),
        **({"next": _("renews itself until")} if placed.terms.nexts.height else {}),
        **({"renewal": _("taken over by its renewal")} if placed.terms.chains.height else {}),
        **_below(words, comparing=placed.then is not None),
        "over": _("ends after the agreement's term"),
        "filled": _("met"),
        "half": _("partially met"),
        "hollow": _("ahead"),
        "barred": _("blocked"),
        "crossed": _("overdue"),
        "struck": _("cancelled"),
        "hollow_gate": _("landing gate (key nodes are larger)"),
    }
    left, room = -LABEL_ROOM[view.narrow] + 8, 350 if view.narrow else view.room
    entries, at, line = [], 0.0, 0
    for look, text in texts.items():
        width = _SYMBOL_ROOM + close_width_of(text, _SIZE) + _GAP
        if at and at + width > room:
            at, line = 0.0, line + 1
        entries.append((left + at, line, look, text))
        at += width
    frame = pl.DataFrame(entries, schema=["px", "line", "look", "text"], orient="row")
    return KeyLines(frame, _MARGIN[view.narrow] + (line + 1) * _LINE[view.narrow])


def _below(words: Words, comparing: bool) -> dict[str, str]:
    """Name what stands below the bars: plans, or the bars of the day compared with."""
    _ = words.text
    if comparing:
        return {
            "then": _("as it stood then; ± days at a bar's end have moved since"),
            "then_step": _("milestone then, where it moved"),
        }
    return {
        "ghost": _("first plan; ± days at a bar's end are against it"),
        "current": _("plan in force, where re-baselined"),
    }


def key_layers(key: KeyLines, depth: float, view: TimelineView) -> list[alt.Chart]:
    """Return the layers that draw the key below row `depth`."""
    ink = palette.ink(view.dark)
    height = depth + _MARGIN[view.narrow] + (pl.col("line") + 0.5) * _LINE[view.narrow]
    placed = key.entries.select("px", "look", "text", y=height)
    looks = list(_LOOKS)
    fills, strokes = shape.look_colours(list(_MARKS), ink)
    then = [ink.ghost, ink.paper]
    plain = [ink.ghost, ink.muted, ink.text]
    own = [ink.flag, ink.band_edge, ink.flag, ink.paper, ink.flag]
    paths = alt.Scale(domain=looks, range=list(_LOOKS.values()))
    fill = alt.Scale(domain=looks, range=[ink.band, *own, *then, *plain, *fills])
    edges = [ink.band_edge, *own[:3], ink.band_edge, ink.flag, ink.ghost, ink.muted]
    stroke = alt.Scale(domain=looks, range=[*edges, *plain, *strokes])
    # Pixels, not days: an encoding of x would join the time axis that all layers share.
    x = alt.ExprRef("datum.px")
    symbols = alt.Chart(placed).mark_point(x=x, size=90, opacity=1, strokeWidth=1.2)
    texts = alt.Chart(placed).mark_text(
        x=x, align="left", baseline="middle", fontSize=_SIZE, color=ink.muted, xOffset=_SYMBOL_ROOM - 6
    )
    return [
        symbols.encode(
            alt.Y("y:Q", axis=None),
            alt.Shape("look:N", scale=paths, legend=None),
            alt.Fill("look:N", scale=fill, legend=None),
            alt.Stroke("look:N", scale=stroke, legend=None),
        ),
        texts.encode(alt.Y("y:Q", axis=None), alt.Text("text:N")),
    ]
