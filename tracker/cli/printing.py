"""Print tables and JSON; a Chinese character is as wide as two others."""

import json
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any


def print_json(value: Any) -> None:
    """Print `value` as JSON that a person can read too; dates as ISO text."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_iso))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads, the first column to the left and the others to the right."""
    widths = [max(_width(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    for row in (heads, *rows):
        first, *others = (
            _padded(cell, width, i == 0) for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, to_the_left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if to_the_left else space + text


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
