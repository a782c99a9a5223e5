"""Every chart says what its axes measure and of which day it is, as its stored specification shows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.charts.stored import SPECIFICATIONS

STORED = sorted(SPECIFICATIONS.glob("*_spec.json"))
# Axes of dates and of named rows say what they are by their labels; those of numbers need a word.
_NUMBERS = "quantitative"


def _channels(node: Any) -> Iterator[dict[str, Any]]:
    """Yield each position along x and y that a specification draws."""
    if isinstance(node, list):
        for part in node:
            yield from _channels(part)
    elif isinstance(node, dict):
        encoding = node.get("encoding")
        if isinstance(encoding, dict):
            yield from (encoding[name] for name in ("x", "y") if isinstance(encoding.get(name), dict))
        for name, part in node.items():
            if name not in ("datasets", "encoding"):
                yield from _channels(part)


def _word(channel: dict[str, Any]) -> str | None:
    axis = channel.get("axis") or {}
    word: str | None = channel.get("title") or axis.get("title")
    return word


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_an_axis_of_numbers_says_what_it_measures(path: Path) -> None:
    channels = list(_channels(json.loads(path.read_text(encoding="utf-8"))))
    shown = [c for c in channels if c.get("type") == _NUMBERS and isinstance(c.get("axis"), dict)]
    labelled = [c for c in shown if c["axis"].get("labels") is not False]
    assert [c["field"] for c in labelled if not _word(c)] == []


@pytest.mark.parametrize(
    "path",
    # The strip stands on the timeline it is an axis of, which says the day.
    [path for path in STORED if path.stem != "year_strip_spec"],
    ids=lambda path: path.stem,
)
def test_a_chart_says_of_which_day_it_is(path: Path) -> None:
    title = json.loads(path.read_text(encoding="utf-8"))["title"]
    assert any("截至" in line for line in title["subtitle"])
