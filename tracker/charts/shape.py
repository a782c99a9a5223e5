"""Symbols as drawn paths, in a square from -1 to 1, so that no font has to know them."""

from tracker.charts.palette import Ink

# A figure that others follow in one path ends where it began: a closing Z inside a path gets lost.
DIAMOND = "M0,-1L1,0L0,1L-1,0L0,-1"
# A landing gate is a shield, so that it is told from a diamond without colour.
SHIELD = "M-0.85,-0.9H0.85V0.1L0,1L-0.85,0.1V-0.9H0"
# The half without fill is drawn there and back, which strokes it and fills nothing.
_HALF_DIAMOND = "M0,-1L-1,0L0,1L0,-1M0,-1L1,0L0,1L1,0L0,-1"
_HALF_SHIELD = "M0,-0.9H-0.85V0.1L0,1V-0.9M0,-0.9H0.85V0.1L0,1L0.85,0.1V-0.9H0"
_CROSS = "M-0.38,-0.38L0.38,0.38M-0.38,0.38L0.38,-0.38"
_BARRED = "M-0.22,-0.4V0.4M0.22,-0.4V0.4"
_STRUCK = "M-0.9,0L0.9,0"

CIRCLE = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z"
TICK = "M-0.9,0.05L-0.55,-0.3L-0.2,0.1L0.6,-0.8L0.95,-0.45L-0.2,0.85Z"
CROSS = (
    "M-0.9,-0.55L-0.55,-0.9L0,-0.35L0.55,-0.9L0.9,-0.55L0.35,0"
    "L0.9,0.55L0.55,0.9L0,0.35L-0.55,0.9L-0.9,0.55L-0.35,0Z"
)
TRIANGLE = "M0,-0.95L1,0.8H-1Z"
SQUARE = "M-0.9,-0.9H0.9V0.9H-0.9Z"
# The foot of the pole stands on the point, so the flag flies over the day of the signature.
FLAG = "M-0.1,1V-1H1.3L0.9,-0.5L1.3,0H0.1V1Z"
EARLIER = "M0.7,-0.9L-0.9,0L0.7,0.9Z"
LATER = "M-0.7,-0.9L0.9,0L-0.7,0.9Z"
BAND = "M-1.4,-0.9H1.4V0.9H-1.4Z"
# An upright line, the term's end, with an arrow that runs past it.
OVER_THE_END = "M-0.75,-1.2H-0.35V1.2H-0.75V-1.2M-0.35,-0.2H0.3V-0.6L1,0L0.3,0.6V0.2H-0.35Z"
# A closing bracket: here the term ends. An hourglass: until here it is to be decided.
TERM_END = "M-0.7,-1H0.3V1H-0.7V0.6H-0.1V-0.6H-0.7Z"
DECISION = "M-0.8,-1H0.8L0.14,0L0.8,1H-0.8L-0.14,0Z"
NEXT_TERM = "M-1.4,-0.9H1.4V0.9H-1.4V-0.9"
RENEWAL = "M-0.15,-1H0.15V1H-0.15Z"
GHOST = "M-1.4,-0.25H1.4V0.25H-1.4Z"
CURRENT = "M-1.4,-0.12H1.4V0.12H-1.4Z"
BAR = "M-1.4,-0.55H1.4V0.55H-1.4Z"

# Each light has a shape of its own, so that it is told without colour.
LIGHT_SHAPES = {
    "red": SQUARE,
    "yellow": TRIANGLE,
    "grey": CIRCLE,
    "green": CIRCLE,
    "blue": TICK,
    "stopped": CROSS,
}

# How each state of a milestone (D6) is drawn; words in the tooltip tell apart those that look alike.
MILESTONE_LOOKS = {
    "met": "filled",
    "met_late": "filled",
    "partially_met": "half",
    "overdue": "crossed",
    "blocked": "barred",
    "slipping": "hollow",
    "due_soon": "hollow",
    "scheduled": "hollow",
    "stopped": "struck",
    "cancelled": "struck",
}
MILESTONE_SHAPES = {
    "filled": DIAMOND,
    "half": _HALF_DIAMOND,
    "crossed": DIAMOND + _CROSS,
    "hollow": DIAMOND,
    "struck": DIAMOND + _STRUCK,
    "barred": DIAMOND + _BARRED,
    "filled_gate": SHIELD,
    "half_gate": _HALF_SHIELD,
    "crossed_gate": SHIELD + _CROSS,
    "hollow_gate": SHIELD,
    "struck_gate": SHIELD + _STRUCK,
    "barred_gate": SHIELD + _BARRED,
}


def look_shapes(looks: list[str]) -> list[str]:
    """Return the path of each look, as in MILESTONE_SHAPES."""
    return [MILESTONE_SHAPES[look] for look in looks]


def look_colours(looks: list[str], ink: Ink) -> tuple[list[str], list[str]]:
    """Return the fill and the outline of each look: dark when met, the page's paper when not."""
    by_kind = {
        "filled": (ink.text, ink.paper),
        "half": (ink.text, ink.text),
        "crossed": (ink.paper, ink.alarm),
        "hollow": (ink.paper, ink.text),
        "struck": (ink.paper, ink.quiet),
        "barred": (ink.paper, ink.text),
    }
    pairs = [by_kind[look.removesuffix("_gate")] for look in looks]
    return [fill for fill, _ in pairs], [stroke for _, stroke in pairs]
