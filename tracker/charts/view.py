"""How a timeline is looked at: its period, its day, its heading and the page it stands on."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class TimelineView:
    """The period shown (both ends included), the day judged from, the heading, and the page.

    `title` and `subtitle` are lines of text: the finding, then as-of, n/N and whatever else makes the
    picture stand alone. `dark` is the page's theme; `narrow` is a phone's width of about 390 px.
    """

    from_on: date
    to_on: date
    as_of: date
    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    dark: bool = False
    narrow: bool = False

    @property
    def days(self) -> int:
        """The length of the period."""
        return (self.to_on - self.from_on).days
