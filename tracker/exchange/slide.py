"""The slides of a deck: where titles, points, pictures and notes stand on one, and in which letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from tracker.exchange.legible import CHINESE_FONT, LATIN_FONT, clean
from tracker.exchange.paper import Picture

# Inches, as all lengths here: a screen of 16:9.
WIDTH, HEIGHT = 13.333, 7.5
EDGE, TOP, BOTTOM = 0.55, 1.2, 6.95
_TITLE_LAYOUT, _POINTS_LAYOUT, _OPEN_LAYOUT = 0, 1, 5
_INK, _FLAG, _MUTED = "1B2733", "1F5F8B", "55636F"
# A line above a table, and the room between two tables.
NOTE, GAP = 0.34, 0.2
# Few points can be read from farther away.
_LINES, _FEW, _LARGE, _SMALL = 12, 6, 20, 16
_SHORT = 40


@dataclass(frozen=True)
class Point:
    """A line of a list; a title stands out, and what follows belongs to it."""

    text: str
    is_title: bool = False


class Slides:
    """The deck that is being made, and the line that stands at the foot of each slide."""

    def __init__(self, deck: Any, footer: str) -> None:
        self._deck = deck
        self._footer = footer

    def add_title(self, title: str, lines: Sequence[str]) -> None:
        """Add the first slide."""
        slide = self._new(_TITLE_LAYOUT)
        _put(slide.shapes.title, (1.0, 2.3, WIDTH - 2.0, 1.6))
        size = 36 if len(title) <= _SHORT else 24
        _write(slide.shapes.title.text_frame, [Point(title)], size, _FLAG, bold=True)
        below = slide.placeholders[1]
        _put(below, (1.0, 4.0, WIDTH - 2.0, 1.5))
        _write(below.text_frame, [Point(line) for line in lines], 18, _MUTED)

    def add(self, heading: str) -> Any:
        """Add a slide with a heading and nothing else, and return it."""
        return self._headed(_OPEN_LAYOUT, heading)

    def add_points(self, heading: str, points: Sequence[Point]) -> None:
        """Add slides of points, all in one size."""
        size = _LARGE if len(points) <= _FEW else _SMALL
        for start in range(0, len(points), _LINES):
            slide = self._headed(_POINTS_LAYOUT, heading)
            body = slide.placeholders[1]
            _put(body, (EDGE, TOP, WIDTH - 2 * EDGE, BOTTOM - TOP))
            _write(body.text_frame, points[start : start + _LINES], size, _INK)

    def add_picture(self, heading: str, picture: Picture, notes: Sequence[str]) -> None:
        """Add a slide with a picture as large as fits below its heading and notes."""
        slide = self.add(heading)
        top = self.add_notes(slide, [Point(note) for note in notes])
        width, height = picture.size
        scale = min((WIDTH - 2 * EDGE) / width, (BOTTOM - top) / height)
        left = (WIDTH - width * scale) / 2
        shown = slide.shapes.add_picture(
            BytesIO(picture.content), Inches(left), Inches(top), Inches(width * scale)
        )
        shown._element.nvPicPr.cNvPr.set("descr", clean(picture.told))

    def add_notes(self, slide: Any, notes: Sequence[Point], top: float = TOP) -> float:
        """Write small lines from `top` down, and return where the room below them begins."""
        if not notes:
            return top
        box = slide.shapes.add_textbox(*_inches(EDGE, top - 0.1, WIDTH - 2 * EDGE, NOTE * len(notes)))
        _write(box.text_frame, notes, 13, _MUTED)
        return top + NOTE * len(notes)

    def _headed(self, layout: int, heading: str) -> Any:
        slide = self._new(layout)
        _put(slide.shapes.title, (EDGE, 0.35, WIDTH - 2 * EDGE, 0.75))
        _write(slide.shapes.title.text_frame, [Point(heading)], 26, _FLAG, bold=True)
        return slide

    def _new(self, layout: int) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        box = slide.shapes.add_textbox(*_inches(EDGE, 7.05, WIDTH - 2 * EDGE, 0.3))
        line = f"{self._footer} · {len(self._deck.slides)}"
        _write(box.text_frame, [Point(line)], 10, _MUTED)
        return slide


def write_run(run: Any, size: float, colour: str, *, bold: bool = False) -> None:
    """Set a run's letters, in a font for each script."""
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, LATIN_FONT
    run.font.color.rgb = RGBColor.from_string(colour)
    properties = run._r.get_or_add_rPr()
    asian = properties.makeelement(qn("a:ea"), {"typeface": CHINESE_FONT})
    properties.find(qn("a:latin")).addnext(asian)


def _write(frame: Any, points: Sequence[Point], size: float, colour: str, *, bold: bool = False) -> None:
    frame.word_wrap = True
    for turn, point in enumerate(points):
        paragraph = frame.paragraphs[0] if turn == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size / 4)
        run = paragraph.add_run()
        run.text = clean(point.text).replace("\n", " ")
        write_run(run, size, colour, bold=bold or point.is_title)


def _put(shape: Any, place: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = _inches(*place)


def _inches(*lengths: float) -> list[Inches]:
    return [Inches(length) for length in lengths]
