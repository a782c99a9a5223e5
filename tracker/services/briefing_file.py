"""Make a briefing's documents: draw its charts, put it into words, and render what was asked for."""

from collections.abc import Callable, Sequence
from typing import Literal

from tracker.exchange.briefing_docx import to_docx
from tracker.exchange.briefing_edition import Edition
from tracker.exchange.briefing_pdf import to_pdf
from tracker.exchange.briefing_pptx import to_pptx
from tracker.exchange.briefing_text import briefing_paper, where_text
from tracker.exchange.paper import Paper
from tracker.i18n import Words
from tracker.portfolio.briefing import Briefing
from tracker.rules.moment import written_moment
from tracker.services.briefing_chart import draw_charts
from tracker.services.desk import Desk

Format = Literal["docx", "pdf", "pptx"]
FORMATS: dict[Format, Callable[[Paper], bytes]] = {"docx": to_docx, "pdf": to_pdf, "pptx": to_pptx}
_DECK = "pptx"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: dict[Format, str] = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
}
# A file system allows 255 bytes, and a Chinese character takes three.
_LONGEST_NAME = 48


def make_briefing(desk: Desk, told: Briefing, kinds: Sequence[Format], words: Words) -> dict[Format, bytes]:
    """Return the documents of a briefing in each format; its charts are drawn once for all of them.

    Takes some seconds. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    charts = draw_charts(desk, told, words)
    zone, documents = desk.settings.zone, {}
    for kind in kinds:
        paper = briefing_paper(told, Edition(words, zone, charts, is_deck=kind == _DECK))
        documents[kind] = FORMATS[kind](paper)
    return documents


def preview_briefing(desk: Desk, told: Briefing, words: Words) -> Paper:
    """Return what the document will say, without its pictures. Raises: NotAllowed."""
    desk.allow("read")
    return briefing_paper(told, Edition(words, desk.settings.zone))


def briefing_file_name(desk: Desk, told: Briefing, kind: Format, words: Words) -> str:
    """Return the name a document is saved under: of what, of which month, as of and as known when.

    Raises: NotAllowed.
    """
    desk.allow("read")
    known = f"-known-{written_moment(told.known_at, desk.settings.zone)}" if told.known_at else ""
    until = "" if told.month.is_over else f"-{told.month.as_of}"
    where = "".join(c if c.isalnum() else "-" for c in where_text(told, words))[:_LONGEST_NAME]
    kind_of_paper = words.text("Briefing")
    stem = f"{kind_of_paper}-{where}-{told.month.month_on:%Y-%m}{until}{known}"
    return f"{stem.replace(':', '')}.{kind}"
