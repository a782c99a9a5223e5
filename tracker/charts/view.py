"""How a chart is looked at: its period, its day, its heading and the page it stands on."""

from dataclasses import dataclass
from datetime import date

BY_LIGHT, BY_PILLAR = "light", "pillar"
MONTH, QUARTER, YEAR = SCALES = ("month", "quarter", "year")


@dataclass(frozen=True)
class TimelineView:
    """The period shown (both ends included), the day judged from, the heading, and the page.

    `title` and `subtitle` are lines of text: the finding, then as-of, n/N and whatever else makes the
    picture stand alone. `dark` is the page's theme; `narrow` is a phone's width of about 390 px.
    `coloured_by` is BY_LIGHT or BY_PILLAR, `scale` one of SCALES, or empty for what suits the period, and
    `room` the pixels there are for words.
    """

    from_on: date
    to_on: date
    as_of: date
    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    dark: bool = False
    narrow: bool = False
    coloured_by: str = BY_LIGHT
    scale: str = ""
    room: float = 1200.0

    @property
    def days(self) -> int:
        """The length of the period."""
        return (self.to_on - self.from_on).days


@dataclass(frozen=True)
class ChartView:
    """How a chart without a period of its own is looked at; the fields are those of a TimelineView."""

    as_of: date
    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    dark: bool = False
    narrow: bool = False
