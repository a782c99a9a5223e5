"""What stands above a chart: the finding as title, and what it rests on as subtitle."""

from typing import Protocol

import altair as alt

from tracker.charts import lettering, palette

# What a chart in a frame on a phone of 390 pixels has; words beyond it are cut off without being missed.
_PHONE = 272.0
# What is left for a chart beside the navigation in half a window or on a tablet.
_ROOM = 620.0


class Headed(Protocol):
    """A view of a chart that has a heading: lines of text, the page's theme and its width."""

    @property
    def title(self) -> tuple[str, ...]:
        """The finding."""

    @property
    def subtitle(self) -> tuple[str, ...]:
        """As of when, of how many, and whatever else makes the picture stand alone."""

    @property
    def dark(self) -> bool:
        """Whether the page is dark."""

    @property
    def narrow(self) -> bool:
        """Whether it has a phone's width."""


def heading(view: Headed, left: float = 0, room: float = _ROOM) -> alt.TitleParams:
    """Return title and subtitle, broken to `room` pixels and beginning `left` pixels left of the axis."""
    room = _PHONE if view.narrow else room
    ink = palette.ink(view.dark)
    return alt.TitleParams(
        text=lettering.wrapped(view.title, 15 if view.narrow else 17, room),
        subtitle=lettering.wrapped(view.subtitle, 12, room),
        anchor="start",
        frame="group",
        dx=-left,
        fontSize=15 if view.narrow else 17,
        color=ink.text,
        subtitleFontSize=12,
        subtitleColor=ink.muted,
        subtitlePadding=5,
        offset=10,
    )
