"""A paper as a deck: a slide for each thought, native tables, sharp pictures, alternative texts."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from pptx import Presentation
from pptx.util import Inches

from tracker.exchange.legible import LONGEST_PROPERTY, clean
from tracker.exchange.paper import Listing, Paper, Section
from tracker.exchange.slide import HEIGHT, WIDTH, Point, Slides
from tracker.exchange.slide_table import add_table, pages_of

_LINES = 12


def to_pptx(paper: Paper) -> bytes:
    """Return the paper as a 16:9 .pptx, the definitions on its last slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    properties = deck.core_properties
    properties.title, properties.author = clean(paper.title)[:LONGEST_PROPERTY], ""
    properties.language = "zh-CN" if paper.is_chinese else "en-GB"
    slides = Slides(deck, paper.footer)
    slides.add_title(paper.title, paper.lines)
    for section in paper.all_sections:
        _lay_out(slides, section)
    buffer = BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _lay_out(slides: Slides, section: Section) -> None:
    """Lay a section out: pictures, listings, then tables page by page; sentences stand above the first."""
    notes: Sequence[str] = section.sentences
    for picture in section.pictures:
        slides.add_picture(section.heading, picture, notes)
        notes = ()
    points = list(_points(section.listings))
    if not section.tables:
        points = [*(Point(line) for line in notes), *points]
    for page in range(0, len(points), _LINES):
        slides.add_points(section.heading, points[page : page + _LINES])
    for table in section.tables:
        for part in pages_of(table):
            slide = slides.add(section.heading)
            told = (*notes, *((table.title,) if table.title else ()))
            add_table(slide, part, slides.add_notes(slide, told))
            notes = ()


def _points(listings: Sequence[Listing]) -> Iterator[Point]:
    for listing in listings:
        yield Point(listing.title, is_title=True)
        yield from (Point(line) for line in listing.lines)
        if listing.rest:
            yield Point(listing.rest)
