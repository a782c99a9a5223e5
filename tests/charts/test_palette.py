"""The colours stay apart for every common kind of colour vision, on a light and on a dark page.

Colour vision is simulated by the matrices for full dichromacy of G. Machado, M. Oliveira and L. Fernandes,
"A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, table 1 at severity 1.0, on
linear light. Distances are those of CIELAB (CIE 1976), contrasts those of WCAG 2.1.
"""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from tracker.charts.palette import ink, light_colours, line_colours, pillar_colours, shades

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
VISIONS = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# The distance below which two areas of colour are hard to tell apart at a glance, and the one that a pair
# may have which is never told apart by hue: each light has its letter or shape besides.
FAR_APART, APART = 20.0, 10.0
MARK, TEXT = 3.0, 4.5
Colour = tuple[float, ...]


def _linear(colour: str) -> Colour:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def _seen(colour: str, vision: str) -> Colour:
    linear = _linear(colour)
    rows = (sum(m * p for m, p in zip(row, linear, strict=True)) for row in VISIONS[vision])
    return tuple(min(1.0, max(0.0, value)) for value in rows)


def _lab(linear: Colour) -> Colour:
    red, green, blue = linear
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _distance(one: str, other: str, vision: str) -> float:
    pairs = zip(_lab(_seen(one, vision)), _lab(_seen(other, vision)), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def _contrast(one: str, other: str) -> float:
    levels = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(_linear, (one, other)))
    return (levels[1] + 0.05) / (levels[0] + 0.05)


def _near(colours: dict[str, str], vision: str, least: float) -> list[str]:
    return [
        f"{a}/{b} {_distance(colours[a], colours[b], vision):.1f}"
        for a, b in combinations(colours, 2)
        if _distance(colours[a], colours[b], vision) < least
    ]


def test_the_measures_are_those_of_the_sources() -> None:
    assert _contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert _lab(_linear("#FF0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert _distance("#FFFFFF", "#000000", "deutan") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("vision", VISIONS)
def test_the_lights_that_judge_stay_apart(vision: str, dark: bool) -> None:
    colours = light_colours(dark)
    assert _near({n: colours[n] for n in ("red", "yellow", "green")}, vision, FAR_APART) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("vision", VISIONS)
def test_no_two_lights_look_alike_but_the_two_greys(vision: str, dark: bool) -> None:
    colours = light_colours(dark)
    assert _near({n: c for n, c in colours.items() if n != "stopped"}, vision, APART) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("vision", VISIONS)
def test_the_pillars_of_the_programme_stay_apart(vision: str, dark: bool) -> None:
    names = ["decision", "industry", "governance"]
    assert _near(dict(zip(names, pillar_colours(names, dark), strict=True)), vision, FAR_APART) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("vision", VISIONS)
def test_no_two_hues_of_lines_look_alike(vision: str, dark: bool) -> None:
    assert _near({c: c for c in line_colours(dark)}, vision, APART) == []


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_read_stands_out_from_the_paper(dark: bool) -> None:
    colours = ink(dark)
    words = {n: getattr(colours, n) for n in ("text", "muted", "alarm", "flag")}
    assert {n: c for n, c in words.items() if _contrast(c, colours.paper) < TEXT} == {}


@pytest.mark.parametrize("dark", [False, True])
def test_words_on_shades_can_be_read(dark: bool) -> None:
    assert [pair for pair in shades(dark) if _contrast(*pair) < TEXT] == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_marks_that_matter_stand_out_from_the_paper(dark: bool) -> None:
    paper = ink(dark).paper
    marks = light_colours(dark) | {c: c for c in line_colours(dark)}
    assert {n: round(_contrast(c, paper), 2) for n, c in marks.items() if _contrast(c, paper) < MARK} == {}


@pytest.mark.parametrize("dark", [False, True])
def test_shades_go_from_the_paper_away_in_even_order(dark: bool) -> None:
    paper = ink(dark).paper
    contrasts = [_contrast(fill, paper) for fill, _ in shades(dark)]
    assert contrasts == sorted(contrasts)


@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True)])
def test_pages_and_charts_have_the_same_colours(theme: str, dark: bool) -> None:
    page = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    colours = ink(dark)
    assert (
        page["backgroundColor"],
        page["textColor"],
        page["borderColor"],
        tuple(page["chartCategoricalColors"]),
    ) == (colours.paper, colours.text, colours.line, line_colours(dark))


@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True)])
def test_words_of_pages_can_be_read(theme: str, dark: bool) -> None:
    page = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    words = ("textColor", "linkColor")
    papers = ("backgroundColor", "secondaryBackgroundColor")
    dim = [(w, p) for w in words for p in papers if _contrast(page[w], page[p]) < TEXT]
    assert dim == []
