"""The colours of every chart, on a light and on a dark page.

Hues are those of Okabe and Ito, which stay apart for the common kinds of colour blindness, moved as little
as lets each stand out from the paper three to one; the lights differ in lightness too. No chart tells things
apart by hue alone. Measured in tests/charts/test_palette.py.
Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
"""

from dataclasses import dataclass
from zlib import crc32

_LIGHT_HUES = ("#0C6AA9", "#CB8500", "#00A171", "#CC79A7", "#089ED8", "#C95400")
_DARK_HUES = ("#4997CE", "#F0B030", "#3FD1A8", "#E29BC4", "#8CCBF2", "#F08A45")


@dataclass(frozen=True)
class Ink:
    """The colours that are not data: paper, text, lines, and the two that carry a warning."""

    paper: str
    text: str
    muted: str
    line: str
    grid: str
    band: str
    band_edge: str
    quiet: str
    ghost: str
    alarm: str
    flag: str


LIGHT = Ink(
    paper="#FFFFFF",
    text="#1B2733",
    muted="#55636F",
    line="#C3CCD5",
    grid="#E4E9EE",
    band="#E3EDF8",
    band_edge="#8FA9C4",
    quiet="#9AA5B0",
    ghost="#B4BEC9",
    alarm="#B3261E",
    flag="#1F5F8B",
)
DARK = Ink(
    paper="#0E1117",
    text="#F0F3F6",
    muted="#AEB9C4",
    line="#44505C",
    grid="#252E38",
    band="#1A2A3B",
    band_edge="#5E7A96",
    quiet="#76828E",
    ghost="#566370",
    alarm="#FF8A80",
    flag="#8CC4EE",
)


def ink(dark: bool) -> Ink:
    """Return the colours for a dark or a light page."""
    return DARK if dark else LIGHT


def pillar_colours(codes: list[str], dark: bool) -> list[str]:
    """Return one colour per pillar code, the same on every chart whatever else is shown.

    The three pillars of the programme have fixed hues; any other code gets one from its own letters, and
    the next free one where two codes shown together would share it.
    """
    hues = _DARK_HUES if dark else _LIGHT_HUES
    taken: list[int] = []
    for code in codes:
        place = _FIXED.get(code, crc32(code.encode()) % len(hues))
        while place in taken and len(taken) < len(hues):
            place = (place + 1) % len(hues)
        taken.append(place)
    return [hues[place] for place in taken]


def line_colours(dark: bool) -> tuple[str, ...]:
    """Return the hues of lines that stand beside each other, the most different ones first."""
    return _DARK_HUES if dark else _LIGHT_HUES


def shades(dark: bool) -> tuple[tuple[str, str], ...]:
    """Return the steps from little to much of one hue, each with the colour of the text that stands on it.

    One hue from near the paper away from it reads as an order with any kind of colour vision, and in grey.
    """
    return _DARK_SHADES if dark else _LIGHT_SHADES


def light_colours(dark: bool) -> dict[str, str]:
    """Return the colour of each light (D11) by its name; a shape or a word always goes with it."""
    return dict(zip(LIGHTS, _DARK_LIGHTS if dark else _LIGHT_LIGHTS, strict=True))


# Worst first, then the two that say nothing about being late.
LIGHTS = ("red", "yellow", "grey", "green", "blue", "stopped")
_LIGHT_LIGHTS = ("#C8283C", "#C08000", "#87909A", "#1E9E7B", "#3A7BD5", "#76828E")
_DARK_LIGHTS = ("#EB6B74", "#F0B94A", "#87929D", "#2FC7A0", "#6CA6F5", "#76828E")
_LIGHT_SHADES = (
    ("#E8F1FA", "#1B2733"),
    ("#C0D9EE", "#1B2733"),
    ("#8DBBDD", "#1B2733"),
    ("#3478B5", "#FFFFFF"),
    ("#174A7C", "#FFFFFF"),
)
_DARK_SHADES = (
    ("#16283A", "#F0F3F6"),
    ("#1F4160", "#F0F3F6"),
    ("#2D6391", "#F0F3F6"),
    ("#5B9BD0", "#0E1117"),
    ("#A9D2F5", "#0E1117"),
)
_FIXED = {"decision": 0, "industry": 1, "governance": 2}
