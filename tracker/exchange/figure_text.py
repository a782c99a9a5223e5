"""How a figure and its change are written: on screens, in documents and in tables alike."""

from decimal import ROUND_HALF_EVEN, Decimal

from tracker.i18n import Words
from tracker.rules.figure import IN_POINTS, RATIOS, SHARES

NOTHING = "–"


def written(figure: str, value: float | None, words: Words) -> str:
    """Write a figure by its name in FIGURE_NAMES; a dash where it is blank."""
    if value is None:
        return NOTHING
    if figure in SHARES:
        return words.percent(value)
    if figure in IN_POINTS:
        return words.points(value)
    return f"{value:.2f}" if figure in RATIOS else words.number(value)


def difference(figure: str, old: float | None, new: float | None, words: Words) -> str:
    """Write how much a figure changed, with its sign, shares in points; a dash where either is blank.

    It is the difference of the two as they are written, so that who subtracts them gets the same.
    """
    if old is None or new is None:
        return NOTHING
    if figure in SHARES:
        return share_difference(old, new, words)
    if figure in IN_POINTS:
        return words.points((round(100 * new, 1) - round(100 * old, 1)) / 100)
    if figure in RATIOS:
        change = round(round(new, 2) - round(old, 2), 2)
        return f"{change:+.2f}" if change else "0"
    # What rests on stored figures counts in floats too.
    return ("+" if new > old else "") + words.number(new - old)


def share_difference(old: float | None, new: float | None, words: Words) -> str:
    """Write how much a share of one changed in points, as `difference` does."""
    if old is None or new is None:
        return NOTHING
    return words.points(_share_as_written(new) - _share_as_written(old))


def _share_as_written(share: float) -> float:
    """Return a share rounded as its percentage with one decimal is."""
    return float(Decimal(str(share)).quantize(Decimal("0.001"), ROUND_HALF_EVEN))
