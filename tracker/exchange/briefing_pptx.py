"""A paper as a deck: a slide for each thought, native tables, sharp pictures, alternative texts."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from pptx import Presentation
from pptx.util import Inches

from tracker.exchange.legible import LONGEST_PROPERTY, clean
from tracker.exchange.paper import Listing, Paper, Section
from tracker.exchange.slide import BOTTOM, GAP, HEIGHT, NOTE, TOP, WIDTH, Point, Slides
from tracker.exchange.slide_table import add_table, height_of, pages_of, size_of


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
    """Lay a section out: pictures, listings, then tables; its sentences stand above the first of them."""
    notes: Sequence[str] = section.sentences
    for picture in section.pictures:
        slides.add_picture(section.heading, picture, notes)
        notes = ()
    points = list(_points(section.listings))
    if not section.tables:
        points = [*(Point(line) for line in notes), *points]
    slides.add_points(section.heading, points)
    if section.tables:
        _tables(slides, section, notes)


def _tables(slides: Slides, section: Section, notes: Sequence[str]) -> None:
    """Put tables below each other as long as they fit, and go on with the next slide where one does not."""
    slide, begun = slides.add(section.heading), False
    top = slides.add_notes(slide, [Point(note) for note in notes])
    for table in section.tables:
        titles = [Point(table.title, is_title=True)] if table.title else []
        need = NOTE * len(titles) + height_of(table)
        if begun and need > BOTTOM - top:
            slide, top = slides.add(section.heading), TOP
        room = BOTTOM - top - NOTE * len(titles)
        size = size_of(table, room)
        for turn, part in enumerate(pages_of(table, size, room)):
            if turn:
                slide, top = slides.add(section.heading), TOP
            top = add_table(slide, part, size, slides.add_notes(slide, titles, top)) + GAP
            begun = True


def _points(listings: Sequence[Listing]) -> Iterator[Point]:
    for listing in listings:
        yield Point(listing.title, is_title=True)
        yield from (Point(line) for line in listing.lines)
        if listing.rest:
            yield Point(listing.rest)
