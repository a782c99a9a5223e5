"""What day it is comes from one place, in the organisation's zone."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker import clock

ROOT = Path(__file__).parent.parent
ASKED_IN = {"db/models/base.py", "tracker/clock.py"}
QUESTIONS = {"now", "utcnow", "today"}


class _Stopped(datetime):
    """A clock that stands at half past four in the afternoon of New Year's Eve in London."""

    @classmethod
    def now(cls, tz: ZoneInfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2025, 12, 31, 16, 30, tzinfo=UTC).astimezone(tz)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Shanghai", date(2026, 1, 1)),
        ("UTC", date(2025, 12, 31)),
        ("America/New_York", date(2025, 12, 31)),
    ],
)
def test_the_day_is_that_of_the_zone(monkeypatch: pytest.MonkeyPatch, zone: str, day: date) -> None:
    monkeypatch.setattr(clock, "datetime", _Stopped)
    assert clock.today_in(ZoneInfo(zone)) == day


def test_nothing_else_asks_what_time_it_is() -> None:
    asking = set()
    for folder in ("db", "tracker", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                is_question = isinstance(node, ast.Attribute) and node.attr in QUESTIONS
                if is_question and isinstance(node.value, ast.Name) and node.value.id in ("date", "datetime"):
                    asking.add(path.relative_to(ROOT).as_posix())
    assert asking == ASKED_IN
