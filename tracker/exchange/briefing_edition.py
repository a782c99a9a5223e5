"""What an edition of a briefing is made with: its language, its charts, and how long its lists may be."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tracker.exchange.paper import Picture
from tracker.i18n import Words

# A document is read at a desk, a deck from across a room.
_DOCUMENT_ROWS, _DECK_ROWS = 20, 10
_DOCUMENT_LINES, _DECK_LINES = 10, 4


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
    """A language, the organisation's time zone, the charts, and whether it is a deck or a document."""

    words: Words
    zone: ZoneInfo
    charts: Charts = Charts()
    is_deck: bool = False

    @property
    def most_rows(self) -> int:
        """The most rows of a table."""
        return _DECK_ROWS if self.is_deck else _DOCUMENT_ROWS

    @property
    def most_lines(self) -> int:
        """The most sentences of a listing."""
        return _DECK_LINES if self.is_deck else _DOCUMENT_LINES

    def rest(self, shown: int, total: int, page: str) -> str:
        """Say how many of a total stand here and on which page all of them do; empty if these are all.

        `page` is the title of the page, a message id.
        """
        if shown >= total:
            return ""
        return self.words.text(
            "The first {shown} of {total}; all of them stand on the page “{page}”.",
            shown=self.words.number(shown),
            total=self.words.number(total),
            page=self.words.text(page),
        )
