"""How much room a text takes, estimated, since nothing measures it before the browser does."""

from unicodedata import east_asian_width


def width_of(text: str, size: float) -> float:
    """Return about how many pixels `text` takes at a font size: Chinese a full em, others a bit over half."""
    return size * sum(1.0 if east_asian_width(char) in "WF" else 0.56 for char in text)


def close_width_of(text: str, size: float) -> float:
    """Return the pixels `text` takes, letter by letter; `width_of` leaves room to spare."""
    return size * sum(_em(char) for char in text)


def _em(char: str) -> float:
    if east_asian_width(char) in "WF":
        return 1.0
    return (
        0.3 if char in "iljtfrI.,:;'()|/ " else 0.8 if char in "mwMW%±→" else 0.65 if char.isupper() else 0.52
    )


def wrapped(lines: tuple[str, ...], size: float, limit: float) -> list[str]:
    """Break lines that are wider than `limit` pixels, at a space where there is one."""
    return [part for line in lines for part in _parts(line, size, limit)]


def _parts(line: str, size: float, limit: float) -> list[str]:
    parts: list[str] = []
    while width_of(line, size) > limit:
        cut = next(
            n for n in range(1, len(line) + 1) if width_of(line[: n + 1], size) > limit or n == len(line)
        )
        space = line.rfind(" ", 1, cut + 1)
        cut = space if space > cut // 2 else cut
        parts.append(line[:cut].rstrip())
        line = line[cut:].lstrip()
    return [*parts, line] if line else parts
