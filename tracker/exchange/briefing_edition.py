"""What an edition of a briefing is made with: its language, its charts, and how long its lists may be."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tracker.exchange.paper import Picture
from tracker.i18n import Words

# A document is read at a desk, a deck from across a room.
DOCUMENT_ROWS, DECK_ROWS = 30, 12


@dataclass(frozen=True)
class Charts:
    """The pictures of a briefing; each is empty where there is nothing to draw.

    `rest` says how much of the timeline its pictures leave out, empty for nothing.
    """

    curve: tuple[Picture, ...] = ()
    lights: tuple[Picture, ...] = ()
    timeline: tuple[Picture, ...] = ()
    rest: str = ""


@dataclass(frozen=True)
class Edition:
    """A language, the organisation's time zone, the charts, and the most rows of a table or listing."""

    words: Words
    zone: ZoneInfo
    charts: Charts = Charts()
    most_rows: int = DOCUMENT_ROWS

    def rest(self, total: int, page: str) -> str:
        """Say how many of `total` rows stand here and on which page all of them do; empty if these are all.

        `page` is the title of the page, a message id.
        """
        if total <= self.most_rows:
            return ""
        return self.words.text(
            "The first {shown} of {total}; all of them stand on the page “{page}”.",
            shown=self.words.number(self.most_rows),
            total=self.words.number(total),
            page=self.words.text(page),
        )
